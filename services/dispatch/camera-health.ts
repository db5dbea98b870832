import { type Duration, type Instant, minutes, rfc3339, seconds } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import { type DueCamera, putSample, type Sample, type Settled, type Suspicion, takeDue } from '../store/camera-health.ts';
import type { Store } from '../store/connect.ts';
import type { NewEvent } from '../store/events.ts';
import { type LookDeps, look } from './camera-sample.ts';
import { type Change, settle, undecided, type Votes } from './camera-votes.ts';

/**
 * Looks at the cameras in turn: few at once and so many a minute, the longest due first. A city's thousands cost what the
 * budget allows; their round then takes longer than the period. Any number of processes share the turns.
 */
export interface SamplerDeps extends Omit<LookDeps, 'now'> {
  readonly store: Pick<Store, 'routine' | 'hub'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly period: Duration;
  readonly atOnce: number;
  readonly perMinute: number;
}

export interface Sampler {
  /** No camera is taken any more; resolves when nothing of it is being written. */
  stop(): Promise<void>;
}

const tick: Duration = seconds(5);
/** A suspicion is looked into this soon: a fault is believed after about two minutes, not after twenty. */
const again: Duration = minutes(1);

export function startSampler(deps: SamplerDeps): Sampler {
  const { clock, log, store, perMinute, period } = deps;
  if (perMinute === 0) return { stop: async () => undefined };
  const writing = new Set<Promise<unknown>>();
  const state = { stopped: false, running: false, credit: 0 };
  const one = async (camera: DueCamera): Promise<void> => {
    if (state.stopped) return;
    try {
      const { sample, votes } = await look({ ...deps, now: () => clock.now() }, camera);
      if (state.stopped) return;
      await kept(writing, write(deps, sample, votes));
    } catch (error) {
      // What a stop cuts off is no news.
      if (!state.stopped) log.warn({ err: error, cameraId: camera.cameraId }, 'a camera could not be looked at; its turn comes again');
    }
  };
  const timer = clock.every('look at cameras', tick, async () => {
    state.credit = Math.min(state.credit + (perMinute * tick) / minutes(1), Math.max(1, perMinute / 6));
    if (state.running || state.credit < 1) return;
    state.running = true;
    try {
      const taking = takeDue(store.routine, clock.now(), Math.floor(state.credit), period);
      const due = await kept(writing, taking);
      state.credit -= due.length;
      await eachOf(due, deps.atOnce, one);
    } catch (error) {
      log.warn({ err: error }, 'cameras were not looked at; it is tried again');
    } finally {
      state.running = false;
    }
  });
  return {
    async stop() {
      state.stopped = true;
      timer.stop();
      await Promise.allSettled(writing);
    },
  };
}

/** Counts as under way until it is over. */
async function kept<T>(underWay: Set<Promise<unknown>>, work: Promise<T>): Promise<T> {
  underWay.add(work);
  try {
    return await work;
  } finally {
    underWay.delete(work);
  }
}

async function eachOf<T>(items: readonly T[], atOnce: number, run: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const hand = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}

async function write({ store, period }: SamplerDeps, sample: Sample, votes: Votes): Promise<void> {
  let told = false;
  await putSample(store, sample, (before: readonly Suspicion[]): Settled => {
    const { suspicions, changes } = settle(before, votes, sample.at);
    told = changes.length > 0;
    const events = changes.map((change) => eventOf(sample.cameraId, change, sample.at));
    return { suspicions, events, ...(undecided(suspicions) ? { again: Math.min(again, period) } : {}) };
  });
  if (told) store.hub.tell('events');
}

/** `baiying.camera.fault.v1` when a fault begins, `baiying.camera.recovered.v1` when it ends. */
export const eventOf = (cameraId: string, { fault, change, since, detail }: Change, at: Instant): NewEvent => ({
  type: change === 'began' ? 'baiying.camera.fault.v1' : 'baiying.camera.recovered.v1',
  subject: `devices/${cameraId}`,
  at,
  data: { cameraId, fault, since: rfc3339(since), ...(change === 'ended' && { until: rfc3339(at) }), detail },
});
