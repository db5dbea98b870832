import { X509Certificate } from 'node:crypto';
import OnvifServiceDevice from 'node-onvif/lib/modules/service-device.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Powers, Trouble } from '../../driver.ts';
import { simulatorCertificate } from '../../simulator-certificate.ts';
import { onvifCamera } from './driver.ts';
import { onvifSettings } from './settings.ts';
import { type CameraOptions, type FaultKind, type OnvifCamera, openOnvifCamera, type Quirks } from './simulator.ts';

const cameras: OnvifCamera[] = [];
afterEach(async () => {
  await Promise.all(cameras.splice(0).map((camera) => camera.close()));
});

const who = { username: 'admin', password: '\u5bc6<&":1' };
const presets = [
  { token: 'P1', name: '\u5927\u95e8' },
  { token: '2', name: 'Ward & yard' },
];
const never = new AbortController().signal;

async function open(options: Partial<CameraOptions> = {}, more: object = {}): Promise<{ camera: OnvifCamera; powers: Required<Powers> }> {
  const camera = await openOnvifCamera({ id: 'c1', ...who, presets, inputs: ['0', '1'], relays: ['R1'], ...options });
  cameras.push(camera);
  return { camera, powers: powersOf(camera, more) };
}

function powersOf(camera: OnvifCamera, more: object = {}, as: object = who, now: () => number = Date.now): Required<Powers> {
  const settings = onvifSettings.parse({ address: camera.address, ...as, ...more });
  const give = { now, request: async () => ({ error: 'not used' }), post: async () => ({ outcome: 'sent' as const }) };
  return onvifCamera.open(give, { id: 'c1', kind: 'camera', settings }) as Required<Powers>;
}

async function trouble(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Trouble) return error.code;
    throw error;
  }
  return 'none';
}

/** The id that a simulated camera writes into its picture. */
const idIn = (jpeg: Uint8Array): string => Buffer.from(jpeg.subarray(6, 4 + Buffer.from(jpeg).readUInt16BE(4))).toString();

describe('a camera says of itself', () => {
  test('who made it, how its clock stands, and what it has', async () => {
    const { powers } = await open({ quirks: { clockOffset: 3_600_000 } });
    const described = await powers.describe(never);
    expect(described).toMatchObject({
      maker: 'Baiying',
      model: 'Simulated dome',
      firmware: '1.0',
      serial: 'c1',
      profiles: ['Profile_1', 'Profile_2'],
      inputs: ['0', '1'],
      relays: ['R1'],
    });
    expect(Math.abs((described.clockOffset ?? 0) - 3_600_000)).toBeLessThan(2000);
  });

  test.each<[string, Quirks, string[] | undefined]>([
    ['Media2 alone', { media: [2] }, ['Profile_1', 'Profile_2']],
    ['Media alone', { media: [1] }, ['Profile_1', 'Profile_2']],
    ['profiles without RateControl and Bounds', { media: [1], sparseProfiles: true }, ['Profile_1', 'Profile_2']],
    ['no profile at all', { withoutProfiles: true }, []],
    ['the list of services of 2011', { withoutServices: true, media: [1] }, ['Profile_1', 'Profile_2']],
    ['no media service', { media: [] }, undefined],
    ['another host in its addresses', { announcedHost: '192.0.2.2:81' }, ['Profile_1', 'Profile_2']],
  ])('with %s', async (_name, quirks, profiles) => {
    const { powers } = await open({ quirks });
    const described = await powers.describe(never);
    expect([described.serial, described.profiles]).toEqual(['c1', profiles]);
  });

  test.each(['wsse', 'digest'] as const)(
    'to %s alone, with a clock of 1970 and letters of every kind in the password',
    async (authentication) => {
      const { powers } = await open({ authentication, quirks: { clockOffset: -Date.now() } });
      expect((await powers.describe(never)).serial).toBe('c1');
    },
  );

  test('nothing to who has not the password', async () => {
    const { camera } = await open();
    expect(await trouble(powersOf(camera, {}, { username: 'admin', password: 'no' }).describe(never))).toBe('refused');
    expect(await trouble(powersOf(camera, {}, {}).describe(never))).toBe('refused');
  });
});

