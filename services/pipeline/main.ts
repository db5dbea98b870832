import { hours, seconds } from '../alarm/index.ts';
import type { Desk, Handlers, Job, Lanes } from '../ports.ts';
import type { SweepSource } from '../queue/sweeper.ts';
import { clocksDue } from '../store/incidents.ts';
import { orderClocksDue } from '../store/orders.ts';
import { leftUnsorted } from '../store/signals.ts';
import { incidentClock, orderClock } from './clocks.ts';
import { openDesk } from './desk.ts';
import { handleSignal, type PipelineDeps, stagesOf } from './stages.ts';

/** After a decision is in the record: hand on its jobs and tell whoever watches. */
export function afterwards(deps: Pick<PipelineDeps, 'store'>, lanes: Lanes): (jobs: readonly Job[]) => void {
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
export function pipelineHandlers(deps: PipelineDeps, done: (jobs: readonly Job[]) => void): Handlers {
  const stages = stagesOf(deps);
  return {
    signal: async (job) => done(await handleSignal(deps, stages, job)),
    'incident-clock': async (job) => done(await incidentClock(deps, job.id)),
    'order-clock': async (job) => done(await orderClock(deps, job.id)),
  };
}

export const pipelineDesk = (deps: PipelineDeps, done: (jobs: readonly Job[]) => void): Desk => openDesk(deps, done);

/** A signal left unsorted this long was lost on its way through the queue. */
const leftBehind = seconds(1);
const batch = 200;
/** A clock that was set back leaves signals in what is now the future; they must not wait until it gets there. */
const farAhead = hours(24 * 366);

/** What the sweeper looks for in the record: deadlines that are due, and work that the queue lost. */
export function sweepSources({ store }: Pick<PipelineDeps, 'store'>): readonly SweepSource[] {
  const db = store.urgent;
  const source = (name: string, every: number, find: (now: number) => Promise<readonly Job[]>): SweepSource => ({ name, every, find });
  return [
    source('incident clocks', seconds(0.25), async (now) =>
      (await clocksDue(db, now, batch)).map((id) => ({ type: 'incident-clock', id })),
    ),
    source('order clocks', seconds(0.25), async (now) => (await orderClocksDue(db, now, batch)).map((id) => ({ type: 'order-clock', id }))),
    source('unsorted signals', seconds(1), async (now) =>
      (await leftUnsorted(db, now - leftBehind, batch)).map((left) => ({ type: 'signal', ...left })),
    ),
    source('signals of a clock that ran ahead', seconds(10), async (now) =>
      (await leftUnsorted(db, now + farAhead, batch)).map((left) => ({ type: 'signal', ...left })),
    ),
  ];
}
