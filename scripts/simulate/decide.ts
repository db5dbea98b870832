import {
  answers,
  type Correlation,
  correlate,
  isPanic,
  type OpenIncident,
  type Opens,
  opening,
  type Signal,
  type Sorting,
  saidByClock,
  saidByJoining,
  saidByOpening,
  saidByOrderClock,
  saidToNeighbour,
  sort,
} from '../../services/alarm/index.ts';
import { bearersLeft, type Case, count } from '../../services/pipeline/case.ts';
import { around, loadCase, newCase, newId, put, type Sim } from './sim.ts';
import { shipped } from './world.ts';
import { writeCases } from './write.ts';

/** The decisions of the pipeline, on the model of the record: the same rules are asked in the same order. */

export function decideSignal(sim: Sim, id: string): void {
  const row = sim.record.signals.get(id);
  if (!row || row.sorted) return;
  const { signal } = row;
  const sorting = sort(signal, shipped.sorting);
  const cases = sorting.role === 'opens' || sorting.role === 'informs' ? placed(sim, signal, sorting) : [];
  writeCases(sim, cases, [{ id, incidentId: cases[0]?.stored.incident.id }]);
}

function placed(sim: Sim, signal: Signal, sorting: Extract<Sorting, { role: 'opens' | 'informs' }>): readonly Case[] {
  const siteId = sim.world.devices.get(signal.deviceId)?.siteId;
  const correlation = correlate(signal, siteId, sorting, openAround(sim, siteId, signal.deviceId), sim.now, shipped.sorting);
  if (correlation.outcome === 'opens' && sorting.role === 'opens') return open(sim, signal, siteId, sorting, correlation);
  if (correlation.outcome !== 'joins') return [];
  const joined = loadCase(sim, correlation.incidentId, correlation.raises ? 'units' : 'no-units');
  if (!joined) return [];
  count(joined, sim.now);
  for (const said of saidByJoining(signal, sorting, correlation, joined.stored.incident.kind)) put(sim, joined, said);
  return [joined];
}

function open(
  sim: Sim,
  signal: Signal,
  siteId: string | undefined,
  sorting: Opens,
  correlation: Extract<Correlation, { outcome: 'opens' }>,
): readonly Case[] {
  const device = sim.world.devices.get(signal.deviceId);
  const where = { ...(device ? sim.world.placeOf(device) : {}), ...(siteId === undefined ? {} : { siteId }) };
  const kind = signal.exercise && isPanic(sorting.kind) && signal.data['walk-test'] === true ? 'walk-test' : sorting.kind;
  const opened = newCase(sim, opening(signal, sorting, kind, where, { id: newId(sim, 'i'), now: sim.now }));
  count(opened, sim.now);
  for (const said of saidByOpening(signal, sorting, correlation)) put(sim, opened, said);
  const cases = [opened];
  for (const link of correlation.links) {
    const neighbour = loadCase(sim, link.incidentId, 'no-units');
    if (!neighbour) continue;
    cases.push(neighbour);
    for (const said of saidToNeighbour(signal, link, opened.stored.incident)) put(sim, neighbour, said);
  }
  return cases;
}

/** Newest first, as the record lists them. */
function openAround({ record }: Sim, siteId: string | undefined, deviceId: string): readonly OpenIncident[] {
  const rows = [...record.incidents.values()].filter(
    ({ stored: { incident } }) =>
      incident.state !== 'closed' && (incident.deviceId === deviceId || (siteId !== undefined && incident.siteId === siteId)),
  );
  return rows
    .map(({ stored }): OpenIncident => ({ ...stored.incident, lastSignalAt: stored.lastSignalAt }))
    .sort((a, b) => b.number - a.number);
}

export function decideIncidentClock(sim: Sim, id: string): void {
  const work = loadCase(sim, id, 'units');
  const said = work && saidByClock(work.stored.incident, sim.now);
  if (!said) return;
  put(sim, work, said);
  writeCases(sim, [work]);
}

export function decideOrderClock(sim: Sim, id: string): void {
  const order = sim.record.orders.get(id);
  const work = order && loadCase(sim, order.incidentId, 'units');
  const said = order && saidByOrderClock(order, bearersLeft(sim.deps, order), sim.now);
  if (!work || !said) return;
  put(sim, work, said);
  const { clock: _clock, armedAt: _armed, ...rest } = order;
  sim.record.orders.put(id, rest);
  writeCases(sim, [work]);
}

/** Orders that left and reports of radios, all that came within a moment in one decision; what must wait for the next one. */
export function decideProgress(
  sim: Sim,
  sent: readonly { readonly id: string; readonly lease: string }[],
  signalIds: readonly string[],
): readonly string[] {
  const signals = signalIds.flatMap((id) => sim.record.signals.get(id) ?? []).filter(({ sorted }) => !sorted);
  const cases = new Map<string, Case>();
  const caseOf = (orderId: string): Case | undefined => {
    const incidentId = sim.record.orders.get(orderId)?.incidentId ?? '';
    const work = cases.get(incidentId) ?? loadCase(sim, incidentId, 'no-units');
    if (work) cases.set(incidentId, work);
    return work;
  };
  for (const { id, lease } of sent) {
    const work = caseOf(id);
    const order = work?.orders.find((held) => held.id === id);
    if (work && order && endClaim(sim, id, lease, undefined))
      put(sim, work, { type: 'order-sent', orderId: id, unitId: order.unitId, state: order.state });
  }
  const later: string[] = [];
  const sorted: { id: string; incidentId: string | undefined }[] = [];
  for (const { signal } of signals) {
    const work = caseOf(String(signal.data['orderId']));
    if (work && work.stored.incident.state !== work.was) later.push(signal.id);
    else sorted.push({ id: signal.id, incidentId: work && answer(sim, work, signal) ? work.stored.incident.id : undefined });
  }
  writeCases(sim, [...cases.values()], sorted);
  return later;
}

function answer(sim: Sim, work: Case, { data, deviceId, at, ours }: Signal): boolean {
  const orderId = String(data['orderId']);
  const said = answers.find((one) => one === data['state']);
  const order = work.orders.find((held) => held.id === orderId);
  if (!order || !said || !sim.world.register.bearersOf(order.unitId).some(({ id }) => id === deviceId)) return false;
  if (said === 'declined') work.surroundings = around(sim, work.stored.incident, 'units');
  const { unitId, state } = order;
  put(sim, work, { type: 'order-answered', orderId, unitId, state, answer: said, ...(ours?.late ? { saidAt: at } : {}) });
  return true;
}

/** False where the lease is no longer held. */
export function endClaim({ record }: Sim, id: string, lease: string, again: number | undefined): boolean {
  const row = record.orders.get(id);
  if (row?.lease !== lease) return false;
  const { lease: _lease, leaseUntil: _until, sendAt, ...rest } = row;
  record.orders.put(id, { ...rest, ...(again === undefined || sendAt === undefined ? {} : { sendAt: again }) });
  return true;
}

export function decideUndeliverable(sim: Sim, id: string, final: boolean): void {
  const order = sim.record.orders.get(id);
  const work = order && loadCase(sim, order.incidentId, 'units');
  if (!work || !order) return;
  const about = { orderId: id, unitId: order.unitId, state: order.state };
  put(sim, work, { type: 'order-undeliverable', ...about, bearersLeft: bearersLeft(sim.deps, order), final, why: 'no line' });
  writeCases(sim, [work]);
}
