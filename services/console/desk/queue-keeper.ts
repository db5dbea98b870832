import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Live, LiveEvent } from '../api/live.ts';
import { oneByOne } from './in-turn.ts';
import type { Row } from './model.ts';
import { atOnce, concerns, merged } from './queue-news.ts';

export interface QueueQuestions {
  /** Everything that is open. */
  all(signal: AbortSignal): Promise<readonly Row[]>;
  /** These incidents, also those that were closed meanwhile. */
  some(ids: readonly string[]): Promise<readonly Row[]>;
}

/** Changes that come within this time are one question, milliseconds. */
const together = 60;

/**
 * Keeps the open incidents to the present by the event stream: a new one is there with its event, its names a moment later.
 * What is asked is asked one question at a time, whether for all or for some, and what is told while a question is on its way
 * is laid over its answer, which may be of before. So no answer takes a call from the screen, or brings back one that is over.
 */
export class QueueKeeper {
  readonly query = queryOptions({
    queryKey: ['incidents', 'queue'],
    queryFn: ({ signal }) => this.#turn(() => this.#whole(signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  readonly #questions: QueueQuestions;
  readonly #line: Pick<Live, 'hear'>;
  readonly #turn = oneByOne();
  /** The whole was asked for last without an answer: something may be missing that no event tells of again. */
  #lacking = false;

  constructor(questions: QueueQuestions, line: Pick<Live, 'hear'>) {
    this.#questions = questions;
    this.#line = line;
  }

  /** Hears the stream; returns how to stop. */
  follow(client: QueryClient): () => void {
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      timer = undefined;
      void this.#turn(async () => {
        const ids = [...changed];
        changed.clear();
        if (ids.length > 0) await this.#part(client, ids);
      });
    };
    const stop = this.#line.hear((event) => {
      const id = concerns(event);
      if (id === undefined) return;
      client.setQueryData(this.query.queryKey, (rows) => rows && atOnce(rows, event));
      changed.add(id);
      timer ??= setTimeout(ask, together);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }

  async #whole(signal: AbortSignal): Promise<readonly Row[]> {
    this.#lacking = true;
    const { fresh, heard } = await this.#hearing(() => this.#questions.all(signal));
    this.#lacking = false;
    return heard.reduce(atOnce, fresh);
  }

  async #part(client: QueryClient, ids: readonly string[]): Promise<void> {
    const { queryKey } = this.query;
    const askAll = () => void client.invalidateQueries({ queryKey, exact: true });
    try {
      const { fresh, heard } = await this.#hearing(() => this.#questions.some(ids));
      client.setQueryData(queryKey, (rows) => rows && heard.reduce(atOnce, merged(rows, fresh)));
      // The server answers again.
      if (this.#lacking && client.getQueryState(queryKey)?.fetchStatus === 'idle') askAll();
    } catch (error) {
      console.info('the queue is asked for as a whole, since a part of it could not be had:', error);
      askAll();
    }
  }

  /** @returns the answer, and what was told while it was on its way */
  async #hearing<T>(ask: () => Promise<T>): Promise<{ readonly fresh: T; readonly heard: readonly LiveEvent[] }> {
    const heard: LiveEvent[] = [];
    const stop = this.#line.hear((event) => void heard.push(event));
    try {
      return { fresh: await ask(), heard };
    } finally {
      stop();
    }
  }
}
