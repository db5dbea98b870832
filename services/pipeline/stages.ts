import type { CorrelatePolicy, Correlation, Instant, Signal, SortPolicy, Sorting } from '../alarm/index.ts';
import type { Clock, Job, Log } from '../ports.ts';
import type { Db, Store } from '../store/connect.ts';
import { linkIncidents } from '../store/incidents.ts';
import { markSorted, takeUnsorted } from '../store/signals.ts';
import type { Device, Site } from '../store/register-rows.ts';
import { answerStage } from './answer-stage.ts';
import type { Case } from './case.ts';
import { correlateStage } from './correlate-stage.ts';
import { escalateStage } from './escalate-stage.ts';
import { sortStage } from './sort-stage.ts';
import { writeCase, type WriteDeps } from './write.ts';

export interface PipelineDeps extends WriteDeps {
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
  sorting?: Sorting;
  correlation?: Correlation;
  /** The incidents this signal touches; the first is the one it belongs to. */
  readonly cases: Case[];
  /** Neighbours to be linked once both incidents stand in the record. */
  readonly links: { readonly a: string; readonly b: string; readonly reason: string }[];
  readonly jobs: Job[];
}

export interface Stage {
  readonly name: string;
  run(work: Work): Promise<void>;
}

/** The product in one list: what is it, who answered, what does it belong to, what must happen now, and into the record. */
export const stagesOf = (deps: PipelineDeps): readonly Stage[] => [
  sortStage(deps),
  answerStage(deps),
  correlateStage(deps),
  escalateStage(deps),
  writeStage(deps),
];

const writeStage = (deps: PipelineDeps): Stage => ({
  name: 'write',
  async run(work) {
    for (const touched of work.cases) work.jobs.push(...(await writeCase(work.db, deps, touched, work.now)));
    for (const { a, b, reason } of work.links) await linkIncidents(work.db, a, b, reason, work.now);
    await markSorted(work.db, work.signal.id, work.cases[0]?.stored.incident.id, work.now);
  },
});

/** Takes one signal through every stage. Safe to repeat: a signal already sorted, or being sorted elsewhere, is left alone. */
export async function handleSignal(deps: PipelineDeps, stages: readonly Stage[], id: string, lane: 'urgent' | 'routine'): Promise<readonly Job[]> {
  return deps.store[lane].transaction().execute(async (db) => {
    const signal = await takeUnsorted(db, id);
    if (!signal) return [];
    const device = await deps.register.deviceOrLoad(signal.deviceId);
    const site = device?.siteId === undefined ? undefined : deps.register.site(device.siteId);
    const work: Work = { db, now: deps.clock.now(), signal, device, site, cases: [], links: [], jobs: [] };
    for (const stage of stages) await stage.run(work);
    return work.jobs;
  });
}
