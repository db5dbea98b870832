import { type Instant, rfc3339 } from '../alarm/index.ts';
import { absentDevices, gridNames, lastSamples, standingFaults } from '../store/camera-health.ts';
import type { Db } from '../store/connect.ts';
import type { Device, Register } from '../store/register-view.ts';
import type { CameraFaultKind } from './camera-votes.ts';
import { believedFor, type Coverage, coverageByGrid, coverageOf, type GridCoverage, stateOf } from './coverage.ts';

/** The maintenance list and how much is seen, as they stand now. */

export interface ReportDeps {
  readonly db: Db;
  readonly register: Register;
  readonly now: () => Instant;
  readonly health: { readonly period: number; readonly perMinute: number };
}

export interface Maintenance {
  readonly deviceId: string;
  readonly kind: string;
  readonly name: string;
  readonly fault: string;
  readonly since: string;
  readonly siteId?: string;
  readonly siteName?: string;
  readonly gridId?: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface DeviceReport {
  readonly at: string;
  readonly maintenance: readonly Maintenance[];
  readonly coverage: Coverage & { readonly grids: readonly GridCoverage[] };
}

export interface Narrow {
  readonly gridId?: string | undefined;
  readonly siteId?: string | undefined;
}

export async function deviceReport(deps: ReportDeps, narrow: Narrow): Promise<DeviceReport> {
  const { db, register } = deps;
  const [faults, absent, samples, grids] = await Promise.all([standingFaults(db), absentDevices(db), lastSamples(db), gridNames(db)]);
  const now = deps.now();
  const found = [
    ...faults.map(({ cameraId, ...rest }) => ({ deviceId: cameraId, ...rest })),
    ...absent.map((device) => ({ ...device, fault: 'offline', detail: {} })),
  ].sort((a, b) => a.since - b.since);
  const within = (device: Device): boolean =>
    (narrow.gridId === undefined || gridOf(register, device) === narrow.gridId) &&
    (narrow.siteId === undefined || device.siteId === narrow.siteId);
  const maintenance = found.flatMap(({ deviceId, fault, since, detail }) => {
    const device = register.device(deviceId);
    return device && within(device) ? [{ ...shown(register, device), fault, since: rfc3339(since), detail }] : [];
  });
  const cameras = coveredCameras(deps, samples, new Set(faults.map(({ cameraId }) => cameraId)), now).filter(({ device }) =>
    within(device),
  );
  const listed = grids.filter(({ id }) => narrow.gridId === undefined || id === narrow.gridId);
  return { at: rfc3339(now), maintenance, coverage: { ...coverageOf(cameras), grids: coverageByGrid(cameras, listed) } };
}

function coveredCameras(
  { register, health }: ReportDeps,
  samples: Awaited<ReturnType<typeof lastSamples>>,
  faulty: ReadonlySet<string>,
  now: Instant,
) {
  const believed = believedFor(health.period * 1000, health.perMinute, samples.length);
  const sampled = new Map(samples.map((sample) => [sample.cameraId, sample]));
  return register.cameras().map((device) => {
    const gridId = gridOf(register, device);
    const state = stateOf(faulty.has(device.id), sampled.get(device.id), now, believed);
    return { device, state, ...(gridId === undefined ? {} : { gridId }) };
  });
}

/** The grid of its site, else the one in which it stands. */
function gridOf(register: Register, device: Device): string | undefined {
  const bySite = device.siteId === undefined ? undefined : register.site(device.siteId)?.gridId;
  const place = register.placeOf(device);
  return bySite ?? (place && register.gridAt(place)?.id);
}

function shown(register: Register, device: Device): Omit<Maintenance, 'fault' | 'since' | 'detail'> {
  const gridId = gridOf(register, device);
  const siteName = device.siteId === undefined ? undefined : register.site(device.siteId)?.name;
  return {
    deviceId: device.id,
    kind: device.kind,
    name: device.name,
    ...(device.siteId === undefined ? {} : { siteId: device.siteId }),
    ...(siteName === undefined ? {} : { siteName }),
    ...(gridId === undefined ? {} : { gridId }),
  };
}

/** What people call each fault, for the sheet that goes to the maintenance firm. */
export const faultTitles: Readonly<Record<CameraFaultKind, { readonly zh: string; readonly en: string }>> = {
  offline: { zh: '离线', en: 'offline' },
  'no-picture': { zh: '无画面', en: 'no picture' },
  black: { zh: '黑屏', en: 'black' },
  'white-out': { zh: '过曝', en: 'burnt out' },
  frozen: { zh: '画面冻结', en: 'frozen' },
  covered: { zh: '遮挡', en: 'covered' },
  blurred: { zh: '画面模糊', en: 'blurred' },
  moved: { zh: '视角偏移', en: 'turned away' },
  'night-failure': { zh: '夜视失效', en: 'blind by night' },
  'wrong-clock': { zh: '时钟不准', en: 'wrong clock' },
  'low-frame-rate': { zh: '帧率过低', en: 'too few pictures' },
  reported: { zh: '人工报修', en: 'reported by an operator' },
};
