import type { ServerResponse } from 'node:http';
import { type Duration, rfc3339, seconds } from '../alarm/index.ts';
import type { Clock, Log, Timer } from '../ports.ts';
import type { Pages } from './officer-pages.ts';
import { type OfficerOrders, withClock } from './officer-view.ts';

export interface OfficerStreamOptions {
  readonly raw: ServerResponse;
  /** What the hooks had set on the reply before it was taken over. */
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly unitId: string;
  readonly deviceId: string;
  readonly read: () => Promise<Omit<OfficerOrders, 'at'>>;
  /** Whether the credential still holds and its account still moves with this unit. */
  readonly stillTheirs: () => Promise<boolean>;
  readonly onEnd: () => void;
  readonly pages: Pages;
  readonly clock: Clock;
  readonly log: Log;
}

/** A page that hears nothing for two of these knows that it is cut off. */
const aliveEach: Duration = seconds(10);
const askEach: Duration = seconds(3);
/** Never reached by a phone that takes anything. */
const mostUnsent = 512 * 1024;

/**
 * The line to one open page (server-sent events). `orders` carries all that the page shows, whenever that has changed, so a
 * page that was away needs no replay; `alive` carries the server's clock. While it is open, the unit's phone is reached.
 */
export class OfficerStream {
  readonly #options: OfficerStreamOptions;
  readonly #timers: Timer[] = [];
  #incidents: ReadonlySet<string> = new Set();
  #shown = '';
  #open = true;
  #reading = false;
  #again = false;
  #page: { close(): Promise<void> } | undefined;

  constructor(options: OfficerStreamOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { raw, headers, pages, unitId, deviceId, clock, log } = this.#options;
    raw.on('close', () => this.end());
    raw.on('error', (error) => log.debug({ err: error }, "an officer's stream broke"));
    raw.socket?.setTimeout(0);
    raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 2000\n\n');
    try {
      const page = await pages.open({ unitId, deviceId, incidents: () => this.#incidents, news: () => this.#news() });
      if (!this.#open) return await page.close();
      this.#page = page;
      this.#timers.push(
        clock.every('officer alive', aliveEach, () => this.#write('alive', { at: rfc3339(clock.now()) })),
        clock.every('officer session', askEach, () => this.#ask()),
      );
      await this.#read();
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
    void this.#page?.close();
    this.#options.onEnd();
  }

  #news(): void {
    this.#read().catch((error: unknown) => this.#fail(error));
  }

  /** One reading at a time; news that comes during one causes another. */
  async #read(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#again && this.#open) {
        this.#again = false;
        const view = await this.#options.read();
        this.#incidents = new Set(view.items.map((order) => order.incidentId));
        const shown = JSON.stringify(view);
        if (shown !== this.#shown) this.#write('orders', withClock(view, this.#options.clock));
        this.#shown = shown;
      }
    } finally {
      this.#reading = false;
    }
  }

  #write(event: 'orders' | 'alive', data: unknown): void {
    const { raw, log } = this.#options;
    if (!this.#open) return;
    raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (raw.writableLength <= mostUnsent) return;
    log.info({ unsent: raw.writableLength }, 'a phone that takes nothing is let go; it comes back by itself');
    raw.destroy();
    this.end();
  }

  async #ask(): Promise<void> {
    try {
      if (!(await this.#options.stillTheirs())) this.end();
    } catch (error) {
      // While the record is away nothing new can be read either; the next round asks again.
      this.#options.log.debug({ err: error }, "an officer's stream cannot ask for its session");
    }
  }

  #fail(error: unknown): void {
    this.#options.log.warn({ err: error }, "an officer's stream ends; the page comes back by itself");
    this.end();
  }
}
