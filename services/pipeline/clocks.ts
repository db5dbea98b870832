import type { Job } from '../ports.ts';
import { disarmOrder } from '../store/orders.ts';
import { transact } from '../store/transact.ts';
import { loadCase, perform } from './case.ts';
import type { PipelineDeps } from './stages.ts';
import { givesOrders, writeCases } from './write.ts';

const nothing = { value: [], writes: [] } as const;

/** An incident's clock ran out. Asked again for a clock that was answered meanwhile, it does nothing. */
export async function incidentClock(deps: PipelineDeps, id: string): Promise<readonly Job[]> {
  return transact(deps.store.urgent, async (db) => {
    const now = deps.clock.now();
    const work = await loadCase(db, deps, { incidentId: id }, now, 'units');
    const running = work?.stored.incident.clock;
    if (!work || !running || running.dueAt > now) return nothing;
    perform(work, deps, { type: 'level-due', clock: running.name, level: running.level, dueAt: running.dueAt }, now);
    const { jobs, writes } = writeCases(db, deps, [work], now);
    return { value: jobs, writes, lasting: givesOrders(jobs) };
  });
}

/** An order's clock, or the time it is good for, ran out. */
export async function orderClock(deps: PipelineDeps, id: string): Promise<readonly Job[]> {
  return transact(deps.store.urgent, async (db) => {
    const now = deps.clock.now();
    const work = await loadCase(db, deps, { orderId: id }, now, 'units');
    const order = work?.orders.find((held) => held.id === id);
    if (!work || !order?.live) return nothing;
    const expired = order.expiresAt <= now;
    const dueAt = expired ? order.expiresAt : order.clock?.dueAt;
    if (dueAt === undefined || dueAt > now) return nothing;
    const clock = expired ? 'expires' : (order.clock?.name ?? 'delivered');
    const bearersLeft = Math.max(0, deps.register.bearersOf(order.unitId).length - 1 - order.bearer);
    perform(work, deps, { type: 'order-due', orderId: id, unitId: order.unitId, state: order.state, clock, bearersLeft, dueAt }, now);
    const disarmed = disarmOrder(db, id);
    const { jobs, writes } = writeCases(db, deps, [work], now);
    return { value: jobs, writes: [disarmed, ...writes], lasting: givesOrders(jobs) };
  });
}
