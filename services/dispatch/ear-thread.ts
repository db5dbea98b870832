import { Worker } from 'node:worker_threads';
import type { Hearing } from '../../devices/media/hearing.ts';
import type { Log } from '../ports.ts';
import type { Question } from './ear-worker.ts';

export interface EarThread {
  /** @throws when the thread dies over it, or was closed */
  hear(sent: Int16Array, recorded: Int16Array): Promise<Hearing>;
  close(): Promise<void>;
}

interface Asked {
  readonly resolve: (hearing: Hearing) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Listens in a thread of its own: a comparison of 15 s takes more than a second of a core (measured 1.1 to 1.5 s), for
 * which no press may wait. The thread starts with the first question; the questions wait for each other.
 */
export function openEarThread(log: Log): EarThread {
  const asked = new Map<number, Asked>();
  let worker: Worker | undefined;
  let count = 0;
  let closed = false;

  const fail = (failed: Worker, error: Error): void => {
    if (worker !== failed) return;
    worker = undefined;
    for (const one of asked.values()) one.reject(error);
    asked.clear();
  };
  const start = (): Worker => {
    const begun = new Worker(new URL('./ear-worker.ts', import.meta.url));
    begun.unref();
    begun.on('message', ({ id, hearing }: { id: number; hearing: Hearing }) => {
      asked.get(id)?.resolve(hearing);
      asked.delete(id);
    });
    begun.on('error', (error) => {
      log.error({ err: error }, 'the thread that listens for broadcasts failed');
      fail(begun, error instanceof Error ? error : new Error(String(error)));
    });
    begun.on('exit', () => fail(begun, new Error('the thread that listens for broadcasts ended')));
    return begun;
  };

  return {
    hear(sent, recorded) {
      if (closed) return Promise.reject(new Error('nobody listens any more'));
      worker ??= start();
      count += 1;
      const question: Question = { id: count, sent, recorded };
      return new Promise((resolve, reject) => {
        asked.set(question.id, { resolve, reject });
        worker?.postMessage(question);
      });
    },
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
}
