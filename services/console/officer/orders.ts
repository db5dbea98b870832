import type { paths } from '../api/types.generated.ts';

/** Orders as the page reasons about them. Pure. */

export type Orders = paths['/api/v1/officer/orders']['get']['responses']['200']['content']['application/json'];
export type Order = Orders['items'][number];
export type EndedOrder = Orders['ended'][number];
/** A rung that the page may say. */
export type Rung = paths['/api/v1/officer/reports']['post']['requestBody']['content']['application/json']['state'];
export type OrderState = Order['state'];

export type Saying =
  | { readonly kind: 'report'; readonly orderId: string; readonly state: Rung; readonly note?: string }
  | { readonly kind: 'emergency'; readonly position?: Place }
  | { readonly kind: 'duty'; readonly on: boolean };

/** Degrees WGS-84; metres. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
  readonly accuracy?: number;
}

/** What the officer said and the server does not have yet. */
export interface Waiting {
  readonly eventId: string;
  /** The order in which things were said. */
  readonly seq: number;
  /** RFC 3339, by the server's clock as far as it was known. */
  readonly at: string;
  readonly saying: Saying;
}

/** What the server would not take. */
export interface Refusal {
  readonly waiting: Waiting;
  readonly error: unknown;
}

const ladder: readonly OrderState[] = ['queued', 'sent', 'delivered', 'read', 'accepted', 'en-route', 'arrived'];
/** -1 for what is over. */
export const rungOf = (state: OrderState): number => ladder.indexOf(state);
const accepted = rungOf('accepted');

/** What the officers said here that the orders do not show yet. */
export interface Unshown {
  /** Not yet with the server. */
  readonly waiting: readonly Waiting[];
  /** In the server's record; its rules move the order a moment later, or a longer one on a bad day. */
  readonly taken: readonly Waiting[];
}

/** Where an order stands for the officer: what was said counts at once, marked until the server has it. */
export interface Standing {
  readonly state: OrderState;
  readonly waiting: boolean;
}

export function standingOf(order: Pick<Order, 'id' | 'state'>, { waiting, taken }: Unshown): Standing {
  let standing: Standing = { state: order.state, waiting: false };
  for (const said of [...taken, ...waiting]) {
    const { saying } = said;
    if (saying.kind !== 'report' || saying.orderId !== order.id) continue;
    // A later word than the server's; that it was delivered and read is the phone's own business and shown to nobody.
    if (saying.state === 'declined' || (rungOf(saying.state) >= accepted && rungOf(saying.state) > rungOf(standing.state)))
      standing = { state: saying.state, waiting: !taken.includes(said) };
  }
  return standing;
}

/** Of what the server has taken, what its orders do not show yet; an order that is over has nothing more to show. */
export const stillUnshown = (taken: readonly Waiting[], { items }: Orders): readonly Waiting[] =>
  taken.filter(({ saying }) => {
    const order = saying.kind === 'report' ? items.find(({ id }) => id === saying.orderId) : undefined;
    if (saying.kind !== 'report' || order === undefined) return false;
    return saying.state === 'declined'
      ? !order.rungs.some(({ state }) => state === 'declined')
      : rungOf(order.state) < rungOf(saying.state);
  });

export const isAnswered = (state: OrderState): boolean => rungOf(state) >= accepted || state === 'declined';
/** The officers can still say something about it. */
export const isOpen = (state: OrderState): boolean => rungOf(state) >= 0;

/** Nobody took it on in time. @param now milliseconds UTC */
export const isExpired = (order: Pick<Order, 'expiresAt'>, state: OrderState, now: number): boolean =>
  rungOf(state) >= 0 && rungOf(state) < accepted && Date.parse(order.expiresAt) <= now;

/** What the officer can say next, the most likely first. */
export function answersTo(state: OrderState): readonly Rung[] {
  switch (state) {
    case 'queued':
    case 'sent':
    case 'delivered':
    case 'read':
      return ['accepted', 'declined'];
    case 'accepted':
      return ['en-route', 'declined'];
    case 'en-route':
      return ['arrived', 'declined'];
    default:
      return [];
  }
}

/** What the phone itself has said of each order: the highest of delivered and read. */
export type Said = Readonly<Record<string, 'delivered' | 'read'>>;

/** Orders that are stored here and of which the server does not know so. */
export const toDeliver = (orders: Orders, said: Said): readonly string[] =>
  orders.items
    .filter(({ id, state }) => rungOf(state) < rungOf('delivered') && isOpen(state) && said[id] === undefined)
    .map(({ id }) => id);

/** Whether an order that is before the officer's eyes must be told as read. */
export const mustRead = ({ id, state }: Pick<Order, 'id' | 'state'>, said: Said): boolean =>
  isOpen(state) && rungOf(state) < rungOf('read') && said[id] !== 'read';

/** The order that the page should show now: the one the officers are on, else the most urgent of those they have not answered. */
export function chosenOf(orders: readonly Order[], picked: string | undefined, unshown: Unshown): Order | undefined {
  const open = orders.filter((order) => isOpen(standingOf(order, unshown).state));
  return open.find(({ id }) => id === picked) ?? open.find((order) => isAnswered(standingOf(order, unshown).state)) ?? open[0] ?? orders[0];
}

/** With the switch as the server took it, before it tells so. */
export const withDuty = (orders: Orders, on: boolean): Orders => {
  const { status } = orders.unit;
  return { ...orders, unit: { ...orders.unit, status: !on ? 'off-duty' : status === 'off-duty' ? 'available' : status } };
};
