import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** A CloudEvent of /stream. */
export interface LiveEvent {
  readonly id: string;
  /** `baiying.<noun>.<verb>.v1` */
  readonly type: string;
  /** `incidents/<id>` and the like. */
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type LiveState = { readonly state: 'connecting' | 'live' } | { readonly state: 'lost'; readonly since: number };

/** All that is kept, and what passes: where units are, what changed in the register, whether the record is there. */
const address = '/api/v1/stream?types=*,unit.moved,register.changed,record';
/** The server pings every 15 s; a line that says nothing for longer is dead, whatever the socket believes. */
const deadAfter = 35_000;
const waits = { first: 500, longest: 5000 };
/** As the server says it of a place that it has forgotten. */
const reset = 'baiying.stream.reset.v1';

/**
 * The event stream, kept open for as long as the page is: resumes after the last event it had, so that nothing is missed
 * and nothing told twice. A line that continues from no event, because none came before it, tells of now alone: what was
 * asked before it was there may be of before, so all hearers are told to ask anew.
 */
export class Live {
  readonly #hearers = new Set<(event: LiveEvent) => void>();
  readonly #watchers = new Set<() => void>();
  #state: LiveState = { state: 'connecting' };
  #lastId = '';
  #running: AbortController | undefined;

  get state(): LiveState {
    return this.#state;
  }

  /** Told of every event, in order, once. Returns how to stop. */
  hear(hearer: (event: LiveEvent) => void): () => void {
    this.#hearers.add(hearer);
    return () => void this.#hearers.delete(hearer);
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Opens the stream; returns how to close it. */
  start(): () => void {
    const running = new AbortController();
    this.#running?.abort();
    this.#running = running;
    this.#become({ state: 'connecting' });
    this.#run(running.signal);
    return () => running.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const began = Date.now();
      await this.#once(signal).catch((error: unknown) => console.info('the event stream ended:', error));
      if (signal.aborted) return;
      if (this.#state.state !== 'lost') this.#become({ state: 'lost', since: Date.now() });
      failures = Date.now() - began > deadAfter ? 0 : failures + 1;
      const wait = Math.min(waits.longest, waits.first * 2 ** Math.max(0, failures - 1));
      await pause(wait * (0.75 + 0.5 * Math.random()), signal);
    }
  }

  /** One connection. @throws whatever ended it */
  async #once(signal: AbortSignal): Promise<void> {
    const attempt = new AbortController();
    const end = AbortSignal.any([signal, attempt.signal]);
    const lost = (): void => attempt.abort(new Error('the network is away'));
    let watchdog = setTimeout(lost, deadAfter);
    globalThis.addEventListener('offline', lost);
    try {
      const headers = { accept: 'text/event-stream', ...(this.#lastId === '' ? {} : { 'last-event-id': this.#lastId }) };
      const response = await fetch(address, { headers, credentials: 'same-origin', cache: 'no-store', signal: end });
      if (!response.ok || !response.body) throw new Error(`the stream answers ${response.status}`);
      this.#become({ state: 'live' });
      if (this.#lastId === '') this.#pass({ id: '', type: reset, subject: 'stream', time: new Date().toISOString(), data: {} });
      const parser = createParser({ onEvent: (message) => this.#tell(message) });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        clearTimeout(watchdog);
        watchdog = setTimeout(lost, deadAfter);
        parser.feed(read.value);
      }
    } finally {
      clearTimeout(watchdog);
      globalThis.removeEventListener('offline', lost);
      attempt.abort();
    }
  }

  #tell({ id, data }: EventSourceMessage): void {
    if (id !== undefined) this.#lastId = id;
    this.#pass(JSON.parse(data) as LiveEvent);
  }

  #pass(event: LiveEvent): void {
    for (const hearer of this.#hearers) hearer(event);
  }

  #become(state: LiveState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    // The network is back: no reason to wait out the pause.
    globalThis.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

/** One stream for the whole page. */
export const live = new Live();
