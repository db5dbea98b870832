import { expect, test } from 'vitest';
import type { Fact } from '../../driver.ts';
import { movedClock } from '../../moved-clock.ts';
import { supervise } from '../../supervisor.ts';
import { openSoap } from './client.ts';
import { openEvents } from './pull.ts';
import { cameraFaults, ScriptedCamera, sendTo } from './scripted-camera.ts';

/** Each fault held for 100 s and lifted. The same in real time and over real sockets: `node scripts/camera-faults.ts`. */
test.each(cameraFaults)('%s for 100 s: events again within 15 s, under 20 requests a minute', async (fault) => {
  const clock = movedClock();
  const camera = new ScriptedCamera({ now: clock.now, after: clock.after, username: 'u', password: 'p' });
  const send = sendTo(camera, clock);
  const door = { base: 'http://192.0.2.1', username: 'u', password: 'p' };
  const events = openEvents(openSoap(door, { now: clock.now, send }), {}, { now: clock.now, pause: clock.pause });
  const heard: { at: number; fact: Fact }[] = [];
  const failures: unknown[] = [];
  const watched = supervise(
    (told, signal) => events.watch(told, signal),
    { hear: async (facts) => void heard.push(...facts.map((fact) => ({ at: clock.now(), fact }))) },
    {
      now: clock.now,
      pause: clock.pause,
      random: () => 1,
      failed: (error) => failures.push(error),
    },
  );
  let closed = false;
  const toggle = (): void => {
    closed = !closed;
    camera.set(closed);
    clock.after(4000, toggle);
  };
  toggle();
  await clock.advance(40_000);
  expect(heard.length).toBeGreaterThan(8);
  expect(watched.health()).toMatchObject({ state: 'watching' });

  camera.fault = fault;
  // What lives is not created again; only a camera that lost it has to.
  if (fault === 'SOAP fault on create') camera.restart();
  let busiest = 0;
  const before = camera.asked.length;
  for (let minute = 0; minute < 5; minute += 1) {
    const from = camera.asked.length;
    await clock.advance(20_000);
    busiest = Math.max(busiest, camera.asked.length - from);
  }
  const perMinute = ((camera.asked.length - before) / 100) * 60;
  camera.fault = undefined;
  const lifted = clock.now();
  const told = heard.length;
  await clock.advance(15_000);

  expect(perMinute).toBeLessThan(20);
  expect((heard[told]?.at ?? Number.POSITIVE_INFINITY) - lifted).toBeLessThanOrEqual(15_000);
  expect(watched.health()).toMatchObject({ state: 'watching' });
  expect(failures).toEqual([]);
  const stopped = watched.stop();
  await clock.advance(5000);
  await stopped;
  process.stdout.write(
    `${fault}: recovered ${((heard[told]?.at ?? 0) - lifted) / 1000} s, ${perMinute.toFixed(1)} requests/min, busiest 20 s ${busiest}\n`,
  );
});
