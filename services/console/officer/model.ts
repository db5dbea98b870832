import { answer, api, Refused } from '../api/client.ts';
import { serverTime } from '../api/server-time.ts';
import { type Book, openBook } from './book.ts';
import { holdLine, type LineState } from './line.ts';
import { mustRead, type Order, type Orders, type Place, type Rung, type Said, type Saying, toDeliver, type Waiting } from './orders.ts';
import { Outbox, type Sent } from './outbox.ts';

/** What the page shows. */
export interface Shown {
  /** As last told by the server, or as kept on the phone from before. */
  readonly orders: Orders | undefined;
  readonly line: LineState;
  readonly waiting: readonly Waiting[];
  /** What the server would not take, until the officer has seen it. */
  readonly refusals: readonly { readonly waiting: Waiting; readonly error: unknown }[];
  /** When the last call for help was sent, RFC 3339. */
  readonly called: string | undefined;
  /** The phone cannot keep anything: answers last only as long as the page is open. */
  readonly broken: unknown;
}

const fresh: Shown = { orders: undefined, line: { state: 'connecting' }, waiting: [], refusals: [], called: undefined, broken: undefined };

/** An id of the page's own; `crypto.randomUUID` is not there on a page without TLS. */
const newId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The page of one officer, without its looks: orders that come, answers that go, and what is kept of both. */
export class OfficerModel {
  readonly #accountId: string;
  readonly #signedOut: () => void;
  readonly #hearers = new Set<() => void>();
  #shown: Shown = fresh;
  #said: Said = {};
  #book: Book | undefined;
  #outbox: Outbox | undefined;

  constructor(accountId: string, signedOut: () => void) {
    this.#accountId = accountId;
    this.#signedOut = signedOut;
  }

  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  };
  readonly shown = (): Shown => this.#shown;

  /** Opens the book, then the line. Returns how to end both. */
  start(): () => void {
    const end = new AbortController();
    this.#run(end.signal).catch((error: unknown) => {
      if (!end.signal.aborted) this.#become({ broken: error });
    });
    return () => {
      end.abort();
      this.#outbox?.close();
      this.#book?.close();
    };
  }

  /** Resolves once it is kept on the phone. */
  async say(saying: Saying): Promise<void> {
    try {
      await this.#outbox?.say(saying);
    } catch (error) {
      this.#become({ broken: error });
    }
  }

  report(orderId: string, state: Rung, note?: string): Promise<void> {
    return this.say({ kind: 'report', orderId, state, ...(note === undefined ? {} : { note }) });
  }

  callForHelp(position: Place | undefined): Promise<void> {
    this.#become({ called: new Date(serverTime.now()).toISOString() });
    return this.say({ kind: 'emergency', ...(position === undefined ? {} : { position }) });
  }

  /** An order is before the officer's eyes. */
  async seen(order: Order): Promise<void> {
    if (!mustRead(order, this.#said)) return;
    await this.#tell(order.id, 'read');
  }

  dismiss(eventId: string): void {
    this.#become({ refusals: this.#shown.refusals.filter(({ waiting }) => waiting.eventId !== eventId) });
  }

  /** Leaves nothing to read behind. */
  async forget(): Promise<void> {
    await this.#book?.forget();
    this.#become({ orders: undefined });
  }

  async #run(signal: AbortSignal): Promise<void> {
    const book = await openBook(this.#accountId);
    if (signal.aborted) return book.close();
    this.#book = book;
    this.#said = await book.said();
    this.#become({ orders: await book.orders() });
    this.#outbox = new Outbox({
      book,
      send: (waiting) => send(waiting),
      now: () => serverTime.now(),
      newId,
      later: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      changed: () => this.#become({ waiting: this.#outbox?.waiting ?? [] }),
      refused: (waiting, error) => this.#become({ refusals: [...this.#shown.refusals, { waiting, error }] }),
      signedOut: this.#signedOut,
    });
    globalThis.addEventListener('online', () => this.#outbox?.nudge(), { signal });
    await this.#outbox.open();
    holdLine({ became: (line) => this.#lineBecame(line), orders: (orders) => void this.#told(orders) }, signal);
  }

  #lineBecame(line: LineState): void {
    const before = this.#shown.line.state;
    this.#become({ line });
    if (line.state === 'live' && before !== 'live') this.#outbox?.nudge();
    if (line.state === 'refused' && line.error.status === 401) this.#signedOut();
  }

  /** Delivered is said once the orders are on the phone, not when they came. */
  async #told(orders: Orders): Promise<void> {
    this.#become({ orders });
    try {
      await this.#book?.keepOrders(orders);
    } catch (error) {
      return this.#become({ broken: error });
    }
    for (const id of toDeliver(orders, this.#said)) await this.#tell(id, 'delivered');
  }

  async #tell(orderId: string, state: 'delivered' | 'read'): Promise<void> {
    const known = new Set([...(this.#shown.orders?.items ?? []), ...(this.#shown.orders?.ended ?? [])].map(({ id }) => id));
    this.#said = { ...Object.fromEntries(Object.entries(this.#said).filter(([id]) => known.has(id))), [orderId]: state };
    await this.report(orderId, state);
    await this.#book?.keepSaid(this.#said);
  }

  #become(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change };
    for (const hear of this.#hearers) hear();
  }
}

/** Longer than any good answer takes, shorter than a phone's own patience with a network that swallows. */
const patience = 15_000;

async function send({ eventId, at, saying }: Waiting): Promise<Sent> {
  try {
    await answer(post(eventId, at, saying, AbortSignal.timeout(patience)));
    return { outcome: 'sent' };
  } catch (error) {
    if (!(error instanceof Refused)) return { outcome: 'unreachable' };
    if (error.status === 401) return { outcome: 'signed-out' };
    const forNow = error.status >= 500 || error.status === 408 || error.status === 429;
    return forNow ? { outcome: 'unreachable' } : { outcome: 'refused', error };
  }
}

function post(
  eventId: string,
  at: string,
  saying: Saying,
  signal: AbortSignal,
): Promise<{ data?: unknown; error?: unknown; response: Response }> {
  switch (saying.kind) {
    case 'report': {
      const { orderId, state, note } = saying;
      return api.POST('/api/v1/officer/reports', {
        body: { orderId, state, at, eventId, ...(note === undefined ? {} : { note }) },
        signal,
      });
    }
    case 'emergency': {
      const { position } = saying;
      return api.POST('/api/v1/officer/emergency', { body: { eventId, at, ...(position === undefined ? {} : { position }) }, signal });
    }
    case 'duty':
      return api.POST('/api/v1/officer/duty', { body: { on: saying.on }, signal });
    default:
      return saying satisfies never;
  }
}
