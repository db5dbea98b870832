import { expect, test, vi } from 'vitest';
import { chirp } from '../../devices/media/hearing.ts';
import { minutes, seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { sweepBroadcasts } from '../store/broadcast-sweep.ts';
import { type Bench, openBench, sentAfter, voice } from './broadcast-testing.ts';

const one = { devices: [{ id: 'horn-1' }] };
const until = <T>(assertion: () => T | Promise<T>) => vi.waitFor(assertion, { timeout: 20_000, interval: 5 });
const saying = (at: Bench, count: number) => until(() => expect(at.said).toHaveLength(count));
const became = async (at: Bench, broadcast: Parameters<Bench['targets']>[0], state: string) =>
  until(async () => expect((await at.targets(broadcast))[0]).toMatchObject({ state }));
const states = async (at: Bench, broadcast: Parameters<Bench['targets']>[0]) =>
  (await at.targets(broadcast))[0]?.rungs.map(({ state, reason }) => (reason === undefined ? state : `${state}: ${reason}`));

test('words are said with the chirp ahead, as often as asked, and the job does not wait for their end', async () => {
  const at = await openBench(one);
  const here = await at.room();
  const broadcast = await at.ask({ repeat: 2, volume: 70, priority: 1 });
  await here.handle(broadcast);
  await became(at, broadcast, 'playing');
  const [said] = at.said;
  expect(said?.speaking).toMatchObject({ priority: 1, volume: 70 });
  const call = chirp();
  const samples = said?.samples() ?? new Int16Array();
  expect(samples.subarray(0, call.length)).toEqual(call);
  expect(samples.subarray(2400, 2400 + 8000)).toEqual(voice);
  expect(samples.subarray(-8000)).toEqual(voice);
  expect(samples).toHaveLength(2400 + 8000 + 6400 + 8000);
  said?.end(sentAfter(3000));
  await became(at, broadcast, 'sent');
  expect(await states(at, broadcast)).toEqual(['queued', 'playing', 'sent']);
  await here.handle(broadcast);
  expect(at.said).toHaveLength(1);
});

test('what the device says of itself is believed', async () => {
  const at = await openBench(one);
  const broadcast = await at.ask();
  await (await at.room()).handle(broadcast);
  await saying(at, 1);
  at.said[0]?.end({ outcome: 'played', milliseconds: 1300 });
  await became(at, broadcast, 'played');
});

test('the lease is lengthened for as long as the words last, and nobody else says them', async () => {
  const at = await openBench(one);
  const [here, there] = [await at.room(), await at.room()];
  const broadcast = await at.ask();
  await here.handle(broadcast);
  await became(at, broadcast, 'playing');
  for (let second = 0; second < 180; second += 1) await at.clock.advance(seconds(1));
  expect(await sweepBroadcasts(at.store.urgent, at.clock.now())).toEqual({ due: [], failed: 0 });
  await there.handle(broadcast);
  expect(at.said).toHaveLength(1);
  at.said[0]?.end(sentAfter(minutes(3)));
  await became(at, broadcast, 'sent');
});

test('when the process that speaks dies, another says the words from the start; the dead one, come back, is silent and writes nothing', async () => {
  const at = await openBench(one);
  const stopped = manualClock();
  const [dead, there] = [await at.room(stopped), await at.room()];
  const broadcast = await at.ask();
  await dead.handle(broadcast);
  await became(at, broadcast, 'playing');
  await at.clock.advance(seconds(9));
  expect((await sweepBroadcasts(at.store.urgent, at.clock.now())).due).toEqual([]);
  await at.clock.advance(seconds(1));
  expect((await sweepBroadcasts(at.store.urgent, at.clock.now())).due).toEqual([{ id: broadcast.id, deviceId: 'horn-1' }]);
  await there.handle(broadcast);
  await saying(at, 2);
  expect(at.said[1]?.samples().subarray(0, 1600)).toEqual(chirp());
  await stopped.advance(seconds(3));
  await until(() => expect(at.said[0]?.speaking.signal.aborted).toBe(true));
  at.said[1]?.end(sentAfter(1000));
  await became(at, broadcast, 'sent');
  expect(await states(at, broadcast)).toEqual(['queued', 'playing', 'queued: taken-over', 'playing', 'sent']);
});

test('words that broke off and are stale by now fail', async () => {
  const at = await openBench(one);
  const broadcast = await at.ask();
  await (await at.room(manualClock())).handle(broadcast);
  await became(at, broadcast, 'playing');
  await at.clock.advance(minutes(2));
  expect(await sweepBroadcasts(at.store.urgent, at.clock.now())).toEqual({ due: [], failed: 1 });
  expect(await states(at, broadcast)).toEqual(['queued', 'playing', 'failed: cut-off']);
});

test('a stop in one process ends at once what another one says', async () => {
  const at = await openBench(one);
  const [here, there] = [await at.room(), await at.room()];
  const broadcast = await at.ask();
  await here.handle(broadcast);
  await became(at, broadcast, 'playing');
  expect(await there.stop(broadcast)).toEqual(new Map());
  await until(() => expect(at.said[0]?.speaking.signal.aborted).toBe(true));
  await became(at, broadcast, 'stopped');
  expect(await states(at, broadcast)).toEqual(['queued', 'playing', 'stopped: stopped by wang']);
  await here.handle(broadcast);
  expect(at.said).toHaveLength(1);
});

test('a stop is found at the next lengthening where its news was lost', async () => {
  const at = await openBench(one);
  const here = await at.room();
  const broadcast = await at.ask();
  await here.handle(broadcast);
  await became(at, broadcast, 'playing');
  await at.store.urgent.updateTable('broadcast_targets').set({ state: 'stopped' }).execute();
  await at.clock.advance(seconds(3));
  expect(at.said[0]?.speaking.signal.aborted).toBe(true);
});

test('a process that ends leaves its words to another at once', async () => {
  const at = await openBench(one);
  const [here, there] = [await at.room(), await at.room()];
  const broadcast = await at.ask();
  await here.handle(broadcast);
  await became(at, broadcast, 'playing');
  await here.broadcasting.close();
  await there.handle(broadcast);
  await saying(at, 2);
  expect(await states(at, broadcast)).toEqual(expect.arrayContaining(['queued: process-stopping']));
});

test('an emergency takes the loudspeaker from a notice, which is over; the emergency is said as soon as it was let go', async () => {
  const at = await openBench(one);
  const [here, there] = [await at.room(), await at.room()];
  const notice = await at.ask({ priority: 3 });
  await here.handle(notice);
  await became(at, notice, 'playing');
  const warning = await at.ask({ priority: 1, incidentId: await at.incident() });
  await there.handle(warning);
  await until(() => expect(at.said[0]?.speaking.signal.aborted).toBe(true));
  await became(at, notice, 'stopped');
  expect((await at.targets(notice))[0]?.reason).toBe(`preempted by ${warning.id}`);
  await until(() => expect(at.jobs).toContainEqual({ type: 'broadcast', id: warning.id, deviceId: 'horn-1' }));
  await there.handle(warning);
  await saying(at, 2);
  at.said[1]?.end(sentAfter(1000));
  await became(at, warning, 'sent');
});

test('a warning that was interrupted by a more urgent one is said again from the start', async () => {
  const at = await openBench(one);
  const here = await at.room();
  const incidentId = await at.incident();
  const less = await at.ask({ priority: 2, incidentId });
  await here.handle(less);
  await became(at, less, 'playing');
  const more = await at.ask({ priority: 1, incidentId });
  await here.handle(more);
  await became(at, less, 'queued');
  await here.handle(less);
  await here.handle(more);
  await saying(at, 2);
  at.said[1]?.end(sentAfter(1000));
  await became(at, more, 'sent');
  await here.handle(less);
  await saying(at, 3);
  expect(at.said[2]?.speaking.priority).toBe(2);
  expect(await states(at, less)).toEqual(expect.arrayContaining([`queued: preempted by ${more.id}`]));
});

test.each([
  ['what is less urgent', 1, 3],
  ['what is equally urgent', 1, 1],
] as const)('%s waits, and has its turn when the loudspeaker is free', async (_what, first, second) => {
  const at = await openBench(one);
  const [here, there] = [await at.room(), await at.room()];
  const speaking = await at.ask({ priority: first });
  await here.handle(speaking);
  await became(at, speaking, 'playing');
  const waits = await at.ask({ priority: second });
  await there.handle(waits);
  expect(at.said).toHaveLength(1);
  expect(at.said[0]?.speaking.signal.aborted).toBe(false);
  expect(await at.targets(waits)).toMatchObject([{ state: 'queued', reason: 'loudspeaker-busy' }]);
  at.said[0]?.end(sentAfter(1000));
  await until(() => expect(at.jobs).toContainEqual({ type: 'broadcast', id: waits.id, deviceId: 'horn-1' }));
  await there.handle(waits);
  await saying(at, 2);
});

test('whoever asks at the same instant in two processes, one speaks and the other waits', async () => {
  const at = await openBench(one);
  const [here, there] = [await at.room(), await at.room()];
  const [a, b] = [await at.ask({ priority: 1 }), await at.ask({ priority: 1 })];
  await Promise.all([here.handle(a), there.handle(b), here.handle(b), there.handle(a)]);
  await saying(at, 1);
  expect([...(await at.targets(a)), ...(await at.targets(b))].filter(({ reason }) => reason === 'loudspeaker-busy')).toHaveLength(1);
});

test('a loudspeaker out of reach is tried again, with growing pauses, until the words are stale', async () => {
  const at = await openBench(one);
  const here = await at.room();
  const broadcast = await at.ask();
  await here.handle(broadcast);
  await saying(at, 1);
  at.said[0]?.end({ outcome: 'unreachable', reason: 'busy: no place left' });
  await until(async () => expect((await at.targets(broadcast))[0]?.reason).toBe('busy: no place left'));
  await here.handle(broadcast);
  expect(at.said).toHaveLength(1);
  await at.clock.advance(seconds(1));
  await here.handle(broadcast);
  await saying(at, 2);
});

test('a driver that does not let go when it is told to is left behind after three seconds', async () => {
  const speak = (_sound: unknown, { began }: { began(): void }): Promise<never> => {
    began();
    return new Promise(() => undefined);
  };
  const at = await openBench({ ...one, powers: () => ({ speak }) });
  const here = await at.room();
  const broadcast = await at.ask();
  await here.handle(broadcast);
  await became(at, broadcast, 'playing');
  await here.stop(broadcast);
  await until(() => expect(at.clock.list().map(({ name }) => name)).toContain('loudspeaker let go'));
  await at.clock.advance(seconds(3));
  await until(async () =>
    expect((await at.store.urgent.selectFrom('broadcast_targets').select('lease').executeTakeFirst())?.lease).toBeNull(),
  );
});

test('where there is no voice the attention tone is sent, and the record says so', async () => {
  const at = await openBench({ ...one, speech: async () => undefined });
  const broadcast = await at.ask();
  await (await at.room()).handle(broadcast);
  await saying(at, 1);
  at.said[0]?.end(sentAfter(6000));
  await became(at, broadcast, 'sent');
  expect(at.said[0]?.samples()).toHaveLength(2400 + 6 * 8000);
  expect(await states(at, broadcast)).toEqual(['queued', 'playing: tone-only', 'sent: tone-only']);
});

test('a phrase that was recorded is said as recorded; one that cannot be read is spoken', async () => {
  const files: Record<string, Uint8Array> = { calm: new Uint8Array(4000) };
  const at = await openBench({ ...one, recorded: async (id) => files[id] });
  const here = await at.room();
  for (const [phraseId, samples] of [
    ['calm', 2400 + 4000],
    ['keep-out', 2400 + 8000],
  ] as const) {
    const broadcast = await at.ask({ phraseId });
    await here.handle(broadcast);
    await became(at, broadcast, 'playing');
    expect(at.said.at(-1)?.samples()).toHaveLength(samples);
    at.said.at(-1)?.end(sentAfter(500));
    await became(at, broadcast, 'sent');
  }
});

test('a call under duress that came after the request keeps the loudspeaker silent', async () => {
  const at = await openBench({ devices: [{ id: 'horn-1', siteId: 'bank' }] });
  const broadcast = await at.ask();
  await at.incident({ silent: true, site_id: 'bank' });
  await (await at.room()).handle(broadcast);
  await became(at, broadcast, 'failed');
  expect(at.said).toHaveLength(0);
  expect(await states(at, broadcast)).toEqual(['queued', 'failed: incident-silent']);
});
