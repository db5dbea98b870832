import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Hub, Log, Timer } from '../ports.ts';
import { type Connection, poolConfig } from './connection.ts';

export interface OpenHub extends Hub {
  close(): Promise<void>;
}

const channel = 'baiying';
/** A notice holds at most 7999 bytes (NOTIFY's own limit). */
const longestNotice = 7500;
/** Between two sendings; what is told meanwhile goes together, and twice the same goes once. */
const gap = 10;
const shortestPause = 100;
const longestPause = 5000;
const beat = 15_000;
/** Past this many different news while the server is away, only the topics are kept. */
const mostPending = 1000;

type News = readonly [topic: string, about: string];

/**
 * Opens the exchange of news between processes on PostgreSQL's LISTEN and NOTIFY, over one connection of its own that
 * comes back by itself. After it was away every listener hears `all`, since news may be lost.
 * @throws what pg says when the first connection fails
 */
export async function openHub({ connection, log }: { connection: Connection; log: Log }): Promise<OpenHub> {
  const hub = new PostgresHub(connection, log);
  await hub.open();
  return hub;
}

class PostgresHub implements OpenHub {
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #self: string = randomUUID();
  readonly #listeners = new Map<string, Set<(about: string) => void>>();
  #pending = new Map<string, News>();
  #client: pg.Client | undefined;
  #sending = false;
  #closed = false;
  #pause = shortestPause;
  #retry: NodeJS.Timeout | undefined;
  #heart: NodeJS.Timeout | undefined;

  constructor(connection: Connection, log: Log) {
    this.#connection = connection;
    this.#log = log;
  }

  async open(): Promise<void> {
    const client = new pg.Client({
      ...poolConfig(this.#connection),
      application_name: 'baiying-hub',
      connectionTimeoutMillis: 3000,
      statement_timeout: 5000,
      keepAlive: true,
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, undefined));
    client.on('notification', (notice) => this.#heard(notice.payload ?? ''));
    try {
      await client.connect();
      // News is not truth: a notice need not wait for the disk.
      await client.query(`set synchronous_commit = off; listen ${channel}`);
    } catch (error) {
      client.end().catch((fault: unknown) => this.#log.debug({ err: fault }, 'The connection was never made'));
      throw error;
    }
    this.#client = client;
    this.#pause = shortestPause;
    this.#heart = setInterval(() => void this.#check(client), beat).unref();
    if (this.#closed) await this.close();
  }

  tell(topic: string, about = 'all'): void {
    queueMicrotask(() => this.#hear(topic, about));
    if (this.#closed) return;
    if (this.#pending.size >= mostPending) this.#shrink();
    this.#pending.set(`${topic} ${about}`, [topic, about]);
    this.#send();
  }

  listen(topic: string, hear: (about: string) => void): Timer {
    const hearers = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, hearers);
    // One function may listen twice; each stop ends one of them.
    const entry = (about: string) => hear(about);
    hearers.add(entry);
    return { stop: () => void hearers.delete(entry) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#heart);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #send(): void {
    if (this.#sending || this.#client === undefined || this.#pending.size === 0) return;
    this.#sending = true;
    setImmediate(() => void this.#flush());
  }

  async #flush(): Promise<void> {
    const client = this.#client;
    const news = this.#pending;
    if (client !== undefined) {
      this.#pending = new Map();
      try {
        for (const payload of payloads(this.#self, [...news.values()])) await client.query('select pg_notify($1, $2)', [channel, payload]);
      } catch (error) {
        this.#log.debug({ err: error }, 'News could not be sent; it goes out once the record is back');
        for (const [key, entry] of news) this.#pending.set(key, entry);
      }
    }
    setTimeout(() => {
      this.#sending = false;
      this.#send();
    }, gap).unref();
  }

  #shrink(): void {
    const topics = new Set([...this.#pending.values()].map(([topic]) => topic));
    this.#pending = new Map([...topics].map((topic) => [`${topic} all`, [topic, 'all']]));
  }

  #heard(payload: string): void {
    const parsed = parseNotice(payload);
    if (parsed === undefined) {
      this.#log.warn('A notice on the channel baiying is not ours; it is left aside');
      return;
    }
    if (parsed.from === this.#self) return;
    for (const [topic, about] of parsed.news) this.#hear(topic, about);
  }

  #hear(topic: string, about: string): void {
    for (const hear of this.#listeners.get(topic) ?? []) {
      try {
        hear(about);
      } catch (error) {
        this.#log.error({ err: error, topic, about }, 'A listener failed');
      }
    }
  }

  #lost(client: pg.Client, error: Error | undefined): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    clearInterval(this.#heart);
    this.#log.warn({ err: error }, 'The exchange of news lost the record; reconnecting');
    this.#reconnect();
  }

  #reconnect(): void {
    this.#retry = setTimeout(async () => {
      try {
        await this.open();
      } catch (error) {
        this.#log.debug({ err: error }, 'The record is not back yet');
        if (!this.#closed) this.#reconnect();
        return;
      }
      for (const topic of this.#listeners.keys()) this.#hear(topic, 'all');
      this.#send();
    }, this.#pause);
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }

  /** Finds a connection whose other end is gone without a word. */
  async #check(client: pg.Client): Promise<void> {
    const cut = setTimeout(() => client.end().catch((error: unknown) => this.#log.debug({ err: error }, 'Cut already')), 5000);
    try {
      await client.query('select 1');
    } catch (error) {
      this.#lost(client, error instanceof Error ? error : undefined);
    } finally {
      clearTimeout(cut);
    }
  }
}

/** Notices, each short enough: `{ from, news: [[topic, about], …] }`. */
function payloads(from: string, news: readonly News[]): string[] {
  const notices: string[] = [];
  let batch: News[] = [];
  const close = () => {
    if (batch.length > 0) notices.push(JSON.stringify({ from, news: batch }));
    batch = [];
  };
  let size = 0;
  for (const entry of news) {
    const bytes = Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (size + bytes > longestNotice - 100) {
      close();
      size = 0;
    }
    batch.push(entry);
    size += bytes;
  }
  close();
  return notices;
}

function parseNotice(payload: string): { from: string; news: readonly News[] } | undefined {
  const value: unknown = parseJson(payload);
  if (typeof value !== 'object' || value === null || !('from' in value) || !('news' in value)) return undefined;
  const { from, news } = value;
  if (typeof from !== 'string' || !Array.isArray(news) || !news.every(isNews)) return undefined;
  return { from, news };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isNews = (entry: unknown): entry is News =>
  Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string' && typeof entry[1] === 'string';
