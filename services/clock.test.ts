import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hours, minutes, seconds } from './alarm/index.ts';
import { systemClock } from './clock.ts';

const start = Date.UTC(2026, 10, 21);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A database whose clock runs with ours, `away` ms beside it, and a log that is kept. */
function world() {
  const lines: { level: number; msg: string; [key: string]: unknown }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const zero = performance.now();
  const database = { away: 0, now: async () => start + performance.now() - zero + database.away };
  return { lines, log, database };
}

test('it starts at the database time and runs with the monotonic counter, not with the wall clock', async () => {
  const { log, database } = world();
  const clock = await systemClock(database.now, log);
  expect(clock.now()).toBe(start);
  vi.setSystemTime(0);
  await vi.advanceTimersByTimeAsync(seconds(90));
  expect(clock.now()).toBe(start + seconds(90));
  clock.stop();
});

test('half the round trip is taken off', async () => {
  const { log, database } = world();
  const slow = async () => {
    await vi.advanceTimersByTimeAsync(100);
    const told = await database.now();
    await vi.advanceTimersByTimeAsync(100);
    return told;
  };
  const clock = await systemClock(slow, log);
  expect(clock.now()).toBe(await database.now());
  clock.stop();
});

test('on a machine out of breath it asks again, and goes by the answer that came back soonest', async () => {
  const { log, database } = world();
  const waits = [0, 600, 30, 400];
  const late = async () => {
    const told = await database.now();
    await vi.advanceTimersByTimeAsync(waits.shift() ?? 500);
    return told;
  };
  const clock = await systemClock(late, log);
  expect((await database.now()) - clock.now()).toBe(15);
  clock.stop();
});

test('when the database steps, the clock reports it and stays', async () => {
  const { log, lines, database } = world();
  const clock = await systemClock(database.now, log);
  database.away = 1500;
  await vi.advanceTimersByTimeAsync(minutes(1));
  expect(clock.skew()).toBe(1500);
  expect(lines).toEqual([]);
  database.away = -2500;
  await vi.advanceTimersByTimeAsync(minutes(1));
  expect(clock.skew()).toBe(-2500);
  expect(lines).toMatchObject([{ level: 40, skewMs: -2500 }]);
  expect(clock.now()).toBe(start + minutes(2));
  clock.stop();
});

test('the time service sets machine and database back by an hour: no deadline moves, and time never runs backwards', async () => {
  const { log, lines, database } = world();
  const clock = await systemClock(database.now, log);
  const ran: number[] = [];
  clock.after('deadline', minutes(5), () => ran.push(clock.now()));
  clock.every('sweep', minutes(2), () => ran.push(clock.now()));
  await vi.advanceTimersByTimeAsync(minutes(1));
  database.away = -hours(1);
  vi.setSystemTime(Date.now() - hours(1));
  await vi.advanceTimersByTimeAsync(minutes(5));
  expect(ran.map((at) => at - start)).toEqual([minutes(2), minutes(4), minutes(5), minutes(6)]);
  expect([clock.now(), clock.skew()]).toEqual([start + minutes(6), -hours(1)]);
  expect(lines).toMatchObject([{ level: 40, skewMs: -hours(1) }, {}, {}, {}, {}]);
  await clock.stop();
});

test('its stop waits for the turn that is under way, but no longer than two seconds', async () => {
  const { log, database } = world();
  const clock = await systemClock(database.now, log);
  const [turn, hung] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  clock.every('turn', seconds(1), () => turn.promise);
  await vi.advanceTimersByTimeAsync(seconds(1));
  let stopped = false;
  const stopping = clock.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(seconds(1));
  expect(stopped).toBe(false);
  turn.resolve();
  await stopping;

  const second = await systemClock(database.now, log);
  second.after('hangs', seconds(1), () => hung.promise);
  await vi.advanceTimersByTimeAsync(seconds(1));
  const cut = second.stop();
  await vi.advanceTimersByTimeAsync(seconds(2));
  await cut;
});

test('a timer runs once, at its time; a stopped one never, and stop may be called twice', async () => {
  const { log, database } = world();
  const clock = await systemClock(database.now, log);
  const ran: string[] = [];
  clock.after('due', seconds(30), () => ran.push('due'));
  const stopped = clock.after('stopped', seconds(30), () => ran.push('stopped'));
  stopped.stop();
  stopped.stop();
  await vi.advanceTimersByTimeAsync(seconds(30) - 1);
  expect(ran).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await vi.advanceTimersByTimeAsync(minutes(2));
  expect(ran).toEqual(['due']);
  clock.stop();
});

test('a wait longer than setTimeout can hold is kept', async () => {
  const { log, database } = world();
  const clock = await systemClock(database.now, log);
  const days = 40 * 24 * 60;
  let ran = false;
  clock.after('far', minutes(days), () => {
    ran = true;
  });
  await vi.advanceTimersByTimeAsync(minutes(days) - 1);
  expect(ran).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(ran).toBe(true);
  clock.stop();
});

test('turns of every do not overlap, and a failing one is logged with its name', async () => {
  const { log, lines, database } = world();
  const clock = await systemClock(database.now, log);
  let under = 0;
  let most = 0;
  let turns = 0;
  clock.every('sweep', seconds(1), async () => {
    most = Math.max(most, ++under);
    turns += 1;
    await new Promise((resolve) => setTimeout(resolve, seconds(3)));
    under -= 1;
    if (turns === 2) throw new Error('no luck');
  });
  await vi.advanceTimersByTimeAsync(seconds(20));
  expect({ most, turns }).toEqual({ most: 1, turns: 5 });
  expect(lines).toMatchObject([{ level: 50, timer: 'sweep', err: { message: 'no luck' } }]);
  clock.stop();
});

test('it lists what waits, the next one first', async () => {
  const { log, database } = world();
  const clock = await systemClock(database.now, log);
  clock.after('later', seconds(90), () => undefined);
  clock.every('often', seconds(5), () => undefined);
  expect(clock.list()).toEqual([
    { name: 'often', due: start + seconds(5), every: seconds(5) },
    { name: 'clock-check', due: start + minutes(1), every: minutes(1) },
    { name: 'later', due: start + seconds(90) },
  ]);
  clock.stop();
  expect(clock.list()).toEqual([]);
});
