import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { seconds } from '../alarm/index.ts';
import { noMedia } from '../dispatch/no-media.ts';
import type { Clock } from '../ports.ts';
import { openStation, registerCrew, registerPlace, type Station } from './rig.ts';

interface Tested {
  readonly id: string;
  readonly passed: boolean;
  readonly endedAt?: string;
  readonly measured: Readonly<Record<string, unknown>>;
  readonly findings: readonly { readonly code: string; readonly text: string; readonly do: string }[];
  readonly steps: readonly { readonly step: string }[];
}
interface Doctor {
  readonly findings: readonly { readonly code: string; readonly text: string }[];
}

const walk = (at: Station, id: string, body: object = {}) => at.api<Tested>('POST', `/devices/${id}/test`, body);
const codes = (tested: Pick<Tested, 'findings'>) => tested.findings.map(({ code }) => code);
const doctor = async (at: Station, id: string) => codes(await at.api<Doctor & Tested>('GET', `/devices/${id}/doctor`));

/** The step that the tester waits for before doing his part. */
const stepOf = (at: Station, step: string) =>
  at.until(async () => expect((await at.events('device-test.step')).map(({ data }) => data['step'])).toContain(step));

/** A test that ends with its time: the clock moves in small steps until it has answered. */
async function runsOut(at: Station, testing: Promise<Tested>): Promise<Tested> {
  let over = false;
  const ended = testing.finally(() => {
    over = true;
  });
  await at.until(async () => {
    await at.clock.advance(seconds(2));
    expect(over).toBe(true);
  });
  return ended;
}

test('a key that works passes: its press is measured, sends nobody, is closed, and the next press is meant', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'far']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  expect(await doctor(at, 'key-1')).toEqual(['never-connected', 'never-armed']);
  const key = await at.key('key-1', 'hospital');
  const testing = walk(at, 'key-1');
  await stepOf(at, 'press-now');
  expect(await at.api('GET', '/devices/key-1')).toMatchObject({ testUntil: new Date(at.clock.now() + 60_000).toISOString() });
  const said = { type: 'press', eventId: randomUUID(), at: new Date(at.clock.now() - 80).toISOString(), battery: 87 };
  await key.raw(JSON.stringify(said));
  const tested = await testing;
  expect(tested).toMatchObject({
    passed: true,
    findings: [],
    measured: { latencyMs: 80, clockOffsetMs: -80, battery: 87, grade: 'emergency' },
  });
  expect(tested.measured['acceptedMs']).toBeLessThan(1000);

  const [listed] = await at.incidents();
  expect(await at.incident(listed?.id ?? '')).toMatchObject({
    number: tested.measured['incidentNumber'],
    kind: 'walk-test',
    state: 'closed',
    disposition: 'test',
    exercise: true,
    orders: [],
  });
  expect(tested.steps.map(({ step }) => step)).toEqual(['started', 'press-now', 'press-heard', 'incident-closed', 'ended']);
  expect(await at.api<{ testUntil?: string }>('GET', '/devices/key-1')).not.toHaveProperty('testUntil');
  expect(await doctor(at, 'key-1')).toEqual([]);
  await at.until(() => expect(key.lastReceipt()?.state).toBe('closed'));

  expect(near.orders).toEqual([]);
  await key.press();
  await at.until(() => expect(near.effective()).toHaveLength(1));
  expect((await at.incidents())[0]).toMatchObject({ kind: 'emergency', exercise: false, state: 'open' });

  const file = await at.api<{ items: Tested[] }>('GET', '/sites/hospital/tests');
  expect(file.items.map(({ id }) => id)).toEqual([tested.id]);
});

test('a key with a wrong password fails, and the doctor says so', async () => {
  const at = await openStation();
  await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const testing = walk(at, 'key-1', { waitSeconds: 10, lang: 'zh' });
  await stepOf(at, 'press-now');
  await expect(at.line('key-1', { password: 'wrong', connectTimeout: 5000 })).rejects.toThrow();
  const tested = await runsOut(at, testing);
  expect(tested.passed).toBe(false);
  expect(codes(tested)).toEqual(['no-press', 'wrong-password', 'never-armed']);
  expect(tested.findings[0]?.text).toBe('10秒内未收到按键。');
  // Whoever comes in afterwards has been put right.
  await at.clock.advance(seconds(1));
  await at.key('key-1', 'hospital');
  await at.until(async () => expect(await doctor(at, 'key-1')).toEqual(['test-failed', 'no-press']));
});

test('a key that publishes to the topic of another fails with that topic', async () => {
  const at = await openStation();
  await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const testing = walk(at, 'key-1', { waitSeconds: 10 });
  await stepOf(at, 'press-now');
  const line = await at.line('key-1');
  line.on('error', () => undefined);
  line.publish('keys/key-2/event', JSON.stringify({ type: 'press' }), { qos: 1 });
  await new Promise<void>((resolve) => line.once('close', () => resolve()));
  const tested = await runsOut(at, testing);
  expect(codes(tested)).toEqual(expect.arrayContaining(['no-press', 'wrong-topic']));
  expect(tested.findings.find(({ code }) => code === 'wrong-topic')?.text).toContain('keys/key-2/event');
});

