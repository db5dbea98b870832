import { randomUUID } from 'node:crypto';
import type { Delivery, Give, OrderToSend, Powers } from '../../devices/driver.ts';
import { closed, type Instant, seconds } from '../alarm/index.ts';
import { failpoint } from '../failpoint.ts';
import { inTime } from '../in-time.ts';
import type { Clock, Desk, Drivers, Handlers, Lanes, Log, SentOrder, TakenOrder } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { longestLease } from '../store/incidents.ts';
import { claimOrder, endClaim, lengthenClaim, resendTo } from '../store/order-claims.ts';
import type { StoredOrder } from '../store/orders.ts';
import type { Register } from '../store/register-view.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: () => Lanes;
  readonly register: Register;
  readonly drivers: Drivers;
  readonly desk: Desk;
  readonly give: Give;
  /** Told when an order left for its bearer: how long after it was issued, in milliseconds. */
  readonly sent: (afterMs: number) => void;
  /** Told of each order that its bearer took. */
  readonly left: (order: StoredOrder, lease: string) => void;
}

/** After the first try; twice as long after each other, since a radio that is heard again has its orders at once. */
const tryAgainAfter = seconds(5);
const longestPause = seconds(30);
const pauseAfter = (attempts: number) => Math.min(tryAgainAfter * 2 ** Math.max(0, attempts - 1), longestPause);
/** For one bearer of a first order. */
const unwrittenWithin = seconds(2);

/** The powers of a registered device; none when its driver is gone or its settings no longer fit. */
export function powersOf(deps: Pick<DeliverDeps, 'register' | 'drivers' | 'give' | 'log'>, deviceId: string): Powers | undefined {
  const device = deps.register.device(deviceId);
  const type = device && deps.drivers.find(device.kind, device.driver);
  if (!device || !type) return undefined;
  try {
    return type.open(deps.give, { id: device.id, kind: device.kind, settings: device.settings });
  } catch (error) {
    deps.log.error({ err: error, deviceId }, 'a device cannot be used');
    return undefined;
  }
}

/** The orders of one incident leave within a moment and are written down together. */
function noteLeft(lanes: DeliverDeps['lanes']): DeliverDeps['left'] {
  const waiting = new Map<string, SentOrder[]>();
  return ({ id, incidentId }, lease) => {
    const others = waiting.get(incidentId);
    if (others) return void others.push({ id, lease });
    const orders = [{ id, lease }];
    waiting.set(incidentId, orders);
    setImmediate(() => {
      waiting.delete(incidentId);
      lanes().offer({ type: 'orders-sent', id: incidentId, orders });
    });
  };
}

/** Sends orders to their bearers, each under a lease of the record. */
export function orderHandlers(parts: Omit<DeliverDeps, 'left'>): Pick<Handlers, 'order' | 'orders-sent' | 'reachable'> {
  const deps: DeliverDeps = { ...parts, left: noteLeft(parts.lanes) };
  return {
    order: async ({ id, taken }) => {
      const held = taken !== undefined && taken.until > deps.clock.now();
      let again = await (held ? sendTaken(deps, taken) : tryBearer(deps, id));
      // A bearer that failed has passed the order on to the next one, which is tried at once.
      while (again) {
        deps.log.debug({ orderId: id }, 'the order goes to the next bearer');
        again = await tryBearer(deps, id);
      }
    },
    'orders-sent': ({ orders }) => deps.desk.sent(orders),
    reachable: async ({ id }) => {
      for (const orderId of await resendTo(deps.store.fleeting, id, deps.clock.now())) deps.lanes().offer({ type: 'order', id: orderId });
    },
  };
}

/**
 * Sends while the record is away: over each bearer of the unit until one takes it, and nothing is written. One that asks
 * the record in vain is given up like one that is out of reach.
 */
export async function deliverUnwritten(deps: Omit<DeliverDeps, 'left' | 'lanes' | 'desk'>, order: StoredOrder): Promise<void> {
  const letter = letterOf(deps, order);
  for (const { id } of deps.register.bearersOf(order.unitId)) {
    const send = powersOf(deps, id)?.order;
    if (!send) continue;
    const { outcome } = await trySend(deps, () => inTime(deps.clock, unwrittenWithin, send(letter)));
    deps.log.info({ orderId: order.id, unitId: order.unitId, deviceId: id, outcome }, 'a first order, while the record is away');
    if (outcome === 'sent' || outcome === 'delivered') return;
  }
}

