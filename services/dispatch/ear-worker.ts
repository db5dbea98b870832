import { parentPort } from 'node:worker_threads';
import { hear } from '../../devices/media/hearing.ts';

/** The thread of ear-thread.ts. */
export interface Question {
  readonly id: number;
  readonly sent: Int16Array;
  readonly recorded: Int16Array;
}

parentPort?.on('message', ({ id, sent, recorded }: Question) => parentPort?.postMessage({ id, hearing: hear(sent, recorded) }));