describe('a stream', () => {
  const rtsp = 'rtsp://user:secret@127.0.0.1:8554/Streaming/Channels/101?transportmode=unicast&profile=1';
  const url = 'rtsp://127.0.0.1:8554/Streaming/Channels/101?transportmode=unicast&profile=1';

  test.each<[string, Quirks, object, string]>([
    ['by Media, without the credential that it had in it', {}, {}, url],
    ['by Media2', { media: [2] }, {}, url],
    ['at the host that was set, whatever the camera calls itself', { announcedHost: '192.0.2.2' }, {}, url],
    ['at the port that was set', {}, { rtspPort: 5540 }, url.replace('8554', '5540')],
    ['of the profile that was set', {}, { profile: 'Profile_2' }, `${url}?profile=sub`],
  ])('is had %s', async (_name, quirks, more, expected) => {
    const { powers } = await open({ rtsp, quirks }, more);
    expect(await powers.stream(never)).toEqual({ url: expected, ...who });
  });

  test('of a profile that there is none of is a setting to be put right', async () => {
    const { powers } = await open({ rtsp }, { profile: 'Profile_9' });
    await expect(powers.stream(never)).rejects.toThrow('it has Profile_1, Profile_2');
  });

  test.each(['file:///etc/passwd', 'http://127.0.0.1/x', 'rtsp:'])('that is %s is none', async (address) => {
    const { powers } = await open({ rtsp: address });
    expect(await trouble(powers.stream(never))).toBe('garbled');
  });
});

describe('a still picture', () => {
  test('is whole, and costs one request when the address is known', async () => {
    const { camera, powers } = await open({ authentication: 'none' });
    expect(idIn(await powers.snapshot(never))).toBe('c1');
    const before = camera.ledger.length;
    await powers.snapshot(never);
    expect(camera.ledger.slice(before).map((asked) => asked.operation)).toEqual(['GET']);
  });

  test('is had at the address of an hour ago at once, which is asked anew behind it', async () => {
    const { camera } = await open({ authentication: 'none' });
    let now = Date.now();
    const powers = powersOf(camera, {}, who, () => now);
    await powers.snapshot(never);
    now += 3_600_000;
    const before = camera.ledger.length;
    await powers.snapshot(never);
    await vi.waitFor(() => expect(camera.ledger.slice(before).map(({ operation }) => operation)).toContain('GetSnapshotUri'));
    const after = camera.ledger.length;
    await powers.snapshot(never);
    expect(camera.ledger.slice(after).map(({ operation }) => operation)).toEqual(['GET']);
  });

  test('and the stream, both wanted at once of a camera that nobody asked before, cost each question once', async () => {
    const { camera, powers } = await open({ authentication: 'none', rtsp: 'rtsp://127.0.0.1:8554/live' });
    await Promise.all([powers.snapshot(never), powers.stream(never), powers.snapshot(never)]);
    const operations = camera.ledger.map(({ operation }) => operation).toSorted();
    expect(operations).toEqual(['GET', 'GET', 'GetProfiles', 'GetServices', 'GetSnapshotUri', 'GetStreamUri']);
  });

  test('forty at once of twenty cameras with Digest are forty right ones', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, async (_none, number) => open({ id: `camera-${number}`, authentication: 'digest' })),
    );
    const pictures = await Promise.all([...all, ...all].map(({ powers }) => powers.snapshot(never)));
    expect(pictures.map(idIn)).toEqual(Array.from({ length: 40 }, (_none, at) => `camera-${at % 20}`));
  });

  test('is taken at the camera that was set, not at the host that it names', async () => {
    const other = await open({ id: 'other', authentication: 'none' });
    const { powers } = await open({ quirks: { announcedHost: `localhost:${other.camera.port}` } });
    expect(idIn(await powers.snapshot(never))).toBe('c1');
    expect(other.camera.ledger).toEqual([]);
  });

  const soi = [0xff, 0xd8, 0xff, 0xe0];
  test.each<[string, number[], string]>([
    ['a whole one', [...soi, 1, 2, 0xff, 0xd9], 'none'],
    ['padding behind it', [...soi, 1, 2, 0xff, 0xd9, 0, 0, 13, 10], 'none'],
    ['a cut one', [...soi, 1, 2], 'garbled'],
    ['no picture', [...Buffer.from('<html>')], 'garbled'],
    ['nothing', [], 'garbled'],
    ['an end alone', [0xff, 0xd9], 'garbled'],
  ])('%s: %j is %s', async (_name, bytes, code) => {
    const { powers } = await open({ picture: () => Uint8Array.from(bytes) });
    expect(await trouble(powers.snapshot(never))).toBe(code);
  });

  test.each<[FaultKind, string]>([
    ['reset', 'unreachable'],
    ['truncated', 'unreachable'],
    ['unavailable', 'busy'],
    ['unauthorized', 'refused'],
    ['html', 'garbled'],
    ['empty', 'garbled'],
  ])('that ends in %s is %s, and the next one is had', async (kind, code) => {
    const { camera, powers } = await open();
    camera.fail({ kind, only: ['GET'] });
    expect(await trouble(powers.snapshot(never))).toBe(code);
    camera.fail(undefined);
    expect(idIn(await powers.snapshot(never))).toBe('c1');
  });

  test('that does not come is given up after two seconds', async () => {
    const { camera, powers } = await open();
    await powers.snapshot(never);
    camera.fail({ kind: 'drip' });
    const began = performance.now();
    expect(await trouble(powers.snapshot(never))).toBe('silent');
    expect(performance.now() - began).toBeLessThan(2500);
  });

  test('of a camera that has none is not there', async () => {
    const { powers } = await open({ quirks: { withoutSnapshot: true } });
    expect(await trouble(powers.snapshot(never))).toBe('unsupported');
  });
});

