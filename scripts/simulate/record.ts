import type { Entry, Instant, Signal } from '../../services/alarm/index.ts';
import type { StoredIncident } from '../../services/store/incidents.ts';
import type { StoredOrder } from '../../services/store/orders.ts';

/** What the record holds, as far as the rules go, in memory: rows never change, they are replaced. */
export interface SignalRow {
  readonly signal: Signal;
  readonly eventId: string;
  readonly sorted: boolean;
  readonly incidentId?: string;
}
export interface OrderRow extends StoredOrder {
  readonly cause: string;
  readonly armedAt?: Instant;
  readonly sendAt?: Instant;
  readonly lease?: string;
  readonly leaseUntil?: Instant;
}
export interface IncidentRow {
  readonly stored: StoredIncident;
  readonly receiptDue: boolean;
  readonly timeline: readonly Entry[];
}

/** A table whose changes since the last flush can be undone: what was committed without waiting for the disk is lost with the power. */
export class Shelf<T> {
  readonly #rows = new Map<string, T>();
  #undo: (readonly [string, T | undefined])[] = [];

  get = (id: string): T | undefined => this.#rows.get(id);
  values = (): IterableIterator<T> => this.#rows.values();
  get size(): number {
    return this.#rows.size;
  }

  put(id: string, row: T): void {
    this.#undo.push([id, this.#rows.get(id)]);
    this.#rows.set(id, row);
  }

  change(id: string, change: Partial<T>): void {
    const row = this.#rows.get(id);
    if (row !== undefined) this.put(id, { ...row, ...change });
  }

  flush(): void {
    this.#undo = [];
  }

  /** As it was at the last flush. */
  lose(): void {
    for (const [id, before] of this.#undo.reverse()) {
      if (before === undefined) this.#rows.delete(id);
      else this.#rows.set(id, before);
    }
    this.#undo = [];
  }
}

export class RecordModel {
  readonly signals = new Shelf<SignalRow>();
  readonly incidents = new Shelf<IncidentRow>();
  readonly orders = new Shelf<OrderRow>();
  /** Orders once given, by incident; one that was lost with the power is still named here. */
  readonly #given = new Map<string, string[]>();
  #numbers = 0;

  readonly #shelves = [this.signals, this.incidents, this.orders];

  /** A sequence: what was drawn stays drawn. */
  draw(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  ordersOf(incidentId: string): OrderRow[] {
    return (this.#given.get(incidentId) ?? []).flatMap((id) => this.orders.get(id) ?? []);
  }

  give(order: OrderRow): void {
    const before = this.#given.get(order.incidentId);
    if (before) before.push(order.id);
    else this.#given.set(order.incidentId, [order.id]);
    this.orders.put(order.id, order);
  }

  flush(): void {
    for (const shelf of this.#shelves) shelf.flush();
  }

  losePower(): void {
    for (const shelf of this.#shelves) shelf.lose();
  }
}
