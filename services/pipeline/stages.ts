import type {
  CorrelatePolicy,
  Correlation,
  DeviceKind,
  Incident,
  Instant,
  OpenIncident,
  Signal,
  Sorting,
  SortPolicy,
} from '../alarm/index.ts';
import { failpoint } from '../failpoint.ts';
import type { Clock, Job, Log } from '../ports.ts';
import type { Db, Store } from '../store/connect.ts';
import { linkIncidents, lockPlace, openAround } from '../store/incidents.ts';
import type { Device, Site } from '../store/register-rows.ts';
import type { Register } from '../store/register-view.ts';
import { takeUnsorted } from '../store/signals.ts';
import { together, transact } from '../store/transact.ts';
import { type Case, type Engaged, engagedAround, type Place } from './case.ts';
import { correlateStage } from './correlate-stage.ts';
import { escalateStage } from './escalate-stage.ts';
import { sortStage } from './sort-stage.ts';
import { givesOrders, type WriteDeps, writeCases } from './write.ts';

export interface PipelineDeps extends WriteDeps {
  readonly register: Register;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly sorting: () => SortPolicy & CorrelatePolicy;
}

/** One signal on its way through the stages, in one transaction. Each stage adds what it found. */
export interface Work {
  readonly db: Db;
  readonly now: Instant;
  readonly signal: Signal;
  readonly device: Device | undefined;
  readonly site: Site | undefined;
  /** Where the device is, or is registered. */
  readonly place: Place;
  /** Which units around hold an order, as far as it was asked already. */
  readonly engaged?: Engaged;
  /** What is open at the site or was opened by the device, as read without a lock; less what turned out closed when it was locked. */
  open: readonly OpenIncident[];
  sorting?: Sorting;
  correlation?: Correlation;
  /** The incidents this signal touches; the first is the one it belongs to. */
  readonly cases: Case[];
  /** Neighbours to be linked once both incidents stand in the record. */
  readonly links: { readonly a: string; readonly b: string; readonly reason: string }[];
  readonly jobs: Job[];
  /** Statements started by the last stage; they travel together with the commit. */
  readonly writes: Promise<unknown>[];
}

export interface Stage {
  readonly name: string;
  run(work: Work): Promise<void>;
}

/**
 * The product in one list: what is it, what does it belong to, what must happen now, and into the record. Answers of units
 * belong to their order and take a shorter way (progress.ts).
 */
export const stagesOf = (deps: PipelineDeps): readonly Stage[] => [
  sortStage(deps),
  correlateStage(deps),
  escalateStage(deps),
  writeStage(deps),
];

const writeStage = (deps: PipelineDeps): Stage => ({
  name: 'write',
  async run(work) {
    const { db, now, jobs, writes } = work;
    const written = writeCases(db, deps, work.cases, now, [{ id: work.signal.id, incidentId: work.cases[0]?.stored.incident.id }]);
    jobs.push(...written.jobs);
    writes.push(...written.writes);
    for (const { a, b, reason } of work.links) writes.push(linkIncidents(db, a, b, reason, now));
  },
});

/**
 * The signal, and what is open around it. Decided one at a time for each place, so that two keys pressed at once see each
 * other.
 */
async function take(
  db: Db,
  job: Extract<Job, { type: 'signal' }>,
  siteId: string | undefined,
  kind: DeviceKind | undefined,
  engaged: () => Promise<Engaged>,
): Promise<Partial<Pick<Work, 'signal' | 'engaged'>> & Pick<Work, 'open'>> {
  const { coming } = job;
  const unsorted =
    coming && !coming.settled() ? coming.stored.then((stored) => (stored ? coming.signal : undefined)) : takeUnsorted(db, job.id);
  const asked = [unsorted, lockPlace(db, siteId ?? job.deviceId), openAround(db, siteId, job.deviceId)] as const;
  if (kind !== 'key') {
    const [signal, , open] = await together(...asked);
    return { ...(signal === undefined ? {} : { signal }), open };
  }
  // Most of what a key tells opens an incident, which will ask for the units.
  const [signal, , open, held] = await together(...asked, engaged());
  return { ...(signal === undefined ? {} : { signal }), open, engaged: held };
}

/** Where a call comes from: the device's own position before the place it is registered at. */
export function placeOf(
  { register }: Pick<PipelineDeps, 'register'>,
  deviceId: string,
  device: Device | undefined,
  site: Site | undefined,
): Place {
  const position = register.position(deviceId);
  const location = position === undefined ? (device?.location ?? site?.location) : { lat: position.lat, lon: position.lon };
  const unit = device?.unitId === undefined ? undefined : register.unit(device.unitId);
  const gridId = site?.gridId ?? (location === undefined ? undefined : register.gridAt(location)?.id);
  const stationId = site?.stationId ?? unit?.stationId ?? (gridId === undefined ? undefined : register.grid(gridId)?.stationId);
  return {
    ...(stationId === undefined ? {} : { stationId }),
    ...(gridId === undefined ? {} : { gridId }),
    ...(location === undefined ? {} : { location }),
  };
}

interface Handled {
  readonly jobs: readonly Job[];
  /** Which the signal belongs to, as it is now in the record. */
  readonly incident: Incident | undefined;
}

/** Takes one signal through every stage. Safe to repeat: a signal already sorted, or being sorted elsewhere, is left alone. */
export async function handleSignal(
  deps: PipelineDeps,
  stages: readonly Stage[],
  job: Extract<Job, { type: 'signal' }>,
): Promise<readonly Job[]> {
  const device = await deps.register.deviceOrLoad(job.deviceId);
  const site = device?.siteId === undefined ? undefined : deps.register.site(device.siteId);
  const place = placeOf(deps, job.deviceId, device, site);
  const decide = (cases: Case[]) =>
    transact<Handled>(deps.store[job.lane], async (db) => {
      const engaged = () => engagedAround(db, deps.register, place, deps.clock.now());
      const { signal, ...around } = await take(db, job, site?.id, device?.kind, engaged);
      if (!signal) return { value: { jobs: [], incident: undefined }, writes: [] };
      const work: Work = { db, now: deps.clock.now(), signal, device, site, place, ...around, cases, links: [], jobs: [], writes: [] };
      for (const stage of stages) await stage.run(work);
      failpoint('decision-not-committed');
      return {
        value: { jobs: work.jobs, incident: work.cases[0]?.stored.incident },
        writes: work.writes,
        lasting: givesOrders(work.jobs),
      };
    });
  const { jobs, incident } = await deps.called.deciding(decide);
  if (incident) deps.calls.stands(incident);
  return jobs;
}
