import { describe, expect, test } from 'vitest';
import { type Told, Trouble, type TroubleCode } from './driver.ts';
import { movedClock } from './moved-clock.ts';
import { type Health, supervise, waitAfter } from './supervisor.ts';

type Attempt = (told: Told, signal: AbortSignal) => Promise<void>;

const until = (signal: AbortSignal): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve());
  return promise;
};

function setUp(attempt: Attempt) {
  const clock = movedClock(0);
  const began: number[] = [];
  const healths: Health[] = [];
  const failed: unknown[] = [];
  const alive: number[] = [];
  const supervised = supervise(
    async (told, signal) => {
      began.push(clock.now() / 1000);
      // The test has its hands on the clock by then.
      await Promise.resolve();
      await attempt(told, signal);
    },
    { hear: async () => undefined, alive: () => alive.push(clock.now()) },
    {
      now: clock.now,
      pause: clock.pause,
      random: () => 1,
      changed: (health) => healths.push(health),
      failed: (error) => failed.push(error),
    },
  );
  return { clock, began, healths, failed, alive, supervised };
}

const failing =
  (code: TroubleCode): Attempt =>
  () =>
    Promise.reject(new Trouble(code, code));

describe('the back-off', () => {
  test('one second, doubled, to ten; after five minutes of trouble thirty', async () => {
    const { clock, began } = setUp(failing('unreachable'));
    await clock.advance(40_000);
    expect(began).toEqual([0, 1, 3, 7, 15, 25, 35]);
    await clock.advance(600_000);
    const late = began.slice(-2);
    expect((late[1] ?? 0) - (late[0] ?? 0)).toBe(30);
  });

  test('counted from the beginning of an attempt, so that a silent device is not asked less often than a dead one', () => {
    const failure = { code: 'silent', failures: 9, troubledFor: 60_000, accepted: true } as const;
    expect(waitAfter({ ...failure, took: 0 }, 1)).toBe(10_000);
    expect(waitAfter({ ...failure, took: 8000 }, 1)).toBe(2000);
    expect(waitAfter({ ...failure, took: 60_000 }, 1)).toBe(1000);
  });

  test.each([
    ['never accepted', false, 0, 60_000],
    ['good a moment ago', true, 0, 12_000],
    ['good two minutes ago, less a moment', true, 119_999, 12_000],
    ['two minutes ago', true, 120_000, 60_000],
  ] as const)('a refusal of a credential %s', (_name, accepted, troubledFor, wait) => {
    const random = wait === 60_000 ? 0 : 1;
    expect(waitAfter({ code: 'refused', failures: 3, troubledFor, took: 5000, accepted }, random)).toBe(wait);
  });

  test('jitter shortens a wait by a quarter at most, and lengthens none but that after a refusal', () => {
    for (const random of [0, 0.5, 1]) {
      const wait = waitAfter({ code: 'busy', failures: 5, troubledFor: 0, took: 0, accepted: true }, random);
      expect([wait >= 7500, wait <= 10_000]).toEqual([true, true]);
    }
  });

  test('a device that was well for a while begins again with one second; one that answered once does not', async () => {
    let well = 25_000;
    const { clock, began } = setUp(async (told, signal) => {
      told.alive();
      await clock.pause(well, signal);
      told.alive();
      throw new Trouble('unreachable', 'reset');
    });
    await clock.advance(60_000);
    expect(began).toEqual([0, 26, 52]);
    well = 100;
    await clock.advance(60_000);
    const gaps = began.slice(3).map((at, index, all) => at - (all[index - 1] ?? at));
    expect(Math.max(...gaps)).toBeGreaterThan(7);
  });
});

describe('what is known of a device', () => {
  test('starting, trouble with its reason, watching with the last good answer, hindered while watched', async () => {
    let fine = false;
    const { clock, healths, supervised, alive } = setUp(async (told, signal) => {
      if (!fine) throw new Trouble('busy', 'no place');
      told.alive();
      await clock.pause(3000, signal);
      told.alive();
      told.hindered({ code: 'misconfigured', detail: 'clock' });
      await until(signal);
    });
    expect(supervised.health()).toEqual({ state: 'starting', since: 0, failures: 0 });
    await clock.advance(1);
    fine = true;
    await clock.advance(5000);
    expect(healths.map(({ state, why }) => [state, why?.code])).toEqual([
      ['trouble', 'busy'],
      ['watching', undefined],
      ['watching', 'misconfigured'],
    ]);
    expect(supervised.health()).toMatchObject({ state: 'watching', since: 1000, answeredAt: 4000 });
    expect(alive).toEqual([1000, 4000]);
  });

  test('a driver that hears nothing any more and does not notice is started anew', async () => {
    const { clock, began, healths } = setUp(async (told, signal) => {
      told.alive();
      await until(signal);
    });
    await clock.advance(100_000);
    expect(began).toEqual([0, 91]);
    expect(healths.map(({ why }) => why?.code)).toContain('silent');
  });

  test('but not while its news wait for the record', async () => {
    const clock = movedClock(0);
    let starts = 0;
    const supervised = supervise(
      async (told, signal) => {
        starts += 1;
        await told.hear([]);
        await until(signal);
      },
      { hear: () => clock.pause(300_000, new AbortController().signal) },
      { now: clock.now, pause: clock.pause, random: () => 1 },
    );
    await clock.advance(299_000);
    expect([starts, supervised.health().state]).toEqual([1, 'starting']);
  });

  test('a fault of ours is told as such and tried again like any other', async () => {
    const { clock, began, failed, supervised } = setUp(() => Promise.reject(new TypeError('x is undefined')));
    await clock.advance(1500);
    expect([began.length, failed.length]).toEqual([2, 2]);
    expect(supervised.health().why).toMatchObject({ code: 'garbled' });
  });

  test('a driver that ends of itself is started again', async () => {
    const { clock, began } = setUp(() => Promise.resolve());
    await clock.advance(3500);
    expect(began).toEqual([0, 1, 3]);
  });
});

test('a stop waits for the driver to let go, and ends a wait at once', async () => {
  const done: string[] = [];
  const { clock, supervised } = setUp(async (_told, signal) => {
    await until(signal);
    done.push('unsubscribed');
  });
  await clock.advance(10);
  await supervised.stop();
  expect(done).toEqual(['unsubscribed']);
  const waiting = setUp(failing('unreachable'));
  await waiting.clock.advance(20_000);
  await waiting.supervised.stop();
  await waiting.clock.advance(60_000);
  expect(waiting.began).toHaveLength(5);
});
