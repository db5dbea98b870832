import { expect, test, vi } from 'vitest';
import { chirp } from '../../devices/media/hearing.ts';
import { minutes, seconds } from '../alarm/index.ts';
import { findBroadcast } from '../store/broadcast-lists.ts';
import { sweepBroadcasts } from '../store/broadcast-sweep.ts';
import { type Bench, openBench, type Room, sentAfter } from './broadcast-testing.ts';
import { openLiveTalk, type TalkNews } from './live-talk.ts';

const until = <T>(assertion: () => T | Promise<T>) => vi.waitFor(assertion, { timeout: 20_000, interval: 5 });
const horns = [{ id: 'horn-1' }, { id: 'horn-2' }];
const spoken = (value: number, length = 800) => new Int16Array(length).fill(value);

async function talking(at: Bench, here: Room, over: Parameters<Bench['ask']>[0] = {}) {
  const asked = await at.ask({ live: true, priority: 1, ...over });
  const broadcast = await findBroadcast(at.store.urgent, asked.id);
  if (!broadcast) throw new Error('no broadcast');
  const news: TalkNews[] = [];
  const talk = openLiveTalk(broadcast, here.broadcasting.announce, (each) => news.push(each));
  return { asked, talk, news };
}

test('every loudspeaker gets the chirp and then the voice, and says the rest when the operator has ended', async () => {
  const at = await openBench({ devices: horns });
  const here = await at.room();
  const { asked, talk, news } = await talking(at, here, { deviceIds: ['horn-1', 'horn-2'] });
  await until(() => expect(at.said).toHaveLength(2));
  for (const value of [1, 2, 3]) talk.hear(spoken(value));
  for (const said of at.said) await until(() => expect(said.samples()).toHaveLength(2400 + 2400));
  expect(at.said[0]?.samples().subarray(0, 1600)).toEqual(chirp());
  expect(at.said[1]?.samples().subarray(4000)).toEqual(spoken(3));
  talk.end();
  for (const said of at.said) said.end(sentAfter(600));
  await talk.over;
  expect((await at.targets(asked)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect(news.map(({ type, deviceId }) => `${type} ${deviceId}`).sort()).toEqual([
    'ended horn-1',
    'ended horn-2',
    'talking horn-1',
    'talking horn-2',
  ]);
});

test('a talk waits for what is as urgent, is told so, and begins when the loudspeaker is free', async () => {
  const at = await openBench({ devices: horns });
  const here = await at.room();
  const warning = await at.ask({ priority: 1 });
  await here.handle(warning);
  await until(() => expect(at.said).toHaveLength(1));
  const { talk, news } = await talking(at, here);
  await until(() => expect(news).toEqual([{ type: 'waiting', deviceId: 'horn-1', behind: warning.id }]));
  at.said[0]?.end(sentAfter(1000));
  await until(() => expect(at.said).toHaveLength(2));
  await until(() => expect(news.at(-1)).toEqual({ type: 'talking', deviceId: 'horn-1' }));
  talk.end();
  at.said[1]?.end(sentAfter(300));
  await talk.over;
});

test('a talk takes the loudspeaker from music, and a warning of an incident does not get it back', async () => {
  const at = await openBench({ devices: horns });
  const here = await at.room();
  const music = await at.ask({ priority: 4 });
  await here.handle(music);
  await until(() => expect(at.said).toHaveLength(1));
  const { talk } = await talking(at, here);
  await until(() => expect(at.said).toHaveLength(2));
  const other = await at.ask({ priority: 1, incidentId: await at.incident() });
  await here.handle(other);
  expect(at.said[1]?.speaking.signal.aborted).toBe(false);
  expect(await at.targets(music)).toMatchObject([{ state: 'stopped' }]);
  talk.end();
  at.said[1]?.end(sentAfter(300));
  await talk.over;
});

test('an operator who ends before his turn came says nothing, and the talk runs out', async () => {
  const at = await openBench({ devices: horns });
  const here = await at.room();
  await here.handle(await at.ask({ priority: 1 }));
  await until(() => expect(at.said).toHaveLength(1));
  const { asked, talk, news } = await talking(at, here);
  await until(() => expect(news).toHaveLength(1));
  talk.end();
  await talk.over;
  expect(at.said).toHaveLength(1);
  await at.clock.advance(minutes(2));
  await sweepBroadcasts(at.store.urgent, at.clock.now());
  expect(await at.targets(asked)).toMatchObject([{ state: 'failed' }]);
});

test('a talk ends by itself after three minutes; the lane never says it', async () => {
  const at = await openBench({ devices: horns });
  const here = await at.room();
  const { asked, talk } = await talking(at, here);
  await here.handle(asked);
  await until(() => expect(at.said).toHaveLength(1));
  for (let second = 0; second < 180; second += 1) await at.clock.advance(seconds(1));
  talk.hear(spoken(7));
  at.said[0]?.end(sentAfter(180_000));
  await talk.over;
  expect(at.said[0]?.samples()).toHaveLength(2400);
});

test('a talk whose process died is over: nobody can say it again', async () => {
  const at = await openBench({ devices: horns });
  const { asked } = await talking(at, await at.room());
  await until(async () => expect(await at.targets(asked)).toMatchObject([{ state: 'playing' }]));
  await at.store.urgent.updateTable('broadcast_targets').set({ lease: null, lease_until: null }).execute();
  await sweepBroadcasts(at.store.urgent, at.clock.now());
  expect(await at.targets(asked)).toMatchObject([{ state: 'failed', reason: 'cut-off' }]);
});

test.each([
  ['cannot take sound', { powers: () => ({}) }, 'not-implemented'],
  ['stands where silence must be kept', {}, 'incident-silent'],
])('a loudspeaker that %s fails', async (_what, options, reason) => {
  const at = await openBench({ devices: [{ id: 'horn-1', siteId: 'bank' }], ...options });
  if (reason === 'incident-silent') await at.incident({ silent: true, site_id: 'bank' });
  const { asked, talk, news } = await talking(at, await at.room());
  await talk.over;
  expect(news).toEqual([{ type: 'ended', deviceId: 'horn-1', state: 'failed' }]);
  expect(await at.targets(asked)).toMatchObject([{ state: 'failed', reason }]);
});

test('sound that a slow loudspeaker has not taken is left out, so that the talk stays live', async () => {
  const gate = Promise.withResolvers<void>();
  const came: number[] = [];
  const speak = async (sound: { pieces: AsyncIterable<Int16Array> }, { began }: { began(): void }) => {
    began();
    await gate.promise;
    for await (const piece of sound.pieces) came.push(piece[0] ?? 0);
    return sentAfter(1);
  };
  const at = await openBench({ devices: horns, powers: () => ({ speak }) });
  const { asked, talk } = await talking(at, await at.room());
  await until(async () => expect(await at.targets(asked)).toMatchObject([{ state: 'playing' }]));
  for (let value = 1; value <= 60; value += 1) talk.hear(spoken(value));
  gate.resolve();
  talk.end();
  await talk.over;
  expect(came.at(-1)).toBe(60);
  expect(came.length).toBeLessThanOrEqual(21);
});
