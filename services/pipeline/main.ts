import { hours, seconds } from '../alarm/index.ts';
import type { Desk, Handlers, Job, Lanes } from '../ports.ts';
import type { SweepSource } from '../queue/sweeper.ts';
import { clocksDue } from '../store/incidents.ts';
import { orderClocksDue } from '../store/orders.ts';
import { leftUnsorted, type Undecided } from '../store/signals.ts';
import { openIncidentClocks, orderClock } from './clocks.ts';
import { openDesk } from './desk.ts';
import { openProgress, type Progress } from './progress.ts';
import { handleSignal, type PipelineDeps, stagesOf } from './stages.ts';

/** After a decision is in the record: hand on its jobs and tell whoever watches. */
function afterwards(deps: Pick<PipelineDeps, 'store'>, lanes: Lanes): (jobs: readonly Job[]) => void {
  let telling = false;
  const tell = () => {
    telling = false;
    deps.store.hub.tell('events');
  };
  return (jobs) => {
    for (const job of jobs) lanes.offer(job);
    // The orders leave first: those who watch ask the record as soon as they hear, and would stand in their way.
    if (!telling) setImmediate(() => setImmediate(tell));
    telling = true;
  };
}

/** The hands of the rules: what each kind of job does. */
function handlersOf(deps: PipelineDeps, progress: Progress, done: (jobs: readonly Job[]) => void): Handlers {
  const stages = stagesOf(deps);
  const incidentClock = openIncidentClocks(deps, done);
  return {
    signal: async (job) => (job.answers ? progress.answered(job.id) : done(await handleSignal(deps, stages, job))),
    'incident-clock': (job) => incidentClock(job.id),
    'order-clock': async (job) => done(await orderClock(deps, job.id)),
  };
}

/** The room of the rules: what people do, what jobs ask for, and what the record says is left. */
export interface Pipeline {
  readonly desk: Desk;
  readonly handlers: Handlers;
  readonly sources: readonly SweepSource[];
}

export function openPipeline(deps: PipelineDeps, lanes: Lanes): Pipeline {
  const done = afterwards(deps, lanes);
  const progress = openProgress(deps, done);
  return { desk: openDesk(deps, progress, done), handlers: handlersOf(deps, progress, done), sources: sweepSources(deps) };
}

/** A signal left undecided this long was lost on its way, or waits in a line, which knows it. */
const leftBehind = seconds(1);
const batch = 1000;
/** A clock that was set back leaves signals in what is now the future; they must not wait until it gets there. */
const farAhead = hours(24 * 366);

/** What the sweeper looks for in the record: deadlines that are due, and work that was lost; calls before their answers. */
function sweepSources({ store }: Pick<PipelineDeps, 'store'>): readonly SweepSource[] {
  const db = store.urgent;
  const source = (name: string, every: number, find: (now: number) => Promise<readonly Job[]>): SweepSource => ({ name, every, find });
  const undecided = async (what: Undecided, before: number): Promise<readonly Job[]> =>
    (await leftUnsorted(db, what, before, batch)).map((left) => ({ type: 'signal', ...left }));
  return [
    source('undecided calls', seconds(0.25), (now) => undecided('calls', now - leftBehind)),
    source('incident clocks', seconds(0.25), async (now) =>
      (await clocksDue(db, now, batch)).map((id) => ({ type: 'incident-clock', id })),
    ),
    source('order clocks', seconds(0.25), async (now) => (await orderClocksDue(db, now, batch)).map((id) => ({ type: 'order-clock', id }))),
    source('undecided answers', seconds(0.25), (now) => undecided('answers', now - leftBehind)),
    source('undecided routine', seconds(1), (now) => undecided('routine', now - leftBehind)),
    source('signals of a clock that ran ahead', seconds(10), async (now) =>
      (await Promise.all((['calls', 'answers', 'routine'] as const).map((what) => undecided(what, now + farAhead)))).flat(),
    ),
  ];
}
