import { setTimeout as pause } from 'node:timers/promises';
import { figuresOf } from '../bench/figures.ts';
import type { County } from './county.ts';
import { type Chain, eachOf, type OperatorDesk, type RecordedIncident, type RecordedOrder, type RecordedSignal } from './desk.ts';
import type { Ledgers, LetterEntry, PressEntry } from './verdict.ts';

/** Reading the three accounts of a run once everything is at rest. */

const settleWithin = 60_000;
const look = 100;

/** Waits until every press is acknowledged and sorted, and every incident closed by the operator. What is still missing. */
export async function settle(desk: OperatorDesk, presses: readonly PressEntry[], pending: () => number): Promise<readonly string[]> {
  const end = performance.now() + settleWithin;
  for (;;) {
    await pause(look);
    const unacknowledged = presses.filter((entry) => entry.acknowledgedAt === undefined).length;
    const late = performance.now() > end;
    if (!late && (unacknowledged > 0 || pending() > 0)) continue;
    const signals = await desk.all<RecordedSignal>('/signals?type=press');
    const unsorted = signals.filter((signal) => signal.incidentId === undefined).length;
    // What was kept beside the record while that was away comes into it afterwards.
    const recorded = new Set(signals.map(({ eventId }) => eventId));
    const missing = presses.filter(({ eventId, acknowledgedAt }) => acknowledgedAt !== undefined && !recorded.has(eventId)).length;
    const open = (await emergencies(desk, '?state=open,acknowledged,dispatched,arrived')).length;
    if (unacknowledged + missing + unsorted + open === 0) return [];
    if (late)
      return [
        `not settled within ${settleWithin / 1000} s: ${unacknowledged} presses not acknowledged, ${missing} not in the record, ${unsorted} not sorted, ${open} incidents not closed`,
      ];
  }
}

const emergencies = async (desk: OperatorDesk, narrow = ''): Promise<readonly RecordedIncident[]> =>
  (await desk.all<RecordedIncident>(`/incidents${narrow}`)).filter((incident) => incident.kind === 'emergency');

export async function readRecord(desk: OperatorDesk): Promise<Ledgers['record']> {
  const incidents = await emergencies(desk);
  const signals = await desk.all<RecordedSignal>('/signals?type=press');
  const orders = await desk.all<RecordedOrder>('/orders');
  const chains = await eachOf(incidents, 8, async ({ id }) => ({
    ...(await desk.ask<Omit<Chain, 'incidentId'>>('GET', `/incidents/${id}/chain`)),
    incidentId: id,
  }));
  return { incidents, signals, orders, chains };
}

export const lettersOf = ({ radios }: County): readonly LetterEntry[] =>
  radios.flatMap(({ unitId, orders }) =>
    orders.map((letter) => ({
      unitId,
      receivedAt: letter.receivedAt,
      outcome: letter.outcome,
      ...('order' in letter ? { orderId: letter.order.orderId, incidentId: letter.order.incidentId } : {}),
    })),
  );

export function measures({ presses, record, letters }: Ledgers) {
  const acknowledged = presses.flatMap(({ sentAt, acknowledgedAt }) => (acknowledgedAt === undefined ? [] : [acknowledgedAt - sentAt]));
  const firstLetter = new Map<string, number>();
  for (const { incidentId = '', receivedAt } of letters)
    firstLetter.set(incidentId, Math.min(receivedAt, firstLetter.get(incidentId) ?? receivedAt));
  const opening = new Map<string, number>();
  const sentAt = new Map(presses.map((entry) => [entry.eventId, entry.sentAt]));
  for (const { incidentId = '', eventId = '' } of record.signals) {
    const at = sentAt.get(eventId);
    if (at !== undefined) opening.set(incidentId, Math.min(at, opening.get(incidentId) ?? at));
  }
  const toOrder = [...firstLetter].flatMap(([incidentId, receivedAt]) => {
    const at = opening.get(incidentId);
    return at === undefined ? [] : [receivedAt - at];
  });
  const arrivals = letters.map((letter) => letter.receivedAt).sort((a, b) => a - b);
  const longestGap = arrivals.reduce((longest, at, index) => Math.max(longest, at - (arrivals[index - 1] ?? presses[0]?.sentAt ?? at)), 0);
  const counts = {
    presses: presses.length,
    acknowledged: acknowledged.length,
    signals: record.signals.length,
    incidents: record.incidents.length,
    orders: record.orders.length,
    letters: letters.length,
  };
  return { counts, acknowledge: figuresOf(acknowledged), order: figuresOf(toOrder), longestGap };
}
