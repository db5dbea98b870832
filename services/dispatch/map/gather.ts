import type { Instant } from '../../alarm/index.ts';
import { lastSamples, standingFaults } from '../../store/camera-health.ts';
import type { Db } from '../../store/connect.ts';
import { missingDevices, openIncidents, unprovenKeys } from '../../store/map.ts';
import { engagedUnits } from '../../store/orders.ts';
import type { Device, Register } from '../../store/register-view.ts';
import { believedFor, type CameraState, stateOf } from '../coverage.ts';
import { provenFor } from '../doctor.ts';
import { camerasBy, type MapState, type MapUnit, shownPlace, sitesOf, type Wrong } from './state.ts';

export interface StateDeps {
  /** `store.desk` */
  readonly db: Db;
  readonly register: Pick<Register, 'device' | 'cameras' | 'units' | 'unitPosition'>;
  readonly now: () => Instant;
  readonly health: { readonly period: number; readonly perMinute: number };
}

/** A map with more open incidents than this shows the most urgent ones; the queue has them all. */
const mostIncidents = 1000;

/** Reads how everything stands now. */
export async function mapState(deps: StateDeps): Promise<MapState> {
  const { db, register } = deps;
  const units = register.units();
  const [incidents, missing, due, cameras, engaged] = await Promise.all([
    openIncidents(db, mostIncidents),
    missingDevices(db),
    unprovenKeys(db, deps.now() - provenFor),
    cameraStates(deps),
    engagedUnits(
      db,
      units.map(({ id }) => id),
    ),
  ]);
  const known = (ids: readonly string[]): Device[] => ids.flatMap((id) => register.device(id) ?? []);
  const away = known(missing);
  const faulty = cameras.filter(({ state }) => state === 'faulty').map(({ device }) => device);
  const wrong = [...wrongBy(away, 'device-missing'), ...wrongBy(faulty, 'picture-fault'), ...wrongBy(known(due), 'test-due')];
  return {
    incidents,
    sites: sitesOf(incidents, wrong),
    cameras: camerasBy(cameras.map(({ device, state }) => ({ id: device.id, state }))),
    missing: { loudspeakers: away.filter(({ kind }) => kind === 'loudspeaker').map(({ id }) => id) },
    units: units.map(({ id, status }): MapUnit => {
      const position = register.unitPosition(id);
      const engagedOn = engaged.get(id);
      return {
        ...{ id, status },
        ...(engagedOn === undefined ? {} : { engagedOn }),
        ...(position === undefined ? {} : { position: shownPlace(position) }),
      };
    }),
  };
}

const wrongBy = (devices: readonly Device[], why: Wrong['why']): Wrong[] =>
  devices.map(({ id: deviceId, siteId }) => ({ deviceId, why, ...(siteId === undefined ? {} : { siteId }) }));

/** How each camera is, by the same rule as the report of device health. One that is away is faulty, too. */
export async function cameraStates({ db, register, now, health }: StateDeps): Promise<{ device: Device; state: CameraState }[]> {
  const [faults, samples, missing] = await Promise.all([standingFaults(db), lastSamples(db), missingDevices(db)]);
  const bad = new Set([...faults.map(({ cameraId }) => cameraId), ...missing]);
  const sampled = new Map(samples.map((sample) => [sample.cameraId, sample]));
  const believed = believedFor(health.period * 1000, health.perMinute, samples.length);
  const at = now();
  return register.cameras().map((device) => ({ device, state: stateOf(bad.has(device.id), sampled.get(device.id), at, believed) }));
}