test('a radio passes when the order comes to it; one without a unit is refused, and one of a unit on a call too', async () => {
  const at = await openStation();
  await registerPlace(at, ['near']);
  const radio = await at.radio('radio-near', 'near');
  const tested = await walk(at, 'radio-near');
  expect(tested).toMatchObject({ passed: true, findings: [], measured: { state: 'accepted' } });
  expect(radio.effective()).toMatchObject([{ kind: 'walk-test', exercise: true }]);
  const [listed] = await at.incidents();
  expect(await at.incident(listed?.id ?? '')).toMatchObject({
    ...{ kind: 'walk-test', state: 'closed', disposition: 'test', orders: [{ unitId: 'near', state: 'accepted' }] },
  });

  await at.register('radio', 'radio-spare', {});
  await expect(walk(at, 'radio-spare')).rejects.toThrow(/409.*radio-without-unit/);
  await at.api('POST', '/incidents', { kind: 'emergency', siteId: 'hospital', priority: 1, note: 'seen' });
  await at.until(() => expect(radio.effective()).toHaveLength(2));
  await expect(walk(at, 'radio-near')).rejects.toThrow(/409.*unit-engaged/);
  const file = await at.api<{ items: Tested[] }>('GET', '/devices/radio-near/tests');
  expect(file.items).toHaveLength(1);
});

test('a radio that is off fails, and nobody else is called in its place', async () => {
  const at = await openStation();
  const [, other] = await registerCrew(at, ['near', 'far']);
  await at.register('radio', 'radio-off', { unitId: 'lost' });
  await at.api('POST', '/units', {
    id: 'lost',
    name: 'lost',
    tier: 'city',
    stationId: 'central',
    gridIds: [],
    deviceIds: ['radio-off'],
    status: 'available',
  });
  const tested = await runsOut(at, walk(at, 'radio-off', { waitSeconds: 45 }));
  expect(tested.passed).toBe(false);
  expect(codes(tested)).toEqual(['not-delivered', 'never-connected']);
  expect(other.orders).toEqual([]);
});

/** SOI, a frame header of 1920 x 1080 and EOI: enough to be measured. */
const picture = Buffer.from('ffd8ffc0001108043807800301220002110103110 1ffd9'.replaceAll(' ', ''), 'hex');

test('a camera passes with its picture, what it is and how far its clock is off', async () => {
  const at = await openStation({ media: (clock: Clock) => noMedia(() => clock.now()) });
  await registerPlace(at, []);
  const simulated = await openOnvifCamera({
    ...{ id: 'gate', username: 'ops', password: 'secret', picture: () => picture, now: () => at.clock.now() },
  });
  onTestFinished(() => simulated.close());
  const settings = { address: simulated.address, username: 'ops', password: 'secret' };
  await at.register('camera', 'gate', { driver: 'onvif', siteId: 'hospital', settings });
  const tested = await walk(at, 'gate');
  expect(tested).toMatchObject({
    passed: true,
    measured: { via: 'http', width: 1920, height: 1080, stream: { reachable: false } },
  });
  expect(tested.measured['firstFrameMs']).toBeGreaterThanOrEqual(0);
  expect(tested.measured['model']).toEqual(expect.any(String));
  expect(codes(tested)).toEqual(['no-stream']);

  await at.register('camera', 'dead', { driver: 'onvif', siteId: 'hospital', settings: { ...settings, address: 'http://127.0.0.1:9/' } });
  const dead = await walk(at, 'dead');
  expect(dead.passed).toBe(false);
  expect(codes(dead)).toContain('no-picture');
});

test('a loudspeaker passes as played', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  const horn = await at.loudspeaker('horn', 'hospital');
  const tested = await walk(at, 'horn', { lang: 'en' });
  expect(tested).toMatchObject({ passed: true, measured: { state: 'played' }, findings: [] });
  expect(horn.effective()).toMatchObject([{ text: expect.stringContaining('loudspeaker test'), priority: 4 }]);
});

test('only who may broadcast and order speaks words of his own in a test, and they are on the audit trail before they sound', async () => {
  const at = await openStation();
  await registerCrew(at, ['near']);
  const horn = await at.loudspeaker('horn', 'hospital');
  const fitter = await at.signIn('fitter', ['installer']);
  const own = { text: 'All go home', lang: 'en' };
  for (const device of ['horn', 'radio-near'])
    await expect(fitter('POST', `/devices/${device}/test`, own)).rejects.toThrow(/403.*role-missing.*"path":"body.text"/s);
  expect(horn.effective()).toEqual([]);
  expect(await fitter('POST', '/devices/horn/test', { lang: 'en' })).toMatchObject({ passed: true });
  expect(horn.effective()).toMatchObject([{ text: expect.stringContaining('loudspeaker test') }]);

  const supervisor = await at.signIn('chief', ['supervisor']);
  const { id } = await supervisor<Tested>('POST', '/devices/horn/test', own);
  expect(horn.effective()).toMatchObject([{}, { text: 'All go home' }]);
  const { items } = await at.api<{ items: object[] }>('GET', '/audit?act=device.tested&by=chief');
  expect(items).toMatchObject([
    { subject: 'devices:horn', data: { test: id, passed: true } },
    { subject: 'devices:horn', data: { test: id, text: 'All go home' } },
  ]);
});

test('a device is tested once at a time, by those who may', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const operator = await at.signIn('wang', ['operator']);
  await expect(operator('POST', '/devices/key-1/test', {})).rejects.toThrow(/403/);
  await expect(walk(at, 'key-1', { waitSeconds: 121 })).rejects.toThrow(/422/);
  const testing = walk(at, 'key-1', { waitSeconds: 5 });
  await stepOf(at, 'press-now');
  await expect(walk(at, 'key-1')).rejects.toThrow(/409.*test-under-way/);
  expect((await runsOut(at, testing)).passed).toBe(false);
});
