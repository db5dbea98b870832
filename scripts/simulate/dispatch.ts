import { decideIncidentClock, decideOrderClock, decideProgress, decideSignal, decideUndeliverable, endClaim } from './decide.ts';
import { newId, type Sim, type Task, Violation } from './sim.ts';
import { leaseLength, tryAgainAfter } from './sweep.ts';

/** What does the tasks: decisions, and what carries orders and receipts out. */

/** @param together tasks of the same kind that are decided about in one transaction, where the product gathers them */
export function carryOut(sim: Sim, task: Task, together: readonly Task[]): void {
  switch (task.type) {
    case 'signal':
      return decideSignal(sim, task.id);
    case 'answer':
    case 'sent': {
      const all = [task, ...together];
      const sent = all.flatMap((one) => (one.type === 'sent' ? [one] : []));
      const answered = all.flatMap((one) => (one.type === 'answer' ? [one.id] : []));
      const later = decideProgress(sim, sent, [...new Set(answered)]);
      return void sim.tasks.push(...later.map((id) => ({ type: 'answer', id }) as const));
    }
    case 'incident-clock':
      return decideIncidentClock(sim, task.id);
    case 'order-clock':
      return decideOrderClock(sim, task.id);
    case 'receipt':
      return tellKey(sim, task.id);
    case 'order':
      return takeOrder(sim, task);
    case 'hand-over':
      return handOver(sim, task);
    case 'undeliverable':
      return decideUndeliverable(sim, task.id, task.final);
    default:
      return task satisfies never;
  }
}

function takeOrder(sim: Sim, { id, lease, until }: Extract<Task, { type: 'order' }>): void {
  const { record, now } = sim;
  const row = record.orders.get(id);
  if (!row) return;
  if (lease !== undefined && until !== undefined && until > now) {
    sim.tasks.push({ type: 'hand-over', id, lease, bearer: 0, attempts: 1 });
    return;
  }
  const held = row.leaseUntil !== undefined && row.leaseUntil > now;
  if (!row.live || row.sendAt === undefined || row.sendAt > now || row.expiresAt <= now || held) return;
  const own = newId(sim, 'lease');
  record.orders.change(id, { lease: own, leaseUntil: now + leaseLength, attempts: row.attempts + 1 });
  sim.tasks.push({ type: 'hand-over', id, lease: own, bearer: row.bearer, attempts: row.attempts + 1 });
}

/** A letter may arrive though the process dies before it can say so. */
function handOver(sim: Sim, { id, lease, bearer, attempts }: Extract<Task, { type: 'hand-over' }>): void {
  const { record, now } = sim;
  const row = record.orders.get(id);
  if (!row) throw new Violation('P1 nothing leaves before it is on disk', `order ${id} is sent, and the record has forgotten it`);
  const device = sim.world.register.bearersOf(row.unitId)[bearer];
  const radio = device && sim.radios.get(device.id);
  if (radio?.reachable) {
    radio.letters.set(id, (radio.letters.get(id) ?? 0) + 1);
    sim.tasks.push({ type: 'sent', id, lease });
    return;
  }
  const final = radio === undefined;
  if (!endClaim(sim, id, lease, final ? undefined : now + tryAgainAfter)) return;
  if (attempts > 1 && !final) return;
  sim.tasks.push({ type: 'undeliverable', id, final });
}

function tellKey(sim: Sim, id: string): void {
  const row = sim.record.incidents.get(id);
  if (!row?.receiptDue) return;
  sim.record.incidents.change(id, { receiptDue: false });
  sim.record.flush();
  const { silent, deviceId, state } = row.stored.incident;
  if (silent || deviceId === undefined) return;
  if (underDuress(sim, deviceId)) return;
  sim.lamps.set(deviceId, [...(sim.lamps.get(deviceId) ?? []), { incidentId: id, state }]);
}

/** Nothing shows at a key while a call under threat is open there, whatever else is told of it. */
const underDuress = ({ record }: Sim, deviceId: string): boolean =>
  [...record.incidents.values()].some(
    ({ stored: { incident } }) => incident.deviceId === deviceId && incident.silent && !incident.exercise && incident.state !== 'closed',
  );

/** A radio that is heard again gets what it may not have got. */
export function reachable(sim: Sim, deviceId: string): void {
  const { record, now, world } = sim;
  for (const row of [...record.orders.values()]) {
    const waits = row.live && (row.state === 'queued' || row.state === 'sent') && row.expiresAt > now;
    if (!waits || world.register.bearersOf(row.unitId)[row.bearer]?.id !== deviceId) continue;
    const { lease: _lease, leaseUntil: _until, ...rest } = row;
    record.orders.put(row.id, { ...rest, sendAt: now });
    sim.tasks.push({ type: 'order', id: row.id });
  }
}
