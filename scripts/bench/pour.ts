import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Voice } from './chatter.ts';
import { type Figures, figuresOf } from './figures.ts';

/** Messages as fast as a broker acknowledges them, from processes of their own, so that the figures are the broker's. */
export interface Task {
  readonly url: string;
  readonly voices: readonly Voice[];
  /** Unacknowledged at a time on each connection. */
  readonly window: number;
  /** A press is another each time, by its event id; motion is the same each time, as cameras repeat themselves. */
  readonly message: 'press' | 'motion';
  /** Seconds before those that count. */
  readonly warm: number;
  readonly seconds: number;
}

export interface Poured extends Figures {
  /** Acknowledged a second. */
  readonly perSecond: number;
  readonly acknowledged: number;
  /** Sent, and not acknowledged within ten seconds after the end. */
  readonly missing: number;
}

/** What one process answers. */
export interface Share {
  readonly acknowledged: number;
  readonly missing: number;
  /** Milliseconds from sending to PUBACK of some of them. */
  readonly samples: readonly number[];
}

export async function pour(task: Task, processes: number): Promise<Poured> {
  const workers = Array.from({ length: processes }, (_unused, index) => {
    const child = fork(join(import.meta.dirname, 'pour-worker.ts'), { serialization: 'advanced' });
    child.send({ ...task, voices: task.voices.filter((_voice, place) => place % processes === index) });
    return child;
  });
  try {
    await Promise.all(workers.map((worker) => answerOf(worker)));
    for (const worker of workers) worker.send('go');
    const shares = (await Promise.all(workers.map((worker) => answerOf(worker)))) as Share[];
    const sum = (pick: (share: Share) => number) => shares.reduce((total, share) => total + pick(share), 0);
    const acknowledged = sum((share) => share.acknowledged);
    return {
      ...figuresOf(shares.flatMap((share) => share.samples)),
      acknowledged,
      missing: sum((share) => share.missing),
      perSecond: Math.round(acknowledged / task.seconds),
    };
  } finally {
    for (const worker of workers) worker.kill();
  }
}

async function answerOf(worker: ReturnType<typeof fork>): Promise<unknown> {
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`a process of the load ended with ${code}`);
  });
  const [answer] = await Promise.race([once(worker, 'message'), ended]);
  return answer;
}
