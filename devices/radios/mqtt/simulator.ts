import { randomUUID } from 'node:crypto';
import { topicOf } from '../../branch.ts';
import { writeInstant } from '../../payload.ts';
import type { PressGrade } from '../../press.ts';
import { forgery, type StationKey } from '../../signature.ts';
import { connect, type Line, readLetter, type Sent, type SimulatedDevice, type Visible, visible } from '../../simulator.ts';
import { type OrderLetter, orderLetter, type ReportState } from './payload.ts';

export type RadioBehaviour = 'answers' | 'silent' | 'declines' | 'delivers-only';

/** One order letter that came in. Only an effective one is shown to the officer. */
export type ReceivedOrder = { readonly receivedAt: number } & (
  | { readonly outcome: 'effective' | 'repeat' | 'expired'; readonly order: OrderLetter }
  | { readonly outcome: 'unreadable' | 'forged'; readonly reason: string }
);

export interface SimulatedRadio extends Visible {
  readonly id: string;
  /** Every order letter in the order of arrival, repeats and expired ones too. */
  readonly orders: readonly ReceivedOrder[];
  /** The orders that the officer was shown: the first of each id that had not expired. */
  effective(): readonly OrderLetter[];
  behave(behaviour: RadioBehaviour): void;
  report(orderId: string, state: ReportState, note?: string): Promise<Sent>;
  /** Degrees, WGS-84; accuracy in metres. */
  position(lat: number, lon: number, accuracy?: number): Promise<Sent>;
  /** The officer's own call for help. */
  emergency(grade?: PressGrade, eventId?: string): Promise<Sent>;
  /** Any bytes on a channel of the radio. */
  raw(payload: string | Uint8Array, channel: string): Promise<Sent>;
}

export interface RadioOptions extends SimulatedDevice {
  /** What the officer does with an order by himself; `answers` goes as far as `accepted`. Default `answers`. */
  readonly behaviour?: RadioBehaviour;
  /** Told the station's keys, it takes only what one of them signed. */
  readonly stationKeys?: readonly StationKey[];
}

const answersOf: Readonly<Record<RadioBehaviour, readonly ReportState[]>> = {
  answers: ['delivered', 'read', 'accepted'],
  silent: [],
  declines: ['delivered', 'read', 'declined'],
  'delivers-only': ['delivered'],
};

/** A radio that keeps the contract to the letter. Promises resolve on PUBACK. */
export async function simulateRadio(options: RadioOptions): Promise<SimulatedRadio> {
  let behaviour = options.behaviour ?? 'answers';
  const orders: ReceivedOrder[] = [];
  const shown = new Map<string, OrderLetter>();
  const told = new Map<string, ReportState>();
  const topic = topicOf({ id: options.id, kind: 'radio' }, 'order');

  const line = await connect(options, 'radio', ['order'], (_channel, payload, own) => {
    const forged = options.stationKeys && forgery(topic, payload, options.stationKeys, own.now());
    const received = forged === undefined ? judge(payload, shown, own.now()) : refused(forged, own.now());
    orders.push(received);
    if (!('order' in received) || received.outcome === 'expired' || behaviour === 'silent') return;
    const { orderId } = received.order;
    const last = told.get(orderId);
    // A repeat means that the server may not have heard: say again how far it came, never less.
    const answers = received.outcome === 'effective' ? answersOf[behaviour] : last === undefined ? [] : [last];
    own.inBackground(async () => {
      for (const state of answers) await report(own, orderId, state);
    });
  });

  function report(own: Line, orderId: string, state: ReportState, note?: string): Promise<Sent> {
    told.set(orderId, state);
    return own.tell('report', { orderId, state, at: writeInstant(own.now()), ...(note === undefined ? {} : { note }) });
  }

  return {
    ...visible(line),
    id: options.id,
    orders,
    effective: () => [...shown.values()],
    behave: (next) => {
      behaviour = next;
    },
    report: (orderId, state, note) => report(line, orderId, state, note),
    position: (lat, lon, accuracy) =>
      line.tell('position', { lat, lon, at: writeInstant(line.now()), ...(accuracy === undefined ? {} : { accuracy }) }),
    emergency: (grade, eventId = randomUUID()) =>
      line.tell('emergency', { type: 'press', eventId, at: writeInstant(line.now()), ...(grade === undefined ? {} : { grade }) }),
    raw: (payload, channel) => line.publish(channel, payload),
  };
}

const refused = (reason: string, receivedAt: number): ReceivedOrder => ({ outcome: 'forged', reason, receivedAt });

/** Writes an effective order into `shown`. */
function judge(payload: Uint8Array, shown: Map<string, OrderLetter>, now: number): ReceivedOrder {
  const letter = orderLetter.safeParse(readLetter(payload));
  if (!letter.success) return { outcome: 'unreadable', reason: letter.error.message, receivedAt: now };
  const order = letter.data;
  if (shown.has(order.orderId)) return { outcome: 'repeat', order, receivedAt: now };
  if (Date.parse(order.expiresAt) <= now) return { outcome: 'expired', order, receivedAt: now };
  shown.set(order.orderId, order);
  return { outcome: 'effective', order, receivedAt: now };
}
