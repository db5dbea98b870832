import { randomUUID } from 'node:crypto';
import { type Duration, type Instant, type Lane, seconds } from '../alarm/index.ts';
import type { Clock, Hub, Job, Log, Timer } from '../ports.ts';
import { laneOf, type QueueName, roomOf } from './jobs.ts';
import type { OpenLanes } from './lanes.ts';

/**
 * A canary walks every queue that this process serves, by both ways: straight along the line, and through the queue to a worker.
 * On its way it asks the record one question over its lane's own connection; it leaves nothing behind. How late it comes is
 * what a press would meet. A worker that takes nothing is told and opened anew.
 */

export type CanaryJob = Extract<Job, { type: 'canary' }>;
export type Way = 'line' | 'queue';

export interface CanaryParts {
  readonly hub: Hub;
  readonly log: Log;
  /** A question to the record over the lane's connection. @throws when it is away, which is not the worker's fault */
  readonly ask: (lane: Lane) => Promise<unknown>;
  /** Told how late it came, or is by now, for the metrics. */
  readonly late: (queue: QueueName, way: Way, by: Duration) => void;
  /** Told that a worker takes nothing, each time that it is opened anew, and that it does again. */
  readonly told: (queue: QueueName, silent: boolean, since: Duration) => void;
}

export interface Canary {
  /** Does the job of the lanes. */
  arrive(job: CanaryJob): Promise<void>;
  start(clock: Clock, lanes: Walked): void;
  stop(): void;
  /** What is late or silent now, in words; undefined when nothing is. */
  trouble(): string | undefined;
}

/** Of the lanes, what a canary walks. */
export type Walked = Pick<OpenLanes, 'offer' | 'carry' | 'taken' | 'reopen' | 'away' | 'served'>;

interface Walk {
  readonly id: string;
  readonly queue: QueueName;
  readonly way: Way;
  sentAt: Instant | undefined;
  taken: number;
  again: boolean;
  /** How late the last one was, or this one is. */
  lateness: Duration;
  silentSince: Instant | undefined;
}

const every = seconds(3);
/** A wiped queue has lost the canary: sent once more, it stands there once all the same, for its id does. */
const againAfter = seconds(5);
/** Worth telling. */
const lateAfter = seconds(5);
export const silentAfter = seconds(12);
const topic = 'canary';

export function openCanary(parts: CanaryParts): Canary {
  const self = randomUUID();
  let walks: readonly Walk[] = [];
  let clock: Clock | undefined;
  let timers: readonly Timer[] = [];

  const settle = (id: string): void => {
    const walk = walks.find((one) => one.id === id);
    if (!clock || walk?.sentAt === undefined) return;
    const now = clock.now();
    walk.lateness = now - walk.sentAt;
    walk.sentAt = undefined;
    parts.late(walk.queue, walk.way, walk.lateness);
    if (walk.silentSince === undefined) return;
    parts.told(walk.queue, false, now - walk.silentSince);
    walk.silentSince = undefined;
  };

  return {
    async arrive({ id, by, lane }) {
      await parts.ask(lane).catch((error: unknown) => parts.log.debug({ err: error, lane }, 'the canary had no answer of the record'));
      if (by === self) settle(id);
      else parts.hub.tell(topic, id);
    },
    start(started, lanes) {
      clock = started;
      walks = lanes.served.flatMap((queue) => [walkOf(self, queue, 'line'), walkOf(self, queue, 'queue')]);
      let last = started.now();
      const turn = (): void => {
        const now = started.now();
        // We ourselves stood still, and what came meanwhile waits behind this very turn.
        const away = now - last > 2 * every;
        last = now;
        for (const walk of walks) step(walk, { now, away, self, lanes, parts });
      };
      timers = [started.every('canary', every, turn), parts.hub.listen(topic, settle)];
    },
    stop() {
      for (const timer of timers) timer.stop();
    },
    trouble() {
      const silent = walks
        .filter(({ silentSince }) => silentSince !== undefined)
        .map(({ queue }) => `the worker of ${queue} takes nothing`);
      const late = walks
        .filter(({ lateness, silentSince }) => lateness > lateAfter && silentSince === undefined)
        .map(({ queue, way, lateness }) => `${queue} is ${Math.round(lateness / 1000)} s late${way === 'line' ? ' in this process' : ''}`);
      const all = [...silent, ...late];
      return all.length === 0 ? undefined : all.join('; ');
    },
  };
}

const walkOf = (self: string, queue: QueueName, way: Way): Walk => ({
  ...{ id: `${self}-${queue}-${way}`, queue, way },
  ...{ sentAt: undefined, taken: 0, again: false, lateness: 0, silentSince: undefined },
});

interface Turn {
  readonly now: Instant;
  readonly away: boolean;
  readonly self: string;
  readonly lanes: Walked;
  readonly parts: CanaryParts;
}

function step(walk: Walk, turn: Turn): void {
  const { now, away, lanes, parts } = turn;
  if (walk.sentAt === undefined || away) return send(walk, turn);
  walk.lateness = now - walk.sentAt;
  parts.late(walk.queue, walk.way, walk.lateness);
  // With the queue away nothing can come, and that is told already.
  if (walk.way === 'queue' && lanes.away() !== undefined) return send(walk, turn);
  if (walk.lateness >= againAfter && !walk.again) {
    walk.again = true;
    return put(walk, turn);
  }
  if (walk.lateness < silentAfter || walk.way === 'line' || lanes.taken(walk.queue) !== walk.taken) return;
  restart(walk, turn);
}

function send(walk: Walk, turn: Turn): void {
  Object.assign(walk, { sentAt: turn.now, taken: turn.lanes.taken(walk.queue), again: false });
  put(walk, turn);
}

function put(walk: Walk, { self, lanes, parts }: Turn): void {
  const { id, queue, way } = walk;
  const job: CanaryJob = { type: 'canary', id, by: self, lane: laneOf(queue), room: roomOf(queue) };
  if (way === 'line') return lanes.offer(job);
  // A queue that takes nothing is told by whoever watches it.
  lanes.carry(job).catch((error: unknown) => parts.log.debug({ err: error, queue }, 'the queue did not take the canary'));
}

function restart(walk: Walk, turn: Turn): void {
  const { now, lanes, parts } = turn;
  const { queue, lateness } = walk;
  walk.silentSince ??= now - lateness;
  // Told again each time: whoever came later must learn of it, and nobody takes it back for a process that ends meanwhile.
  parts.told(queue, true, now - walk.silentSince);
  parts.log.error({ queue, silentMs: now - walk.silentSince }, 'A worker takes nothing though a canary waits; it is opened anew');
  send(walk, turn);
  lanes
    .reopen(queue)
    .catch((error: unknown) => parts.log.error({ err: error, queue }, 'The worker could not be opened anew; it is tried again'));
}
