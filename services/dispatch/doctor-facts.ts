import type { DriverType, Give, Powers } from '../../devices/driver.ts';
import { hours, type Instant, nearest, type Unit } from '../alarm/index.ts';
import type { Clock, Drivers, Log } from '../ports.ts';
import { standingFaults } from '../store/camera-health.ts';
import type { Store } from '../store/connect.ts';
import { type DeviceRecord, deviceRecord, stuckInputs } from '../store/device-facts.ts';
import { presenceOf } from '../store/register.ts';
import type { Device, Register } from '../store/register-view.ts';
import type { Facts } from './doctor.ts';
import { earOf } from './proof.ts';

/** Gathers what the alarm doctor reads. */

export interface DoctorDeps {
  readonly store: Pick<Store, 'desk'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
  readonly drivers: Drivers;
  readonly give: Give;
}

/** An input that is held for so long is no press. */
const heldFor = hours(2);

/** Undefined where the device is gone. */
export async function factsOf(device: Device, deps: DoctorDeps): Promise<Facts | undefined> {
  const { store, clock, register, drivers } = deps;
  const now = clock.now();
  const record = await deviceRecord(store.desk, device.id);
  if (!record) return undefined;
  const type = drivers.find(device.kind, device.driver);
  const opened = openFor(device, type, deps);
  const stuck = await stuckInputs(store.desk, device.id, now - heldFor);
  const pictureFaults = device.kind === 'camera' ? await faultsOf(device.id, store.desk) : [];
  return {
    ...heard(record),
    ...ways(device, type, opened),
    ...(await bridgeOf(device, deps)),
    ...speaker(device, opened, register),
    ...{ now, kind: device.kind, fit: opened.fit, stuck, pictureFaults },
    placed: device.siteId !== undefined || device.location !== undefined,
    reaches: reaches(device, register, now),
    // A unit that was mistyped may still come; until then nothing is sent to it.
    ...(register.unit(device.unitId ?? '') === undefined ? {} : { unitId: device.unitId ?? '' }),
  };
}

const heard = ({ watch, ...rest }: DeviceRecord): Omit<DeviceRecord, 'watch'> & Pick<Facts, 'watch'> => ({
  ...rest,
  ...(watch === undefined ? {} : { watch }),
});

interface OpenedDevice {
  readonly fit: Facts['fit'];
  readonly powers: Powers;
}

function openFor({ id, kind, driver, settings }: Device, type: DriverType | undefined, { give, log }: DoctorDeps): OpenedDevice {
  if (!type) return { powers: {}, fit: { ok: false, code: 'driver-gone', detail: driver } };
  try {
    return { fit: { ok: true }, powers: type.open(give, { id, kind, settings }) };
  } catch (error) {
    log.debug({ err: error, deviceId: id }, 'the alarm doctor could not open a device');
    const detail = error instanceof Error ? error.message : String(error);
    return { powers: {}, fit: { ok: false, code: 'settings-unfit', detail: detail.slice(0, 300) } };
  }
}

function ways(device: Device, type: DriverType | undefined, { fit, powers }: OpenedDevice): Pick<Facts, 'way' | 'listensTo'> {
  const { settings } = device;
  if (!fit.ok || !type) return { way: 'none' };
  if (typeof settings['bridge'] === 'string') return { way: 'bridge' };
  // A camera that we go to may publish to our broker besides; it is well as long as we reach it.
  if (powers.watch) return { way: 'watch' };
  if (type.dialect) {
    const [topic] = type.dialect.subscribes({ id: device.id, kind: device.kind, settings });
    const told = device.kind === 'radio' || device.kind === 'loudspeaker';
    return { way: 'broker', ...(told && topic !== undefined ? { listensTo: topic } : {}) };
  }
  return { way: 'none' };
}

async function bridgeOf({ settings }: Device, { register, drivers, store }: DoctorDeps): Promise<Pick<Facts, 'bridge'>> {
  const id = settings['bridge'];
  if (typeof id !== 'string') return {};
  const device = await register.deviceOrLoad(id);
  const carries = device !== undefined && drivers.find(device.kind, device.driver)?.dialect?.carries === true;
  const online = device !== undefined && (await presenceOf(store.desk, [id]))(id).state === 'online';
  return { bridge: { id, registered: device !== undefined, carries, online } };
}

async function faultsOf(cameraId: string, db: Store['desk']): Promise<Facts['pictureFaults']> {
  const faults = await standingFaults(db);
  // Its absence and its clock are told by what we see of the connection itself.
  const ofPicture = faults.filter((fault) => fault.cameraId === cameraId && fault.fault !== 'offline' && fault.fault !== 'wrong-clock');
  return ofPicture.map(({ fault, since }) => ({ fault, since }));
}

function speaker(device: Device, { powers }: OpenedDevice, register: Register): Pick<Facts, 'speaker'> {
  if (device.kind !== 'loudspeaker') return {};
  const route = powers.play !== undefined || powers.speak !== undefined;
  return { speaker: { route, reportsItself: powers.play !== undefined, ear: earOf(device, register) !== undefined } };
}

/** Whether the choice of units would find anybody; who is engaged elsewhere just now is on duty all the same. */
function reaches(device: Device, register: Register, now: Instant): boolean {
  const units = register.units().map(({ id, name, tier, stationId, gridIds, status }): Unit => {
    return { id, name, tier, stationId, gridIds, status, bearers: register.bearersOf(id).length };
  });
  const site = device.siteId === undefined ? undefined : register.site(device.siteId);
  const point = register.placeOf(device);
  const gridId = site?.gridId ?? (point && register.gridAt(point)?.id);
  const scene = { ...(point && { point }), ...(gridId === undefined ? {} : { gridId }), ...(site && { stationId: site.stationId }) };
  const able = units.filter((unit) => unit.bearers > 0);
  return nearest(able, scene, 1, new Set(), now).length > 0;
}
