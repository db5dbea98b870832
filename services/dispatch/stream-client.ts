import type { ServerResponse } from 'node:http';
import { type Duration, rfc3339, seconds } from '../alarm/index.ts';
import type { Clock, Log, Timer } from '../ports.ts';
import { type Db, recordUnavailable } from '../store/connect.ts';
import { wants } from '../store/event-types.ts';
import { type CloudEvent, type Cursor, formatCursor, later, readEvents } from '../store/events.ts';
import { type Live, type LiveEvent, liveEvent } from './live.ts';
import type { PassingEvent } from './live-passing.ts';

export interface StreamOptions {
  readonly raw: ServerResponse;
  /** What the hooks had set on the reply before it was taken over. */
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly cursor: Cursor;
  readonly reset?: string;
  readonly types: readonly string[];
  readonly stillSignedIn: () => Promise<boolean>;
  readonly onEnd: () => void;
  readonly db: Db;
  readonly live: Live;
  readonly clock: Clock;
  readonly log: Log;
}

export interface StreamClient {
  /** Resolves when the client hears news, or has ended. */
  readonly started: Promise<void>;
  end(): void;
}

const page = 200;
const pingEach: Duration = seconds(15);
const askEach: Duration = seconds(3);
/** A client that takes nothing for so long holds memory for nobody; it comes back with its last event id. */
const stalledAfter: Duration = seconds(5);
/** Never reached while writing waits for the socket, save by one huge event. */
const mostUnsent = 1024 * 1024;

/**
 * Serves one client of the event stream (HTML Living Standard, 9.2 server-sent events). Each client has a place of its
 * own and takes events at its own pace, from memory when it is near the end and from the table when it is not, so that
 * replay and live are one path without gap or repeat, and a slow client holds no more than one socket buffer.
 */
export function openStream(options: StreamOptions): StreamClient {
  const stream = new Stream(options);
  return { started: stream.start(), end: () => stream.end() };
}