describe('a camera that turns', () => {
  test('lists its presets and goes to one', async () => {
    const { camera, powers } = await open();
    expect(await powers.presets(never)).toEqual(presets);
    await powers.aim({ preset: '2' }, never);
    expect(camera.state.aim).toMatchObject({ preset: '2', moving: false });
    expect(await trouble(powers.aim({ preset: '9' }, never))).toBe('garbled');
  });

  test('moves within bounds and stops when told', async () => {
    const { camera, powers } = await open();
    await powers.aim({ pan: 7, tilt: -0.25, zoom: Number.NaN, milliseconds: 60_000 }, never);
    expect(camera.state.aim).toMatchObject({ pan: 1, tilt: -0.25, zoom: 0, moving: true });
    await powers.aim({ stop: true }, never);
    expect(camera.state.aim.moving).toBe(false);
  });

  test('stops by itself, though it knows no timeout', async () => {
    const { camera, powers } = await open({ quirks: { deafToTimeout: true } });
    await powers.aim({ pan: 1, tilt: 0, zoom: 0, milliseconds: 60 }, never);
    await expect.poll(() => camera.state.aim.moving).toBe(false);
    expect(camera.ledger.filter((asked) => asked.operation === 'Stop')).toHaveLength(1);
  });

  test('does not, where it cannot', async () => {
    const { powers } = await open({ presets: [] });
    expect(await trouble(powers.presets(never))).toBe('unsupported');
  });
});

describe('a relay', () => {
  test.each([false, true])('is closed and opened, also where it rests closed: %s', async (relaysRestClosed) => {
    const { camera, powers } = await open({ quirks: { relaysRestClosed } });
    await powers.relay('R1', true, never);
    expect(camera.state.relays.get('R1')).toBe(true);
    await powers.relay('R1', false, never);
    expect(camera.state.relays.get('R1')).toBe(false);
  });

  test('that the camera has not is a setting to be put right', async () => {
    const { powers } = await open();
    expect(await trouble(powers.relay('R9', true, never))).toBe('misconfigured');
  });
});

describe('over https', () => {
  const fingerprint = new X509Certificate(simulatorCertificate.cert).fingerprint256;

  test('a camera is reached by its pinned certificate, for what node-onvif asks as well', async () => {
    const { powers } = await open({ tls: simulatorCertificate, authentication: 'digest' }, { fingerprint });
    expect((await powers.describe(never)).serial).toBe('c1');
    expect(idIn(await powers.snapshot(never))).toBe('c1');
    expect(await powers.presets(never)).toEqual(presets);
  });

  test.each([{}, { fingerprint: '00'.repeat(32) }])('another certificate is told before anything is sent: %j', async (more) => {
    const { camera, powers } = await open({ tls: simulatorCertificate }, more);
    expect(await trouble(powers.describe(never))).toBe('misconfigured');
    expect(camera.ledger).toEqual([]);
  });
});

test('node-onvif opens no connection of its own', async () => {
  const { camera } = await open();
  await expect(new OnvifServiceDevice({ xaddr: camera.address }).getDeviceInformation()).rejects.toMatchObject({ code: 'unsupported' });
  expect(camera.ledger).toEqual([]);
});

test('each call ends when its caller does', async () => {
  const { camera, powers } = await open();
  camera.fail({ kind: 'silence' });
  const calls = [powers.describe, powers.snapshot, powers.stream, powers.presets].map((power) => {
    const stop = new AbortController();
    const call = power(stop.signal);
    stop.abort(new Error('enough'));
    return call;
  });
  for (const call of calls) await expect(call).rejects.toThrow('enough');
});
