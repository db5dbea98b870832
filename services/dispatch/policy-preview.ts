import { setImmediate } from 'node:timers/promises';
import type { Policies } from '../../config/policies/load.ts';
import {
  actsOf,
  type Duration,
  hours,
  type Instant,
  openingOf,
  type Recorded,
  type RecordedAnswer,
  type Replayed,
  recordedUnits,
  replay,
  rfc3339,
  type SignalType,
  sort,
  toldBy,
  typicalAnswers,
} from '../alarm/index.ts';
import type { Db } from '../store/connect.ts';
import type { Register } from '../store/register-view.ts';
import { type KeptIncident, keptIncidents, looseSignals } from '../store/replays.ts';

/** What other policies would have done to the incidents of the last week. Reads the record and writes nothing. */

export interface PreviewDeps {
  readonly db: Db;
  readonly register: Register;
}

export const previewSpan: Duration = hours(7 * 24);
export const mostReplayed = 500;
const mostLoose = 5_000;
/** Units beyond those that were ordered; no policy calls more. */
const mostOthers = 32;

/** Counts over all replayed incidents. */
export interface PreviewTotals {
  readonly opened: number;
  readonly ordersAtOnce: number;
  readonly orders: number;
  readonly levels: number;
  readonly dutyLeader: number;
  readonly supervisor: number;
  readonly bureauDesk: number;
}

export interface PreviewItem {
  readonly kept: KeptIncident;
  readonly before: Replayed;
  readonly after: Replayed;
}

export interface Preview {
  readonly from: string;
  readonly to: string;
  readonly incidents: number;
  /** More incidents than were replayed: the newest ones were. */
  readonly bounded: boolean;
  readonly totals: { readonly before: PreviewTotals; readonly after: PreviewTotals };
  /** The incidents that would have gone another way, newest first. */
  readonly changed: readonly PreviewItem[];
  /** Signals that opened nothing and would have, by type. */
  readonly wouldOpen: Readonly<Record<string, number>>;
}

/** Both policies are replayed over the same record, so that what differs is the policy's doing and nothing else's. */
export async function previewPolicies(deps: PreviewDeps, inForce: Policies, proposed: Policies, now: Instant): Promise<Preview> {
  const since = now - previewSpan;
  const kept = await keptIncidents(deps.db, since, mostReplayed + 1);
  const weeks = kept.slice(0, mostReplayed);
  const units = weeks.map(({ orders }) => recordedUnits(orders));
  const typical = typicalAnswers(units.flat());
  const runs: PreviewItem[] = [];
  for (const [index, one] of weeks.entries()) {
    const recorded = recordedOf(one, units[index] ?? [], typical, deps.register);
    const end = one.incident.closedAt ?? now;
    const run = (policies: Policies) => replay(recorded, { rules: policies.escalation, sorting: policies.sorting }, end);
    runs.push({ kept: one, before: run(inForce), after: run(proposed) });
    // An alarm that comes meanwhile is not to wait for a week of old ones.
    if (index % 10 === 9) await setImmediate();
  }
  return {
    from: rfc3339(since),
    to: rfc3339(now),
    incidents: weeks.length,
    bounded: kept.length > mostReplayed,
    totals: { before: totals(runs.map(({ before }) => before)), after: totals(runs.map(({ after }) => after)) },
    changed: runs.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
    wouldOpen: await wouldOpen(deps.db, since, inForce, proposed),
  };
}

function recordedOf(
  { incident, signal, entries }: KeptIncident,
  units: Recorded['units'],
  typical: readonly RecordedAnswer[],
  register: Register,
): Recorded {
  const { stationId, gridId, siteId, deviceId, location } = incident;
  const siteKind = siteId === undefined ? undefined : register.site(siteId)?.kind;
  const officer = units.find(({ reason }) => reason === 'community-officer')?.unitId ?? (gridId && register.grid(gridId)?.officerUnitId);
  const leader = units.find(({ reason }) => reason === 'duty-leader')?.unitId ?? (stationId && register.station(stationId)?.dutyUnitId);
  const caller = deviceId === undefined ? undefined : register.device(deviceId)?.unitId;
  const ordered = new Set(units.map(({ unitId }) => unitId));
  const others = register.units().filter(({ id, status }) => status === 'available' && !ordered.has(id)).length;
  return {
    opening: openingOf(incident, entries),
    ...(signal && { signal }),
    ...(siteKind === undefined ? {} : { siteKind }),
    acts: actsOf(entries),
    units,
    others: Math.min(mostOthers, others),
    typical,
    scene: {
      ...(location === undefined ? {} : { point: location }),
      ...(gridId === undefined ? {} : { gridId }),
      ...(stationId === undefined ? {} : { stationId }),
    },
    ...(officer === undefined ? {} : { communityOfficer: officer }),
    ...(leader === undefined ? {} : { dutyLeader: leader }),
    ...(caller === undefined ? {} : { caller }),
  };
}

function totals(runs: readonly Replayed[]): PreviewTotals {
  const sum = (of: (run: Replayed) => number) => runs.reduce((all, run) => all + of(run), 0);
  const told = (whom: string) => sum(({ levels }) => levels.filter((level) => toldOf(level).has(whom)).length);
  return {
    opened: sum(({ opens }) => (opens ? 1 : 0)),
    ordersAtOnce: sum(({ orders }) => orders.filter(({ by }) => by === 'at-once').length),
    orders: sum(({ orders }) => orders.length),
    levels: sum(({ levels }) => levels.length),
    dutyLeader: told('duty-leader'),
    supervisor: told('supervisor'),
    bureauDesk: told('bureau-desk'),
  };
}

export const toldOf = ({ steps }: Replayed['levels'][number]): ReadonlySet<string> =>
  new Set(steps.map((step) => toldBy(step)).filter((whom) => whom !== undefined && whom !== 'desk'));

/** What may be sorted otherwise by another policy. */
const sortable: readonly SignalType[] = ['line-crossing', 'intrusion', 'audio-alarm', 'battery'];

async function wouldOpen(db: Db, since: Instant, inForce: Policies, proposed: Policies): Promise<Record<string, number>> {
  if (JSON.stringify(inForce.sorting) === JSON.stringify(proposed.sorting)) return {};
  const loose = await looseSignals(db, sortable, since, mostLoose);
  const fresh = loose.filter((signal) => sort(signal, inForce.sorting).role !== 'opens' && sort(signal, proposed.sorting).role === 'opens');
  return Object.fromEntries([...Map.groupBy(fresh, ({ type }) => type)].map(([type, signals]) => [type, signals.length]));
}