class Stream {
  readonly #options: StreamOptions;
  readonly #timers: Timer[] = [];
  #cursor: Cursor;
  /** The id the client knows; behind the cursor when the events between were not for it. */
  #told: Cursor;
  #open = true;
  #pumping = false;
  #again = false;
  #asking = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#cursor = options.cursor;
    this.#told = options.cursor;
  }

  async start(): Promise<void> {
    const { raw, live, clock, log } = this.#options;
    raw.on('close', () => this.end());
    raw.on('error', (error) => log.debug({ err: error }, 'a stream broke'));
    this.#begin();
    this.#timers.push(
      clock.every('stream-ping', pingEach, () => this.#ping()),
      clock.every('stream-session', askEach, () => this.#ask()),
      live.overhear((event) => this.#overhear(event)),
    );
    try {
      const watching = await live.watch(() => this.#wake());
      if (this.#open) this.#timers.push(watching);
      else watching.stop();
      this.#wake();
    } catch (error) {
      this.#fail(error);
    }
  }

  end(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const timer of this.#timers) timer.stop();
    this.#options.raw.end();
    // A peer that is gone never takes the last bytes.
    this.#options.raw.socket?.destroySoon();
    this.#options.onEnd();
  }

  #begin(): void {
    const { raw, headers, reset, clock } = this.#options;
    // The server's idle time-out is for requests; a quiet night is not an idle client.
    raw.socket?.setTimeout(0);
    raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 2000\n: baiying\n\n');
    if (reset === undefined) return;
    const id = formatCursor(this.#cursor);
    const event: CloudEvent = {
      ...{ specversion: '1.0', source: '/baiying', datacontenttype: 'application/json' },
      id,
      type: 'baiying.stream.reset.v1',
      subject: 'stream',
      time: rfc3339(clock.now()),
      data: { reason: reset },
    };
    raw.write(frame({ id, type: event.type, json: JSON.stringify(event) }));
  }

  /**
   * For those who name its type: whoever asks for everything means what is kept, not where each unit is every two seconds.
   * Without an id the client's place stays where it is. A client that is behind hears the next one, which says more.
   */
  #overhear({ type, json }: PassingEvent): void {
    const { raw, types } = this.#options;
    const named = types.filter((name) => name !== '*');
    if (this.#open && !raw.writableNeedDrain && wants(named, type)) raw.write(`event: ${type}\ndata: ${json}\n\n`);
  }

  #wake(): void {
    this.#again = true;
    if (this.#pumping || !this.#open) return;
    this.#pumping = true;
    this.#pump().catch((error: unknown) => {
      if (!recordUnavailable(error)) return this.#fail(error);
      // Nobody could come back while the record is away, and what passes is told all the same.
      this.#options.clock.after('stream again', seconds(1), () => this.#wake());
    });
  }

  async #pump(): Promise<void> {
    try {
      while (this.#again && this.#open) {
        this.#again = false;
        await this.#catchUp();
      }
    } finally {
      this.#pumping = false;
    }
  }

  async #catchUp(): Promise<void> {
    const { live, db } = this.#options;
    while (this.#open) {
      const near = live.after(this.#cursor);
      if (near?.length === 0) return;
      if (near) {
        await this.#write(near);
        continue;
      }
      const before = live.position();
      const rows = await readEvents(db, this.#cursor, page);
      await this.#write(rows.map(liveEvent));
      // A short page is all there was; whatever the reader had seen by then was in it.
      if (rows.length < page) this.#cursor = later(this.#cursor, before);
    }
  }

  async #write(events: readonly LiveEvent[]): Promise<void> {
    const { raw, types } = this.#options;
    for (const event of events) {
      if (!this.#open) return;
      if (wants(types, event.type)) {
        raw.write(frame(event));
        this.#told = event.cursor;
      }
      this.#cursor = event.cursor;
      if (raw.writableLength > mostUnsent) return this.#drop('holds too much unsent');
      if (raw.writableNeedDrain) await this.#drained();
    }
  }

  #drained(): Promise<void> {
    const { raw, clock } = this.#options;
    return new Promise((resolve) => {
      const done = () => {
        timer.stop();
        raw.off('drain', done);
        raw.off('close', done);
        resolve();
      };
      const timer = clock.after('stream-stalled', stalledAfter, () => {
        this.#drop('takes nothing');
        done();
      });
      raw.once('drain', done);
      raw.once('close', done);
      if (raw.destroyed || !raw.writableNeedDrain) done();
    });
  }

  /** A comment keeps proxies from closing; the id beside it moves on a client that was not told what it did not ask for. */
  #ping(): void {
    const { raw } = this.#options;
    if (!this.#open || raw.writableNeedDrain) return;
    const behind = !this.#pumping && this.#told !== this.#cursor;
    raw.write(behind ? `: ping\nid: ${formatCursor(this.#cursor)}\n\n` : ': ping\n\n');
    if (behind) this.#told = this.#cursor;
  }

  async #ask(): Promise<void> {
    if (this.#asking || !this.#open) return;
    this.#asking = true;
    try {
      if (!(await this.#options.stillSignedIn())) this.end();
    } catch (error) {
      // While the record is away nothing new can be read either; the next round asks again.
      this.#options.log.debug({ err: error }, 'a stream cannot ask for its session');
    } finally {
      this.#asking = false;
    }
  }

  #drop(why: string): void {
    this.#options.log.info({ why, unsent: this.#options.raw.writableLength }, 'a stream client is dropped');
    this.#options.raw.destroy();
    this.end();
  }

  #fail(error: unknown): void {
    this.#options.log.warn({ err: error }, 'a stream ends; its client comes back with its last event id');
    this.end();
  }
}

const frame = ({ id, type, json }: Pick<LiveEvent, 'id' | 'type' | 'json'>): string => `id: ${id}\nevent: ${type}\ndata: ${json}\n\n`;
