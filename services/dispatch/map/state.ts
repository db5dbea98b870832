import { callsUpCameras, type Point, rfc3339 } from '../../alarm/index.ts';
import type { OpenIncident } from '../../store/map.ts';
import type { Position, Unit } from '../../store/register-view.ts';
import type { CameraState } from '../coverage.ts';

/** What the map draws that changes: what goes on, what is broken, where the units are. */

/** `alarm` is drawn red, `trouble` and `due` yellow; a site that is not listed is well, green. */
export type SiteState = 'alarm' | 'trouble' | 'due';
export type Why = 'incident' | 'device-missing' | 'picture-fault' | 'test-due';

export interface MapSite {
  readonly id: string;
  readonly state: SiteState;
  readonly why: readonly Why[];
  /** Those that are missing, faulty or to be tested. */
  readonly deviceIds: readonly string[];
}

export interface MapUnit {
  readonly id: string;
  readonly status: Unit['status'];
  /** Number of the open incident for which it holds an order. */
  readonly engagedOn?: number;
  /** `at`, RFC 3339, is when it was heard; `accuracy` in metres. */
  readonly position?: Point & { readonly at: string; readonly accuracy?: number };
}

export interface MapState {
  readonly incidents: readonly OpenIncident[];
  readonly sites: readonly MapSite[];
  /** `most` is how all those are that are not listed. */
  readonly cameras: { readonly most: CameraState } & { readonly [S in CameraState]: readonly string[] };
  readonly missing: { readonly loudspeakers: readonly string[] };
  readonly units: readonly MapUnit[];
}

/** A device as far as its site's colour is concerned. */
export interface Wrong {
  readonly deviceId: string;
  readonly siteId?: string;
  readonly why: Exclude<Why, 'incident'>;
}

/** The sites that are not well, each with all that speaks against it. */
export function sitesOf(incidents: readonly OpenIncident[], wrong: readonly Wrong[]): MapSite[] {
  const found = new Map<string, { why: Set<Why>; alarm: boolean; deviceIds: Set<string> }>();
  const at = (siteId: string) => {
    const known = found.get(siteId) ?? { why: new Set<Why>(), alarm: false, deviceIds: new Set<string>() };
    found.set(siteId, known);
    return known;
  };
  for (const { siteId, kind } of incidents) {
    if (siteId === undefined || kind === 'walk-test') continue;
    at(siteId).why.add('incident');
    // A fault of a device is yellow even where it opened an incident: red is for people.
    at(siteId).alarm ||= callsUpCameras(kind);
  }
  for (const { siteId, deviceId, why } of wrong) {
    if (siteId === undefined) continue;
    at(siteId).why.add(why);
    at(siteId).deviceIds.add(deviceId);
  }
  return [...found]
    .map(([id, { why, alarm, deviceIds }]): MapSite => ({ id, state: worst(alarm, why), why: [...why].sort(), deviceIds: [...deviceIds] }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function worst(alarm: boolean, why: ReadonlySet<Why>): SiteState {
  if (alarm) return 'alarm';
  return why.size === 1 && why.has('test-due') ? 'due' : 'trouble';
}

/** How cameras are, without naming those that are as most are. */
export function camerasBy(states: readonly { readonly id: string; readonly state: CameraState }[]): MapState['cameras'] {
  const named = { good: [] as string[], faulty: [] as string[], unknown: [] as string[] };
  for (const { id, state } of states) named[state].push(id);
  const kinds: readonly CameraState[] = ['good', 'unknown', 'faulty'];
  const most = kinds.reduce((best, kind) => (named[kind].length > named[best].length ? kind : best));
  return { most, ...named, [most]: [] };
}

/** A place to a tenth of a metre. */
const rounded = ({ lat, lon }: Point): Point => ({ lat: Math.round(lat * 1e6) / 1e6, lon: Math.round(lon * 1e6) / 1e6 });

/** Where a unit is, as the map is told. */
export const shownPlace = ({ accuracy, receivedAt, ...place }: Position): NonNullable<MapUnit['position']> => ({
  ...rounded(place),
  at: rfc3339(receivedAt),
  ...(accuracy === undefined ? {} : { accuracy }),
});
