import { type Effect, policyFor } from '../../services/alarm/index.ts';
import type { Case } from '../../services/pipeline/case.ts';
import { movesOf, owesReceipt } from '../../services/pipeline/write.ts';
import { checkDecision } from './checks.ts';
import type { OrderRow } from './record.ts';
import { newId, type Sim, type Task, Violation } from './sim.ts';

/**
 * Stores what the rules said of some incidents, all of it or nothing, and leaves the tasks that follow from it in memory.
 * @param sorted signals that were decided about, and the incident that each belongs to
 * @param lasting false where the commit does not wait for the disk by itself
 */
export function writeCases(
  sim: Sim,
  works: readonly Case[],
  sorted: readonly { readonly id: string; readonly incidentId: string | undefined }[] = [],
  lasting = false,
): void {
  const decisions = works.filter((work) => work.entries.length > 0);
  const before = decisions.map((work) => sim.record.incidents.get(work.stored.incident.id));
  const tasks = decisions.flatMap((work) => writeCase(sim, work));
  for (const { id, incidentId } of sorted)
    sim.record.signals.change(id, { sorted: true, ...(incidentId === undefined ? {} : { incidentId }) });
  if (lasting || tasks.some((task) => task.type === 'order')) sim.record.flush();
  for (const [index, work] of decisions.entries()) checkDecision(sim, work, before[index]);
  sim.tasks.push(...tasks);
}

function writeCase(sim: Sim, work: Case): readonly Task[] {
  const { record } = sim;
  const { incident } = work.stored;
  const known = record.incidents.get(incident.id);
  const owed = owesReceipt(work, sim.world.register);
  const timeline = [...(known?.timeline ?? []), ...work.entries];
  record.incidents.put(incident.id, { stored: work.stored, receiptDue: owed || known?.receiptDue === true, timeline });
  const tasks: Task[] = [];
  for (const effect of work.effects) if (effect.type === 'order') tasks.push(giveOrder(sim, work, effect));
  for (const move of movesOf(work, sim.now)) moveOrder(sim, move);
  for (const effect of work.effects) if (effect.type === 'next-bearer') tasks.push(passOn(sim, work, effect.orderId));
  if (!work.isNew && incident.state === 'closed') releaseOrders(sim, incident.id);
  if (owed) tasks.push({ type: 'receipt', id: incident.id });
  return tasks;
}

function giveOrder(sim: Sim, { stored: { incident } }: Case, effect: Extract<Effect, { type: 'order' }>): Task {
  const { record, now, world, sendsWithin } = sim;
  // The record holds one order for each cause: a second one would fail the decision again and again.
  if (record.ordersOf(incident.id).some(({ cause }) => cause === effect.cause))
    throw new Violation('P3 a cause gives one order', `incident ${incident.number} would get a second one of ${effect.cause}`);
  const { kind, priority, exercise } = incident;
  const site = incident.siteId === undefined ? undefined : world.register.site(incident.siteId);
  const { expires, delivered } = policyFor(world.rules, incident, site?.kind).order;
  const id = newId(sim, 'o');
  const lease = sendsWithin === undefined ? undefined : { lease: newId(sim, 'lease'), leaseUntil: now + sendsWithin };
  const order: OrderRow = {
    ...{ id, incidentId: incident.id, unitId: effect.choice.unitId, automatic: effect.automatic, kind, priority, exercise },
    ...{ text: '', state: 'queued', bearer: 0, live: true, cause: effect.cause, issuedAt: now, expiresAt: now + expires },
    clock: { name: 'delivered', dueAt: now + delivered },
    armedAt: now,
    sendAt: now,
    attempts: lease ? 1 : 0,
    ...lease,
  };
  record.give(order);
  return { type: 'order', id, ...(lease ? { lease: lease.lease, until: lease.leaseUntil } : {}) };
}

/** As `moving` does it in the record. */
function moveOrder({ record, now }: Sim, { id, state, live, moved, clock }: ReturnType<typeof movesOf>[number]): void {
  const row = record.orders.get(id);
  if (!row) return;
  const { clock: running, armedAt, sendAt, ...rest } = row;
  const timed =
    clock === 'kept'
      ? { ...(running ? { clock: running } : {}), ...(armedAt === undefined ? {} : { armedAt }) }
      : clock === 'ended'
        ? {}
        : { clock, armedAt: now };
  const due = sendAt === undefined || (moved && state !== 'queued') ? {} : { sendAt };
  record.orders.put(id, { ...rest, state, live: moved ? live : row.live, ...timed, ...due });
}

function passOn(sim: Sim, work: Case, id: string): Task {
  const { record, now, world } = sim;
  const row = record.orders.get(id);
  if (row) {
    const { lease: _lease, leaseUntil: _until, ...rest } = row;
    const { incident } = work.stored;
    const site = incident.siteId === undefined ? undefined : world.register.site(incident.siteId);
    const dueAt = now + policyFor(world.rules, incident, site?.kind).order.delivered;
    record.orders.put(id, { ...rest, bearer: row.bearer + 1, sendAt: now, attempts: 0, clock: { name: 'delivered', dueAt }, armedAt: now });
  }
  return { type: 'order', id };
}

function releaseOrders({ record }: Sim, incidentId: string): void {
  for (const row of record.ordersOf(incidentId)) {
    if (!row.live) continue;
    const { clock: _clock, armedAt: _armed, sendAt: _due, ...rest } = row;
    record.orders.put(row.id, { ...rest, live: false });
  }
}
