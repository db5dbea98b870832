import { expect, test, vi } from 'vitest';
import { Trouble } from '../../devices/driver.ts';
import { type Hearing, hear } from '../../devices/media/hearing.ts';
import type { ListenWanted } from '../../devices/media/index.ts';
import { seconds } from '../alarm/index.ts';
import { type Bench, type BenchOptions, openBench, sentAfter } from './broadcast-testing.ts';

const horn = { id: 'horn-1', settings: { ear: 'eye-1' } };
const eye = { id: 'eye-1', kind: 'camera' } as const;
const until = <T>(assertion: () => T | Promise<T>) => vi.waitFor(assertion, { timeout: 20_000, interval: 5 });
const silence = new Int16Array(8000);

/** One broadcast on horn-1, spoken to its end. */
async function broadcast(options: Partial<BenchOptions>, meanwhile: (at: Bench) => Promise<unknown> = async () => undefined) {
  const at = await openBench({ devices: [horn, eye], ...options });
  const asked = await at.ask();
  await (await at.room()).handle(asked);
  await meanwhile(at);
  await until(() => expect(at.said).toHaveLength(1));
  at.said[0]?.end(sentAfter(1300));
  return { at, asked, ended: () => until(async () => expect((await at.targets(asked))[0]?.state).not.toMatch(/queued|playing/)) };
}
const lastRung = async (at: Bench, asked: Parameters<Bench['targets']>[0]) => (await at.targets(asked))[0]?.rungs.at(-1);

const hearing = (over: Partial<Hearing>): Hearing => ({ heard: true, why: 'words', confidence: 0.98, delayMs: 340, levelDb: 6.5, ...over });
const listen = async (_source: unknown, { began }: ListenWanted) => {
  began?.();
  return silence;
};

test.each<[string, Partial<BenchOptions>, object]>([
  [
    'heard, with delay, level and confidence',
    { listen, hear: () => hearing({}) },
    { state: 'heard', proof: { ear: 'eye-1', confidence: 0.98, delayMs: 340, level: 6.5 } },
  ],
  [
    'not heard, though the microphone works: failed',
    { listen, hear: () => ({ heard: false, why: 'not-found', confidence: 0.02 }) },
    { state: 'failed', reason: 'not-heard', proof: { ear: 'eye-1', confidence: 0.02, why: 'not-found' } },
  ],
  [
    'somebody else was heard: failed',
    { listen, hear: () => hearing({ heard: false, why: 'other-words', confidence: 0.1 }) },
    { state: 'failed', reason: 'not-heard', proof: { ear: 'eye-1', why: 'other-words' } },
  ],
  [
    'a microphone that is switched off proves nothing',
    { listen, hear: () => ({ heard: false, why: 'microphone-silent', confidence: 0 }) },
    { state: 'sent', proof: { ear: 'eye-1', deaf: 'microphone-silent' } },
  ],
  [
    'a camera that cannot be reached proves nothing',
    { listen: () => Promise.reject(new Trouble('unreachable', 'no route')) },
    { state: 'sent', proof: { ear: 'eye-1', deaf: 'unreachable' } },
  ],
  ['an ear that is not there proves nothing', { devices: [horn] }, { state: 'sent', proof: { ear: 'eye-1', deaf: 'no-such-camera' } }],
  [
    'the camera whose own loudspeaker it is hears it',
    {
      devices: [
        { id: 'horn-1', siteId: 'bank', settings: { url: 'rtsp://10.0.0.7:554/back' } },
        { ...eye, siteId: 'bank', settings: { address: 'http://10.0.0.7/onvif/device_service' } },
      ],
      listen,
      hear: () => hearing({}),
    },
    { state: 'heard', proof: { ear: 'eye-1' } },
  ],
  ['no ear, no proof', { devices: [{ id: 'horn-1' }] }, { state: 'sent' }],
])('%s', async (_what, options, rung) => {
  const { at, asked, ended } = await broadcast(options);
  await ended();
  expect(await lastRung(at, asked)).toMatchObject(rung);
  const event = await at.store.urgent.selectFrom('events').select(['type', 'data']).orderBy('seq', 'desc').executeTakeFirstOrThrow();
  expect(event.type).toBe(`baiying.broadcast.${'state' in rung ? rung.state : ''}.v1`);
  if ('proof' in rung) expect(event.data).toMatchObject({ proof: rung.proof });
});

test('the words wait for the microphone, but not for long', async () => {
  const { at, asked, ended } = await broadcast({ listen: () => new Promise(() => undefined) }, async (bench) => {
    await until(() => expect(bench.clock.list().map(({ name }) => name)).toContain('ear begins'));
    expect(bench.said).toHaveLength(0);
    await bench.clock.advance(seconds(1.2));
  });
  await until(() => expect(at.clock.list().map(({ name }) => name)).toContain('ear decides'));
  await at.clock.advance(seconds(4.5));
  await ended();
  expect(await lastRung(at, asked)).toMatchObject({ state: 'sent', proof: { deaf: 'too-late' } });
});

test('a microphone that begins 200 ms after the words tells the delay from the first sound', async () => {
  const late = Promise.withResolvers<Int16Array>();
  let begin: (() => void) | undefined;
  const { at, asked, ended } = await broadcast(
    {
      listen: (_source, { began }) => {
        begin = began;
        return late.promise;
      },
      hear: () => hearing({ delayMs: -120 }),
    },
    async (bench) => {
      await until(() => expect(bench.clock.list().map(({ name }) => name)).toContain('ear begins'));
      await bench.clock.advance(seconds(1.2));
      await until(() => expect(bench.said).toHaveLength(1));
      await bench.clock.advance(200);
      begin?.();
      late.resolve(silence);
    },
  );
  await ended();
  expect(await lastRung(at, asked)).toMatchObject({ state: 'heard', proof: { delayMs: 80 } });
});

/** The sound of the room: what the loudspeaker says, later and fainter, in noise that is the same every time. */
function room(sent: Int16Array, delay: number, gain: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: sent.length + 16_000 }, (_none, at) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.round(gain * (sent[at - delay] ?? 0) + (seed / 2 ** 31 - 0.5) * 600);
  });
}

test.each([
  ['as the loudspeaker said it', 0.1, 'heard'],
  ['with the loudspeaker cut off', 0, 'failed'],
])('the true ear of the product, %s: %s', async (_what, gain, state) => {
  const recording = Promise.withResolvers<Int16Array>();
  const listens = (_source: unknown, { began }: ListenWanted) => {
    began?.();
    return recording.promise;
  };
  const speech = async () =>
    Int16Array.from({ length: 24_000 }, (_none, at) => Math.round(9000 * Math.sin(at * at * 1e-4) * Math.sin(at / 900)));
  const { at, asked, ended } = await broadcast({ listen: listens, hear, speech }, async (bench) => {
    await until(() => expect(bench.said[0]?.samples().length).toBe(26_400));
    recording.resolve(room(bench.said[0]?.samples() ?? silence, 2720, gain));
  });
  await ended();
  expect(await lastRung(at, asked)).toMatchObject({ state });
  if (state === 'heard') expect((await lastRung(at, asked))?.proof?.delayMs).toBeCloseTo(340, -1);
});
