import { type Duration, seconds } from '../alarm/index.ts';
import type { Clock, Hub, Log, Timer } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import {
  type Cursor,
  compareCursors,
  eventsLeft,
  formatCursor,
  latestCursor,
  readEvents,
  startOfEvents,
  toCloudEvent,
} from '../store/events.ts';
import { openPassing, type Passing } from './live-passing.ts';

/** An event ready to be written to any number of listeners. */
export interface LiveEvent {
  readonly cursor: Cursor;
  readonly id: string;
  readonly type: string;
  /** The CloudEvent as JSON on one line. */
  readonly json: string;
}

export interface LiveDeps {
  readonly db: Db;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Live extends Passing {
  /**
   * Calls `hear` whenever something may be new; each listener takes it with `after` at its own pace. Resolves once the
   * reader stands at a known place.
   */
  watch(hear: () => void): Promise<Timer>;
  /** Events after a cursor, from memory; undefined when the place is older than what is remembered: read the table. */
  after(cursor: Cursor): readonly LiveEvent[] | undefined;
  /** How far the reader has come. */
  position(): Cursor;
  /** Resolves once nothing is being read any more. */
  close(): Promise<void>;
}

const page = 500;
const mostEvents = 2_000;
const mostBytes = 8 * 1024 * 1024;
const interval: Duration = seconds(1);
/** An older writer usually ends within a few milliseconds; waiting for the next tick would make an alarm a second late. */
const heldBackAgain: Duration = 25;

export function liveEvent(row: Parameters<typeof toCloudEvent>[0]): LiveEvent {
  return { cursor: { tx: row.tx, seq: row.seq }, id: formatCursor(row), type: row.type, json: JSON.stringify(toCloudEvent(row)) };
}

/** What was read lately, in order: everything after `floor`, up to `position`. */
class Memory {
  #events: LiveEvent[] = [];
  #bytes = 0;
  #floor: Cursor;
  position: Cursor;

  constructor(at: Cursor) {
    this.#floor = at;
    this.position = at;
  }

  add(event: LiveEvent): void {
    this.#events.push(event);
    this.#bytes += event.json.length;
    this.position = event.cursor;
    while (this.#events.length > mostEvents || this.#bytes > mostBytes) {
      const oldest = this.#events.shift();
      if (!oldest) break;
      this.#bytes -= oldest.json.length;
      this.#floor = oldest.cursor;
    }
  }

  after(cursor: Cursor): readonly LiveEvent[] | undefined {
    if (compareCursors(cursor, this.#floor) < 0) return undefined;
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#events[middle];
      if (event && compareCursors(event.cursor, cursor) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.#events.slice(low);
  }
}

/** One reader of the table for all listeners of this process. It rests while nobody listens. */
export function openLive({ db, hub, clock, log }: LiveDeps): Live {
  const listeners = new Set<() => void>();
  let memory: Memory | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  let open = true;

  async function readOnce(): Promise<void> {
    memory ??= new Memory(await latestCursor(db));
    for (;;) {
      const rows = await readEvents(db, memory.position, page);
      for (const row of rows) memory.add(liveEvent(row));
      if (rows.length > 0) for (const hear of [...listeners]) hear();
      if (rows.length < page) break;
    }
    // On the machine's own clock: the writer that is waited for lives by that, whatever clock this room has been given.
    if (await eventsLeft(db, memory.position)) setTimeout(wake, heldBackAgain).unref();
  }

  async function read(): Promise<void> {
    try {
      do {
        again = false;
        await readOnce();
      } while (again && open);
    } finally {
      reading = undefined;
    }
  }

  /** One reading at a time; news that comes during one causes another. */
  function start(): Promise<void> {
    again = true;
    reading ??= read();
    return reading;
  }

  function wake(): void {
    if (!open || listeners.size === 0) return;
    start().catch((error: unknown) => log.warn({ err: error }, 'events cannot be read; the next tick tries again'));
  }

  const news = hub.listen('events', wake);
  const tick = clock.every('live-events', interval, wake);

  return {
    async watch(hear) {
      if (listeners.size === 0 && reading === undefined) memory = undefined;
      listeners.add(hear);
      try {
        while (memory === undefined) await start();
      } catch (error) {
        listeners.delete(hear);
        throw error;
      }
      return { stop: () => void listeners.delete(hear) };
    },
    ...openPassing(clock),
    after: (cursor) => memory?.after(cursor),
    position: () => memory?.position ?? startOfEvents,
    async close() {
      open = false;
      listeners.clear();
      news.stop();
      tick.stop();
      // Whoever began the reading was told of its failure.
      await reading?.catch(() => undefined);
    },
  };
}
