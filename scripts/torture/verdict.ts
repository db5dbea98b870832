import type { Chain, RecordedIncident, RecordedOrder, RecordedSignal } from './desk.ts';

/** One press as its key knows it. Times in ms of the driver's clock. */
export interface PressEntry {
  readonly eventId: string;
  readonly keyId: string;
  readonly sentAt: number;
  /** When PUBACK came. */
  acknowledgedAt?: number;
}

/** One order letter as a radio got it. */
export interface LetterEntry {
  readonly unitId: string;
  readonly receivedAt: number;
  readonly outcome: 'effective' | 'repeat' | 'expired' | 'unreadable' | 'forged';
  readonly orderId?: string;
  readonly incidentId?: string;
}

/** Three accounts of one run, kept apart by those who took part in it. */
export interface Ledgers {
  readonly presses: readonly PressEntry[];
  readonly record: {
    readonly signals: readonly RecordedSignal[];
    readonly incidents: readonly RecordedIncident[];
    readonly orders: readonly RecordedOrder[];
    readonly chains: readonly Chain[];
  };
  readonly letters: readonly LetterEntry[];
  /** Each emergency orders all of these. */
  readonly units: readonly string[];
}

export const rules = [
  'acknowledged press without a signal',
  'press not acknowledged in the end',
  'press in the record twice',
  'signal that no key sent',
  'press without an incident',
  "press in another key's incident",
  'two incidents of one key open at once',
  'incident that no press belongs to',
  'incident without an order to a unit',
  'unit ordered twice for one incident',
  'order that never reached its radio',
  'order not effective exactly once',
  'letter of an order that the record does not hold',
  'letter that could not be used',
  'broken chain',
] as const;
export type Rule = (typeof rules)[number];

export interface Violation {
  readonly rule: Rule;
  readonly about: string;
}

/** Compares the ledgers. Pure: the same three accounts always get the same verdict. */
export const judge = (ledgers: Ledgers): readonly Violation[] => [
  ...judgePresses(ledgers),
  ...judgeIncidents(ledgers),
  ...judgeOrders(ledgers),
];

function judgePresses({ presses, record }: Ledgers): readonly Violation[] {
  const found: Violation[] = [];
  const signals = groupBy(record.signals, (signal) => signal.eventId ?? '');
  const incidents = new Map(record.incidents.map((incident) => [incident.id, incident]));
  for (const { eventId, keyId, acknowledgedAt } of presses) {
    const about = `${keyId} press ${eventId}`;
    const stands = signals.get(eventId) ?? [];
    const [signal] = stands;
    if (acknowledgedAt === undefined) found.push({ rule: 'press not acknowledged in the end', about });
    else if (!signal) found.push({ rule: 'acknowledged press without a signal', about });
    if (stands.length > 1) found.push({ rule: 'press in the record twice', about });
    for (const { incidentId } of stands) {
      const incident = incidents.get(incidentId ?? '');
      if (!incident) found.push({ rule: 'press without an incident', about });
      else if (incident.deviceId !== keyId)
        found.push({ rule: "press in another key's incident", about: `${about} in ${incident.number} of ${incident.deviceId}` });
    }
  }
  const sent = new Set(presses.map((press) => press.eventId));
  for (const { id, eventId, deviceId } of record.signals)
    if (!sent.has(eventId ?? '')) found.push({ rule: 'signal that no key sent', about: `${id} of ${deviceId}` });
  return found;
}

function judgeIncidents({ record, units }: Ledgers): readonly Violation[] {
  const found: Violation[] = [];
  const pressed = new Set(record.signals.map((signal) => signal.incidentId));
  // Ordered while nobody could know what else was open, it is an incident of its own beside that (docs/decisions/0034).
  const onItsOwn = new Set(record.signals.flatMap(({ incidentId, ours }) => (ours?.firstOrders ? [incidentId] : [])));
  const orders = groupBy(record.orders, (order) => order.incidentId);
  for (const incident of record.incidents) {
    const about = `incident ${incident.number} of ${incident.deviceId}`;
    if (!pressed.has(incident.id)) found.push({ rule: 'incident that no press belongs to', about });
    for (const unitId of units) {
      const held = (orders.get(incident.id) ?? []).filter((order) => order.unitId === unitId);
      if (held.length === 0) found.push({ rule: 'incident without an order to a unit', about: `${about}: ${unitId}` });
      if (held.length > 1) found.push({ rule: 'unit ordered twice for one incident', about: `${about}: ${unitId}` });
    }
  }
  for (const [keyId, own] of groupBy(record.incidents, (incident) => incident.deviceId ?? '')) {
    // Not by number: each process of a city draws its own ahead, and one that has little to do keeps it for long.
    const inOrder = [...own].sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt) || a.number - b.number);
    for (const [index, incident] of inOrder.entries()) {
      const before = inOrder[index - 1];
      const overlaps =
        before && (before.closedAt === undefined || Date.parse(before.closedAt) > Date.parse(incident.openedAt) + clockSlack);
      if (!overlaps || onItsOwn.has(incident.id) || onItsOwn.has(before.id)) continue;
      const how = `${before.number}, closed at ${before.closedAt ?? 'no time'}, and ${incident.number}, opened at ${incident.openedAt}`;
      found.push({ rule: 'two incidents of one key open at once', about: `${keyId}: ${how}` });
    }
  }
  for (const { incidentId, intact, why } of record.chains)
    if (!intact) found.push({ rule: 'broken chain', about: `${incidentId}: ${why}` });
  return found;
}

/** Two starts of the product read the database's clock apart by so much at most, in ms. */
const clockSlack = 100;

function judgeOrders({ record, letters }: Ledgers): readonly Violation[] {
  const found: Violation[] = [];
  const arrived = groupBy(letters, (letter) => letter.orderId ?? '');
  const known = new Map(record.orders.map((order) => [order.id, order]));
  for (const { id, unitId, state } of record.orders) {
    const own = (arrived.get(id) ?? []).filter((letter) => letter.unitId === unitId);
    const about = `order ${id} to ${unitId} (${state})`;
    if (own.length === 0) found.push({ rule: 'order that never reached its radio', about });
    else if (own.filter((letter) => letter.outcome === 'effective').length !== 1)
      found.push({ rule: 'order not effective exactly once', about });
  }
  for (const { unitId, outcome, orderId } of letters) {
    if (outcome === 'unreadable' || outcome === 'forged' || outcome === 'expired')
      found.push({ rule: 'letter that could not be used', about: `${outcome} on ${unitId}` });
    else if (known.get(orderId ?? '')?.unitId !== unitId)
      found.push({ rule: 'letter of an order that the record does not hold', about: `${orderId} on ${unitId}` });
  }
  return found;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
