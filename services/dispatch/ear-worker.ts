import { parentPort } from 'node:worker_threads';
import { hear } from '../../devices/media/hearing.ts';
import type { Asked } from './side-thread.ts';

/** The thread in which recordings are compared with what was sent: 1.1 to 1.5 s of a core for 15 s of sound, measured. */
export interface SoundQuestion {
  readonly sent: Int16Array;
  readonly recorded: Int16Array;
}

parentPort?.on('message', ({ id, question: { sent, recorded } }: Asked<SoundQuestion>) =>
  parentPort?.postMessage({ id, answer: hear(sent, recorded) }),
);
