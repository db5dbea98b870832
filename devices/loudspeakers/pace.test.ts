import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openHandClock } from './hand-clock.ts';
import { frameMilliseconds, largestBurst, openPace, systemTimer, type Timer } from './pace.ts';

const never = new AbortController().signal;

/** A clock whose timers are late by what `late` says, one after the other; nothing else takes time. */
function lateTimer(late: readonly number[]): Timer {
  let [now, turn] = [0, 0];
  return {
    now: () => now,
    after: (milliseconds, run) => {
      now += milliseconds + (late[turn] ?? 0);
      turn += 1;
      queueMicrotask(run);
      return () => undefined;
    },
  };
}

async function packets(late: readonly number[], count: number, burst?: number): Promise<{ at: number; leftOut: number }[]> {
  const timer = lateTimer(late);
  const pace = openPace(timer, burst);
  const sent: { at: number; leftOut: number }[] = [];
  while (sent.length < count) {
    const leftOut = await pace.next(never);
    sent.push({ at: timer.now(), leftOut });
  }
  return sent;
}

describe('packets leave every 20 ms', () => {
  test('the first at once, and the thousandth where the grid has it', async () => {
    const sent = await packets(
      Array.from({ length: 1000 }, (_, turn) => (turn % 7) * 0.5),
      1000,
    );
    expect(sent[0]).toEqual({ at: 0, leftOut: 0 });
    const last = (sent.at(-1)?.at ?? 0) - 999 * frameMilliseconds;
    expect(last).toBeGreaterThanOrEqual(0);
    expect(last).toBeLessThanOrEqual(3);
  });

  test.each([
    [19, [0, 39, 40, 60], 0],
    [45, [0, 65, 65, 65, 80], 0],
    [59, [0, 79, 79, 79, 80], 0],
    [60, [0, 80, 80, 80, 100], 1],
    [1000, [0, 1020, 1020, 1020, 1040], 48],
  ])('a stall of %i ms: %j, %i left out', async (late, instants, leftOut) => {
    const sent = await packets([late], instants.length);
    expect(sent.map((each) => each.at)).toEqual(instants);
    expect(sent.map((each) => each.leftOut)).toEqual(instants.map((_, index) => (index === 1 ? leftOut : 0)));
  });

  test('whatever the stalls: never more than the burst at one instant, and no time is lost or won', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        async (late, burst) => {
          const sent = await packets(late, 80, burst);
          const instants = Map.groupBy(sent, (each) => each.at);
          for (const together of instants.values()) expect(together.length).toBeLessThanOrEqual(burst);
          let slot = -1;
          for (const { at, leftOut } of sent) {
            slot += 1 + leftOut;
            expect(at).toBeGreaterThanOrEqual(slot * frameMilliseconds);
            expect(at - slot * frameMilliseconds).toBeLessThan(burst * frameMilliseconds);
          }
        },
      ),
    );
  });

  test('the burst is one that phones bear', () => {
    expect(largestBurst * frameMilliseconds).toBeLessThanOrEqual(60);
  });

  test('an abort ends the waiting at once', async () => {
    const clock = openHandClock();
    const controller = new AbortController();
    const pace = openPace(clock);
    await pace.next(controller.signal);
    const next = pace.next(controller.signal);
    controller.abort();
    await next;
    expect(clock.now()).toBe(1000);
  });
});

test('what never falls due does not fall due', async () => {
  let run = false;
  const cancel = systemTimer.after(Number.POSITIVE_INFINITY, () => {
    run = true;
  });
  await new Promise<void>((resolve) => void systemTimer.after(5, resolve));
  cancel();
  expect(run).toBe(false);
});
