import { saidByClock, saidByOrderClock } from '../alarm/index.ts';
import type { Job } from '../ports.ts';
import { disarmOrder } from '../store/orders.ts';
import { transact } from '../store/transact.ts';
import { bearersLeft, loadCase, perform } from './case.ts';
import type { PipelineDeps } from './stages.ts';
import { givesOrders, writeCases } from './write.ts';

const nothing = { value: [], writes: [] } as const;

/** An incident's clock ran out. Asked again for a clock that was answered meanwhile, it does nothing. */
export async function incidentClock(deps: PipelineDeps, id: string): Promise<readonly Job[]> {
  return transact(deps.store.urgent, async (db) => {
    const now = deps.clock.now();
    const work = await loadCase(db, deps, { incidentId: id }, now, 'units');
    const said = work && saidByClock(work.stored.incident, now);
    if (!said) return nothing;
    perform(work, deps, said, now);
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
    const said = order && saidByOrderClock(order, bearersLeft(deps, order), now);
    if (!work || !said) return nothing;
    perform(work, deps, said, now);
    const disarmed = disarmOrder(db, id);
    const { jobs, writes } = writeCases(db, deps, [work], now);
    return { value: jobs, writes: [disarmed, ...writes], lasting: givesOrders(jobs) };
  });
}
