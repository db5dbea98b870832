import { expect, onTestFinished, test, vi } from 'vitest';
import type { Fact } from '../../driver.ts';
import { hikvisionSettings, watchInput } from './driver.ts';
import { type HikvisionOptions, type SimulatedHikvision, simulateHikvision } from './simulator.ts';

interface Watched {
  readonly camera: SimulatedHikvision;
  readonly facts: readonly string[];
  readonly alive: () => number;
  /** Rejects with the Trouble that ended the watch. */
  readonly ended: Promise<void>;
  readonly clock: { now: number };
  stop(): void;
}

const written = ({ type, active, retained }: Fact) => `${retained ? 'stands ' : ''}${type} ${active}`;

async function watch(
  options: HikvisionOptions = {},
  settings: object = {},
  before?: (camera: SimulatedHikvision) => void,
): Promise<Watched> {
  const camera = await simulateHikvision(options);
  onTestFinished(() => camera.close());
  before?.(camera);
  const facts: string[] = [];
  const clock = { now: 0 };
  const stop = new AbortController();
  let alive = 0;
  const told = {
    hear: async (heard: readonly Fact[]) => void facts.push(...heard.map(written)),
    alive: () => {
      alive += 1;
    },
    hindered: () => undefined,
  };
  const device = { id: 'k1', kind: 'key', settings: hikvisionSettings.parse({ base: camera.base, ...settings }) } as const;
  const ended = watchInput(device, told, stop.signal, { now: () => clock.now });
  ended.catch(() => undefined);
  onTestFinished(() => stop.abort(new Error('the test is over')));
  return { camera, facts, alive: () => alive, ended, clock, stop: () => stop.abort(new Error('stopped')) };
}

const soon = (assertion: () => void) => vi.waitFor(assertion, { timeout: 20_000, interval: 10 });
const until = (facts: readonly string[], wanted: readonly string[]) => soon(() => expect(facts).toEqual(wanted));

test.each<[string, HikvisionOptions, object]>([
  ['in the newer namespace', {}, {}],
  [
    'in the older one, with Digest',
    { namespace: 'http://www.hikvision.com/ver20/XMLSchema', username: 'admin', password: 'pass' },
    { username: 'admin', password: 'pass' },
  ],
  ['in none, without lengths', { namespace: '', lengths: false }, {}],
])('a key on input 1 is heard %s', async (_what, options, settings) => {
  const { camera, facts, alive } = await watch(options, settings);
  await until(facts, ['stands digital-input false']);
  const before = alive();
  camera.heartbeat();
  await soon(() => expect(alive()).toBeGreaterThan(before));
  camera.input(2, true);
  camera.input(1, true);
  await until(facts, ['stands digital-input false', 'digital-input true']);
});

test('an input that says that it is closed again and again was closed once', async () => {
  const { camera, facts, clock } = await watch();
  await until(facts, ['stands digital-input false']);
  camera.input(1, true, 8);
  camera.input(1, false);
  camera.input(1, true);
  const heard = ['stands digital-input false', 'digital-input true', 'digital-input false', 'digital-input true'];
  await until(facts, heard);
  // Firmware that never says that it is open again.
  clock.now += 6000;
  camera.input(1, true);
  await until(facts, [...heard, 'digital-input true']);
});

test('a key pushed while nobody listened is found as it stands', async () => {
  const { facts } = await watch({}, {}, (camera) => camera.stand(1, true));
  await until(facts, ['stands digital-input true']);
});

test('a key pushed while nobody listened is found although the camera was busy when it was asked', async () => {
  const { facts } = await watch({ hangsUp: 2 }, {}, (camera) => camera.stand(1, true));
  await until(facts, ['stands digital-input true']);
});

test('a model that does not tell its inputs is listened to all the same', async () => {
  const { camera, facts } = await watch({ tellsInputs: false });
  await soon(() => expect(camera.listeners).toBe(1));
  camera.input(1, true);
  await until(facts, ['digital-input true']);
});

test('what speaks of an input and cannot be read is a call for help', async () => {
  const { camera, facts } = await watch();
  await until(facts, ['stands digital-input false']);
  camera.raw('--boundary\r\nContent-Type: application/xml\r\nContent-Length: 30\r\n\r\n<EventNotificationAlert><inputIOPortID>1</inp');
  camera.raw(
    '--boundary\r\nContent-Type: application/xml\r\nContent-Length: 60\r\n\r\n<EventNotificationAlert><eventType>IO</eventType><inputIOPor\r\n',
  );
  await until(facts, ['stands digital-input false', 'unparsed true']);
});

test.each([
  [403, 'refused'],
  [404, 'unsupported'],
  [503, 'busy'],
  [500, 'garbled'],
])('the answer %i is trouble: %s', async (refuses, code) => {
  const { ended } = await watch({ refuses });
  await expect(ended).rejects.toMatchObject({ code });
});

test('a wrong password is refused', async () => {
  const { ended } = await watch({ username: 'admin', password: 'right' }, { username: 'admin', password: 'wrong' });
  await expect(ended).rejects.toMatchObject({ code: 'refused' });
});

test('a stream that breaks off is trouble, and one that is stopped ends', async () => {
  const first = await watch();
  await until(first.facts, ['stands digital-input false']);
  first.camera.cut();
  await expect(first.ended).rejects.toMatchObject({ code: 'unreachable' });
  const second = await watch();
  await until(second.facts, ['stands digital-input false']);
  second.stop();
  await expect(second.ended).rejects.toThrow('stopped');
  await soon(() => expect(second.camera.listeners).toBe(0));
});
