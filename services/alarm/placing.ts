import type { Correlation } from './correlate.ts';
import type { Incident, IncidentInput } from './incident.ts';
import type { OrderState } from './orders.ts';
import { partOf, type Signal } from './signal.ts';
import type { Sorting } from './sort.ts';
import type { Instant } from './time.ts';

/** What a signal, or a clock that ran out, says to the incidents it is about: the inputs of `step`, in their order. */

export type Opens = Extract<Sorting, { role: 'opens' }>;
type Placed<O extends Correlation['outcome']> = Extract<Correlation, { outcome: O }>;

/** @param kind of the incident that is joined */
export function saidByJoining(signal: Signal, sorting: Sorting, placed: Placed<'joins'>, kind: string): readonly IncidentInput[] {
  const by = signal.deviceId;
  const said: IncidentInput[] = [];
  if (placed.raises && sorting.role === 'opens') {
    // A walk test that is pressed harder is still one: it must not send anybody running.
    said.push({ type: 'raised', to: sorting.priority, kind: kind === 'walk-test' ? kind : sorting.kind, silent: sorting.silent, by });
  }
  const sounds = sorting.role === 'opens';
  said.push({ type: 'signalled', sorted: sorting.reason, placed: placed.reason, by, what: signal.type, sounds });
  if (placed.confirms) said.push({ type: 'confirmed', by });
  // A silence that has ended asks nothing of anyone any more (ISA-18.2: no alarm without an answer to give).
  if (placed.reason === 'ends-silence') said.push({ type: 'closed', by, disposition: 'genuine' });
  return said;
}

export function saidByOpening({ deviceId: by }: Signal, sorting: Opens, placed: Placed<'opens'>): readonly IncidentInput[] {
  const { links, confirmed, reason } = placed;
  return [
    { type: 'opened', sorted: sorting.reason, placed: reason, by },
    ...(confirmed ? [{ type: 'confirmed', by } as const] : []),
    ...links.map((link) => ({ type: 'linked', number: link.number, reason: link.reason }) as const),
  ];
}

/** What a neighbour hears of the incident that was opened beside it. */
export const saidToNeighbour = (
  { deviceId: by }: Signal,
  link: Placed<'opens'>['links'][number],
  opened: Pick<Incident, 'number'>,
): readonly IncidentInput[] => [
  { type: 'linked', number: opened.number, reason: link.reason },
  ...(link.confirms ? [{ type: 'confirmed', by } as const] : []),
];

/** An incident as its first signal makes it. */
export function opening(
  signal: Signal,
  sorting: Opens,
  kind: string,
  where: Pick<Incident, 'siteId' | 'gridId' | 'stationId' | 'location'>,
  { id, now }: { readonly id: string; readonly now: Instant },
): Omit<Incident, 'number'> {
  const part = partOf(signal);
  return {
    id,
    kind,
    priority: sorting.priority,
    state: 'open',
    silent: sorting.silent,
    confirmed: false,
    exercise: signal.exercise,
    ...where,
    deviceId: signal.deviceId,
    ...(part === undefined ? {} : { part }),
    openedAt: now,
  };
}

/** What an incident's clock says once it ran out; nothing before. */
export function saidByClock({ clock }: Pick<Incident, 'clock'>, now: Instant): IncidentInput | undefined {
  if (!clock || clock.dueAt > now) return undefined;
  return { type: 'level-due', clock: clock.name, level: clock.level, dueAt: clock.dueAt };
}

/** An order as far as its clocks go. */
export interface TimedOrder {
  readonly id: string;
  readonly unitId: string;
  readonly state: OrderState;
  readonly live: boolean;
  readonly expiresAt: Instant;
  readonly clock?: { readonly name: 'delivered' | 'accepted'; readonly dueAt: Instant };
}

/** What an order's clock says, or the end of the time that it is good for; nothing while neither is due. */
export function saidByOrderClock(order: TimedOrder, bearersLeft: number, now: Instant): IncidentInput | undefined {
  if (!order.live) return undefined;
  const expired = order.expiresAt <= now;
  const dueAt = expired ? order.expiresAt : order.clock?.dueAt;
  if (dueAt === undefined || dueAt > now) return undefined;
  const clock = expired ? 'expires' : (order.clock?.name ?? 'delivered');
  return { type: 'order-due', orderId: order.id, unitId: order.unitId, state: order.state, clock, bearersLeft, dueAt };
}
