import { Worker } from 'node:worker_threads';
import type { Log } from '../ports.ts';

/** Reckoning that takes long, in a thread of its own: no press may wait for it. */
export interface SideThread<Question, Answer> {
  /** @throws when the thread dies over it, or was closed */
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

export interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts with the first question, and again with the next one after it died; the questions wait for each other.
 * @param file of the worker, which answers every `Asked` with `{ id, answer }`
 */
export function openSideThread<Question, Answer>(log: Log, file: URL): SideThread<Question, Answer> {
  const waiting = new Map<number, Waiting<Answer>>();
  let worker: Worker | undefined;
  let count = 0;
  let closed = false;

  const fail = (failed: Worker, error: Error): void => {
    if (worker !== failed) return;
    worker = undefined;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const begun = new Worker(file);
    begun.unref();
    begun.on('message', ({ id, answer }: { id: number; answer: Answer }) => {
      waiting.get(id)?.resolve(answer);
      waiting.delete(id);
    });
    begun.on('error', (error) => {
      log.error({ err: error, thread: file.pathname.split('/').at(-1) }, 'a thread failed; the next question starts another');
      fail(begun, error instanceof Error ? error : new Error(String(error)));
    });
    begun.on('exit', () => fail(begun, new Error('the thread ended')));
    return begun;
  };

  return {
    ask(question) {
      if (closed) return Promise.reject(new Error('the thread was closed'));
      worker ??= start();
      count += 1;
      const asked: Asked<Question> = { id: count, question };
      return new Promise((resolve, reject) => {
        waiting.set(asked.id, { resolve, reject });
        worker?.postMessage(asked);
      });
    },
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
}
