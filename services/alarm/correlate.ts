import { partOf, type Signal, type SignalType } from './signal.ts';
import type { IncidentKind, Priority, Sorting } from './sort.ts';
import type { Duration, Instant } from './time.ts';

/** What the rules must know of an incident that is still open to say whether a signal belongs to it. */
export interface OpenIncident {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly priority: Priority;
  readonly silent: boolean;
  readonly confirmed: boolean;
  readonly exercise: boolean;
  readonly siteId?: string;
  /** The device whose signal opened it; none when an operator did. */
  readonly deviceId?: string;
  /** The input of that device, where several keys are wired to one. */
  readonly part?: string;
  readonly lastSignalAt: Instant;
}

export type CorrelateReason =
  | 'repeat-of-one-device'
  | 'grade-raised-by-one-device'
  | 'first-of-its-device'
  | 'another-device-of-the-site'
  | 'same-site-within-window'
  | 'confirmed-by-second-sensor'
  | 'informs-open-incident-of-site'
  | 'ends-silence'
  | 'belongs-to-nothing-open';

export type Correlation =
  | {
      readonly outcome: 'joins';
      readonly incidentId: string;
      readonly reason: CorrelateReason;
      readonly raises: boolean;
      readonly confirms: boolean;
    }
  | { readonly outcome: 'opens'; readonly links: readonly Link[]; readonly confirmed: boolean; readonly reason: CorrelateReason }
  | { readonly outcome: 'stands-alone'; readonly reason: CorrelateReason };

export interface Link {
  readonly incidentId: string;
  readonly number: number;
  readonly reason: CorrelateReason;
  /** Two sensors of one site tell of it: the neighbour is confirmed, and raised, too. */
  readonly confirms: boolean;
}

export interface CorrelatePolicy {
  /** Two incidents of one site are neighbours while the older heard a signal within this span. */
  readonly window: Duration;
}

type Family = 'panic' | 'sensor' | 'health';
const families: Readonly<Record<IncidentKind, Family>> = {
  emergency: 'panic',
  assist: 'panic',
  duress: 'panic',
  unparsed: 'panic',
  'officer-emergency': 'panic',
  intrusion: 'sensor',
  'line-crossing': 'sensor',
  'audio-alarm': 'sensor',
  tamper: 'sensor',
  silence: 'health',
  'device-fault': 'health',
  'walk-test': 'panic',
};
/** The family of a kind; what an operator saw counts with the sensors. */
const familyOf = (kind: string): Family => families[kind as IncidentKind] ?? 'sensor';

/** Somebody calls for help, whatever the grade. */
export const isPanic = (kind: string): boolean => familyOf(kind) === 'panic';

/**
 * Says what an incident-opening or informing signal belongs to. A panic joins only the open panic of its own key:
 * another key always opens its own incident (GB 50394-2007 5.2.3: simultaneous alarms are all shown, none lost).
 * @param open the incidents still open at the signal's site or of its device
 */
export function correlate(
  signal: Signal,
  siteId: string | undefined,
  sorting: Extract<Sorting, { role: 'opens' | 'informs' }>,
  open: readonly OpenIncident[],
  now: Instant,
  policy: CorrelatePolicy,
): Correlation {
  const same = open.filter((incident) => incident.exercise === signal.exercise);
  return sorting.role === 'opens'
    ? place(signal, siteId, sorting, same, now, policy)
    : inform(signal, siteId, sorting.confirms, same, now, policy);
}

function place(
  signal: Signal,
  siteId: string | undefined,
  sorting: Extract<Sorting, { role: 'opens' }>,
  open: readonly OpenIncident[],
  now: Instant,
  policy: CorrelatePolicy,
): Correlation {
  const family = familyOf(sorting.kind);
  const part = partOf(signal);
  // Officers were sent for it under the name of an incident of its own while nobody could know what else was open.
  const sent = signal.ours?.firstOrders !== undefined;
  const own = open.find(
    (incident) =>
      !sent &&
      incident.deviceId === signal.deviceId &&
      incident.part === part &&
      familyOf(incident.kind) === family &&
      (family === 'panic' || incident.kind === sorting.kind),
  );
  if (own) {
    const raises = sorting.priority < own.priority || (sorting.silent && !own.silent);
    const reason = raises ? 'grade-raised-by-one-device' : 'repeat-of-one-device';
    return { outcome: 'joins', incidentId: own.id, reason, raises, confirms: false };
  }
  // Two keys wired to one camera are two sensors; what the camera itself sees and a key on it count as one.
  const another = (incident: OpenIncident): boolean =>
    incident.deviceId !== signal.deviceId || (part !== undefined && incident.part !== undefined && incident.part !== part);
  const neighbours = family === 'health' ? [] : near(siteId, open, now, policy).filter((incident) => familyOf(incident.kind) !== 'health');
  const links = neighbours.map((incident): Link => {
    const confirms = incident.deviceId !== undefined && another(incident) && !incident.confirmed;
    return { incidentId: incident.id, number: incident.number, reason: 'same-site-within-window', confirms };
  });
  const confirmed = neighbours.some(another);
  return { outcome: 'opens', links, confirmed, reason: confirmed ? 'another-device-of-the-site' : 'first-of-its-device' };
}

function inform(
  signal: Signal,
  siteId: string | undefined,
  confirms: boolean,
  open: readonly OpenIncident[],
  now: Instant,
  policy: CorrelatePolicy,
): Correlation {
  const part = partOf(signal);
  const own = open.filter((incident) => incident.deviceId === signal.deviceId && (part === undefined || incident.part === part));
  const joins = (to: OpenIncident, reason: CorrelateReason, confirmed = false): Correlation => ({
    outcome: 'joins',
    incidentId: to.id,
    reason,
    raises: false,
    confirms: confirmed,
  });
  const ended = own.find((incident) => incident.kind === ends[signal.type]);
  if (ended) return joins(ended, signal.type === 'online' ? 'ends-silence' : 'repeat-of-one-device');
  if (signal.type === 'online') return { outcome: 'stands-alone', reason: 'belongs-to-nothing-open' };
  const first = own.find((incident) => familyOf(incident.kind) !== 'health');
  if (first) return joins(first, 'repeat-of-one-device');
  const around = signal.type === 'release' ? [] : near(siteId, open, now, policy);
  const neighbour = around.find((incident) => familyOf(incident.kind) !== 'health');
  if (neighbour) {
    const confirmed = confirms && !neighbour.confirmed;
    return joins(neighbour, confirmed ? 'confirmed-by-second-sensor' : 'informs-open-incident-of-site', confirmed);
  }
  // A fault of the device itself comes last: it must not keep what the device sees from a call for help beside it.
  const fault = own[0];
  return fault ? joins(fault, 'repeat-of-one-device') : { outcome: 'stands-alone', reason: 'belongs-to-nothing-open' };
}

/** Faults of a device that its own signal brings to an end. */
const ends: Readonly<Partial<Record<SignalType, IncidentKind>>> = { online: 'silence', 'video-loss': 'device-fault' };

const near = (siteId: string | undefined, open: readonly OpenIncident[], now: Instant, policy: CorrelatePolicy) =>
  siteId === undefined ? [] : open.filter((incident) => incident.siteId === siteId && now - incident.lastSignalAt <= policy.window);

/** A confirmed alarm is raised by one step, never lowered and never past 1 (after ANSI/TMA-AVS-01: two sensors, likelier a person). */
export const raised = (priority: Priority): Priority => (priority === 1 ? 1 : ((priority - 1) as Priority));
