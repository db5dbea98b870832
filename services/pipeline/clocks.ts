import type { Job } from '../ports.ts';
import { disarmOrder, incidentOfOrder } from '../store/orders.ts';
import { loadCase, perform } from './case.ts';
import type { PipelineDeps } from './stages.ts';
import { writeCase } from './write.ts';

/** An incident's clock ran out. Asked again for a clock that was answered meanwhile, it does nothing. */
export async function incidentClock(deps: PipelineDeps, id: string): Promise<readonly Job[]> {
  return deps.store.urgent.transaction().execute(async (db) => {
    const now = deps.clock.now();
    const work = await loadCase(db, deps, id, now);
    const running = work?.stored.incident.clock;
    if (!work || !running || running.dueAt > now) return [];
    perform(work, deps, { type: 'level-due', clock: running.name, level: running.level, dueAt: running.dueAt }, now);
    return writeCase(db, deps, work, now);
  });
}

/** An order's clock, or the time it is good for, ran out. */
export async function orderClock(deps: PipelineDeps, id: string): Promise<readonly Job[]> {
  return deps.store.urgent.transaction().execute(async (db) => {
    const now = deps.clock.now();
    const incidentId = await incidentOfOrder(db, id);
    const work = incidentId === undefined ? undefined : await loadCase(db, deps, incidentId, now);
    const order = work?.orders.find((held) => held.id === id);
    if (!work || !order?.live) return [];
    const expired = order.expiresAt <= now;
    const dueAt = expired ? order.expiresAt : order.clock?.dueAt;
    if (dueAt === undefined || dueAt > now) return [];
    const clock = expired ? 'expires' : (order.clock?.name ?? 'delivered');
    const bearersLeft = Math.max(0, deps.register.bearersOf(order.unitId).length - 1 - order.bearer);
    perform(work, deps, { type: 'order-due', orderId: id, unitId: order.unitId, state: order.state, clock, bearersLeft, dueAt }, now);
    await disarmOrder(db, id);
    return work.entries.length > 0 ? writeCase(db, deps, work, now) : [];
  });
}