/** Sends what was written as taken by this process; a bearer that takes its time keeps it under a longer lease. */
async function sendTaken(deps: DeliverDeps, { order, lease, until }: TakenOrder): Promise<boolean> {
  const { clock, log, store } = deps;
  const longer = clock.after('lease of an order', (until - clock.now()) / 2, () =>
    lengthenClaim(store.fleeting, order.id, lease, clock.now() + longestLease).catch((error: unknown) =>
      log.warn({ err: error, orderId: order.id }, 'the lease of an order could not be lengthened; its radio may get it twice'),
    ),
  );
  try {
    return notTaken(await deliver(deps, order, lease, until));
  } finally {
    longer.stop();
  }
}

/** A process that was frozen for longer than its lease finds the order in the hands of another, which sends it. */
type Sent = Delivery | { readonly outcome: 'lapsed' };

const notTaken = ({ outcome }: Sent): boolean => outcome === 'unreachable' || outcome === 'failed';

/** Answers whether the order may be due again, since this bearer did not take it. */
async function tryBearer(deps: DeliverDeps, id: string): Promise<boolean> {
  const lease = randomUUID();
  const asked = deps.clock.now();
  const order = await claimOrder(deps.store.fleeting, id, lease, asked, longestLease);
  if (!order) return false;
  return notTaken(await deliver(deps, order, lease, asked + longestLease));
}

async function deliver(deps: DeliverDeps, order: StoredOrder, lease: string, until: Instant): Promise<Sent> {
  const bearer = deps.register.bearersOf(order.unitId)[order.bearer];
  const send = bearer && powersOf(deps, bearer.id)?.order;
  failpoint('order-leaving');
  if (deps.clock.now() >= until) return { outcome: 'lapsed' };
  const delivery: Delivery = send
    ? await trySend(deps, () => send(letterOf(deps, order)))
    : { outcome: 'failed', reason: bearer ? `${bearer.id} takes no orders` : 'the unit has no radio' };
  switch (delivery.outcome) {
    case 'sent':
    case 'delivered':
      failpoint('order-left');
      deps.sent(deps.clock.now() - order.issuedAt);
      // Writing it down can wait for the next press. Should it be lost, the lease ends and the order is sent again, which
      // a radio knows by its id.
      deps.left(order, lease);
      return delivery;
    case 'unreachable':
      await undeliverable(deps, order, lease, delivery.reason, deps.clock.now() + pauseAfter(order.attempts));
      return delivery;
    case 'failed':
      await undeliverable(deps, order, lease, delivery.reason, undefined);
      return delivery;
    default:
      return closed(delivery);
  }
}

async function trySend(deps: Pick<DeliverDeps, 'log'>, send: () => Promise<Delivery>): Promise<Delivery> {
  try {
    return await send();
  } catch (error) {
    deps.log.error({ err: error }, 'a bearer failed');
    return { outcome: 'unreachable', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function undeliverable(deps: DeliverDeps, order: StoredOrder, lease: string, why: string, again: Instant | undefined): Promise<void> {
  if (!(await endClaim(deps.store.fleeting, order.id, lease, again))) return;
  // The first failure is news; the tries that follow until the radio is heard again are not.
  if (order.attempts > 1 && again !== undefined) return;
  await deps.desk.order(order.id, { type: 'undeliverable', final: again === undefined, why });
}

function letterOf({ register }: Pick<DeliverDeps, 'register'>, order: StoredOrder): OrderToSend {
  const site = order.siteId === undefined ? undefined : register.site(order.siteId);
  return {
    orderId: order.id,
    incidentId: order.incidentId,
    priority: order.priority,
    kind: order.kind,
    text: order.text,
    exercise: order.exercise,
    ...(site === undefined ? {} : { site: { id: site.id, name: site.name, address: site.address } }),
    ...(order.location === undefined ? {} : { location: order.location }),
    issuedAt: order.issuedAt,
    expiresAt: order.expiresAt,
  };
}
