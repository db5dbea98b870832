import { expect, test } from 'vitest';
import { mqttKey } from '../../devices/alarm-keys/mqtt/driver.ts';
import { onvifCamera } from '../../devices/cameras/onvif/driver.ts';
import type { DriverType } from '../../devices/driver.ts';
import { mqttRadio } from '../../devices/radios/mqtt/driver.ts';
import { hours, seconds } from '../alarm/index.ts';
import type { Drivers } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { hold } from '../store/holdings.ts';
import { openRegister } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { diagnose } from './doctor.ts';
import { factsOf } from './doctor-facts.ts';

const types = [mqttKey, onvifCamera, mqttRadio] as unknown as readonly DriverType[];
const drivers: Drivers = { find: (kind, name) => types.find((type) => type.kind === kind && type.name === name), list: () => types };
const clock = manualClock();
const give = {
  now: () => clock.now(),
  request: () => Promise.reject(new Error('not asked')),
  post: () => Promise.reject(new Error('not asked')),
};

interface Registered {
  readonly id: string;
  readonly kind: string;
  readonly driver: string;
  readonly settings?: object;
}

async function clinic(...devices: readonly Registered[]) {
  const store = await freshStore();
  const at = new Date(clock.now() - hours(20));
  const dates = { created_at: at, updated_at: at };
  for (const { settings = {}, ...device } of devices) {
    const row = { ...device, ...dates, name: device.id, settings: JSON.stringify(settings), exercise: false };
    await store.desk.insertInto('devices').values(row).execute();
  }
  const find = async (id: string) => {
    const register = await openRegister(store, quiet);
    const device = register.device(id);
    const facts = device && (await factsOf(device, { store, clock, log: quiet, register, drivers, give }));
    register.close();
    return facts ? diagnose(facts) : [];
  };
  interface More {
    readonly data?: object;
    readonly ours?: object;
    readonly offset?: number;
  }
  const say = (id: string, type: string, ago: number, active: boolean, more: More = {}) => {
    const received = new Date(clock.now() - ago);
    const told = { id: crypto.randomUUID(), device_id: id, device_kind: 'key', type, active, lane: 'urgent', via: 'mqtt', exercise: false };
    const times = { at: new Date(received.getTime() + (more.offset ?? 0)), received_at: received, last_at: received, sorted_at: received };
    const none = { grade: null, event_id: null, raw: null, dedupe: null, incident_id: null };
    return store.desk
      .insertInto('signals')
      .values({ ...told, ...times, ...none, data: JSON.stringify(more.data ?? {}), ours: JSON.stringify(more.ours ?? {}) })
      .execute();
  };
  return { store, find, say };
}
const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);

test('a key: its clock by its last words, its battery, an input that is held', async () => {
  const { find, say } = await clinic({ id: 'k', kind: 'key', driver: 'mqtt' });
  const hour = { offset: -hours(1) };
  await say('k', 'press', hours(9), true, hour);
  await say('k', 'digital-input', hours(5), true, { ...hour, ours: { mark: { of: 'level:1', value: { on: true } } } });
  await say('k', 'heartbeat', hours(1), true, { ...hour, data: { battery: 9 } });
  const findings = await find('k');
  expect(codes(findings)).toEqual(['never-connected', 'clock-off', 'stuck', 'battery-low', 'no-place', 'nobody-to-send']);
  expect(findings.map(({ data }) => data)).toMatchObject([{}, { seconds: -3600 }, { detail: 'level:1' }, { percent: 9 }, {}, {}]);
  // One word that came in time proves the clock: the others were said late. Let go, the input is free.
  await say('k', 'digital-input', seconds(5), false, {
    offset: -200,
    ours: { mark: { of: 'level:1', value: { on: false } } },
    data: { battery: 90 },
  });
  expect(codes(await find('k'))).toEqual(['never-connected', 'no-place', 'nobody-to-send']);
});

test('what its registration is worth: a driver that is gone, settings that no longer fit, a gateway that is missing or none', async () => {
  const z2m = { bridge: 'gate', topic: 'zigbee2mqtt/button', name: 'button' };
  const { find } = await clinic(
    { id: 'gone', kind: 'key', driver: 'of-yesterday' },
    { id: 'unfit', kind: 'camera', driver: 'onvif', settings: { address: 7 } },
    { id: 'behind', kind: 'key', driver: 'mqtt', settings: z2m },
    { id: 'spare', kind: 'radio', driver: 'mqtt' },
  );
  expect(codes(await find('gone'))[0]).toBe('driver-gone');
  expect(codes(await find('unfit'))[0]).toBe('settings-unfit');
  expect(codes(await find('behind'))).toContain('bridge-missing');
  expect(codes(await find('spare'))).toEqual(['never-connected', 'no-unit']);
});

test('a camera that is gone to: by whom, and why in vain', async () => {
  const settings = { address: 'http://127.0.0.1:9', username: 'u', password: 'p' };
  const { store, find } = await clinic({ id: 'c', kind: 'camera', driver: 'onvif', settings });
  expect(codes(await find('c'))).toContain('not-watched');
  await hold(store.routine, 'watch', 'broker-1', ['c'], 1, clock.now(), seconds(20));
  const watch = { state: 'trouble', since: '2026-01-01T00:00:00.000Z', code: 'refused', detail: 'wrong password' };
  await store.desk
    .insertInto('presence')
    .values({ device_id: 'c', state: 'offline', since: new Date(clock.now()), health: JSON.stringify({ watch }) })
    .execute();
  expect((await find('c'))[0]).toEqual({ code: 'watch-refused', data: { since: watch.since, detail: 'wrong password' } });
  await clock.advance(seconds(21));
  expect(codes(await find('c'))[0]).toBe('watch-lost');
});
