import { serverTime } from '../api/server-time.ts';
import { newId } from '../parts/new-id.ts';
import type { Book } from './book.ts';
import { isCall } from './call.ts';
import type { LineHearer, LineState } from './line.ts';
import {
  mustRead,
  type Order,
  type Orders,
  type Place,
  type Refusal,
  type Rung,
  type Said,
  type Saying,
  stillUnshown,
  toDeliver,
  type Unshown,
  type Waiting,
  withDuty,
} from './orders.ts';
import { Outbox, type OutboxDeps } from './outbox.ts';
import { mustSignIn } from './send.ts';
import { memoryOf, SteadyBook } from './steady-book.ts';

/** What the page shows. */
export interface Shown extends Unshown {
  /** As last told by the server, or as kept on the phone from before. */
  readonly orders: Orders | undefined;
  readonly line: LineState;
  /** What the server would not take, until the officer has seen it. */
  readonly refusals: readonly Refusal[];
  /** When the server took the last call for help, RFC 3339. */
  readonly called: string | undefined;
  /** Nobody is signed in, and the page stays all the same for the call for help that could not be sent. */
  readonly signedOut: boolean;
  /** The phone cannot keep anything: answers last only as long as the page is open. */
  readonly broken: unknown;
}

export const fresh: Shown = {
  orders: undefined,
  line: { state: 'connecting' },
  waiting: [],
  taken: [],
  refusals: [],
  called: undefined,
  signedOut: false,
  broken: undefined,
};

export interface OfficerModelDeps {
  readonly accountId: string;
  readonly signedOut: () => void;
  readonly openBook: (accountId: string) => Promise<Book>;
  readonly send: OutboxDeps['send'];
  readonly holdLine: (hearer: LineHearer, signal: AbortSignal) => void;
}

/** The page of one officer, without its looks: orders that come, answers that go, and what is kept of both. */
export class OfficerModel {
  readonly #deps: OfficerModelDeps;
  readonly #hearers = new Set<() => void>();
  readonly #book: SteadyBook;
  readonly #outbox: Outbox;
  #shown: Shown = fresh;
  #said: Said = {};
  #end = new AbortController();

  constructor(deps: OfficerModelDeps) {
    this.#deps = deps;
    this.#book = new SteadyBook({
      open: () => deps.openBook(deps.accountId),
      memory: memoryOf(deps.accountId),
      broken: (error) => this.#become({ broken: error }),
    });
    this.#outbox = new Outbox({
      book: this.#book,
      send: deps.send,
      now: () => serverTime.now(),
      newId,
      later: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      changed: () => this.#become({ waiting: this.#outbox.waiting }),
      taken: (waiting) => this.#taken(waiting),
      refused: (waiting, error) => this.#refused({ waiting, error }),
      signedOut: () => this.#signedOut(),
    });
  }

  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  };
  readonly shown = (): Shown => this.#shown;

  /** Opens the book, then the line. Returns how to end both. */
  start(): () => void {
    const end = new AbortController();
    this.#end = end;
    globalThis.addEventListener('online', () => this.#outbox.nudge(), { signal: end.signal });
    this.#outbox.open();
    void this.#run(end.signal);
    return () => {
      end.abort();
      this.#outbox.close();
      this.#book.close();
    };
  }

  /** Resolves once it is kept on the phone, or cannot be. */
  async say(saying: Saying): Promise<void> {
    await this.#outbox.say(saying);
  }

  report(orderId: string, state: Rung, note?: string): Promise<void> {
    return this.say({ kind: 'report', orderId, state, ...(note === undefined ? {} : { note }) });
  }

  callForHelp(position: Place | undefined): Promise<void> {
    return this.say({ kind: 'emergency', ...(position === undefined ? {} : { position }) });
  }

  /** An order is before the officer's eyes. */
  async seen(order: Order): Promise<void> {
    if (!mustRead(order, this.#said)) return;
    await this.#tell(order.id, 'read');
  }

  signIn(): void {
    this.#deps.signedOut();
  }

  dismiss(eventId: string): void {
    this.#become({ refusals: this.#shown.refusals.filter(({ waiting }) => waiting.eventId !== eventId) });
  }

  /** Leaves nothing to read behind; what the line still brings is not kept. */
  async forget(): Promise<void> {
    this.#end.abort();
    await this.#book.forget();
    this.#become({ orders: undefined });
  }

  async #run(signal: AbortSignal): Promise<void> {
    await this.#book.reread();
    this.#said = await this.#book.said();
    const orders = await this.#book.orders();
    if (signal.aborted) return;
    this.#become({ orders, waiting: this.#outbox.waiting });
    this.#deps.holdLine({ became: (line) => this.#lineBecame(line), orders: (told) => void this.#told(told) }, signal);
  }

  #taken(waiting: Waiting): void {
    const { orders, taken } = this.#shown;
    const { saying } = waiting;
    switch (saying.kind) {
      case 'emergency':
        return this.#become({ called: new Date(serverTime.now()).toISOString(), refusals: this.#refusedAnswers() });
      case 'report':
        return this.#become({ taken: orders ? stillUnshown([...taken, waiting], orders) : [] });
      case 'duty':
        return this.#become({ orders: orders && withDuty(orders, saying.on) });
      default:
        return saying satisfies never;
    }
  }

  #refused(refusal: Refusal): void {
    if (isCall(refusal.waiting)) this.#become({ called: undefined, refusals: [...this.#refusedAnswers(), refusal] });
    else this.#become({ refusals: [...this.#shown.refusals, refusal] });
  }

  /** Without the calls for help: of those the last one counts. */
  #refusedAnswers(): readonly Refusal[] {
    return this.#shown.refusals.filter(({ waiting }) => !isCall(waiting));
  }

  #lineBecame(line: LineState): void {
    const before = this.#shown.line.state;
    this.#become(line.state === 'live' ? { line, signedOut: false } : { line });
    if (line.state === 'live' && before !== 'live') this.#outbox.nudge();
    if (line.state === 'refused' && mustSignIn(line.error)) this.#signedOut();
  }

  /** Whoever called for help must see that it did not go out, and not a page that asks for a password. */
  #signedOut(): void {
    if (this.#shown.waiting.some(isCall)) this.#become({ signedOut: true });
    else this.#deps.signedOut();
  }

  /** Delivered is said once the orders are on the phone, or in the page where the phone keeps nothing; not when they came. */
  async #told(orders: Orders): Promise<void> {
    this.#become({ orders, taken: stillUnshown(this.#shown.taken, orders) });
    await this.#book.keepOrders(orders);
    for (const id of toDeliver(orders, this.#said)) await this.#tell(id, 'delivered');
  }

  async #tell(orderId: string, state: 'delivered' | 'read'): Promise<void> {
    const known = new Set([...(this.#shown.orders?.items ?? []), ...(this.#shown.orders?.ended ?? [])].map(({ id }) => id));
    this.#said = { ...Object.fromEntries(Object.entries(this.#said).filter(([id]) => known.has(id))), [orderId]: state };
    await this.report(orderId, state);
    await this.#book.keepSaid(this.#said);
  }

  #become(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change };
    for (const hear of this.#hearers) hear();
  }
}
