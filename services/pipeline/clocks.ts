import { saidByClock, saidByOrderClock } from '../alarm/index.ts';
import { openGroup } from '../group.ts';
import type { Job } from '../ports.ts';
import { recordUnavailable } from '../store/connect.ts';
import { disarmOrder } from '../store/orders.ts';
import { transact } from '../store/transact.ts';
import { bearersLeft, loadCase, loadDue, perform } from './case.ts';
import type { PipelineDeps } from './stages.ts';
import { givesOrders, writeCases } from './write.ts';

const nothing = { value: [], writes: [] } as const;

/** Decided together at most: longer than this nobody's row should be held. */
const most = 64;

/**
 * Incidents' clocks that ran out. What is due in the same moment is decided together: after an outage that is every deadline of
 * the station, and the next press must find a connection. Asked again for a clock that was answered meanwhile, it does nothing;
 * what another decision holds is found again by the sweeper, if it is still due then.
 */
export function openIncidentClocks(deps: PipelineDeps, done: (jobs: readonly Job[]) => void): (incidentId: string) => Promise<void> {
  const group = openGroup<string, void>({
    name: 'incident clocks',
    most,
    soon: setImmediate,
    recordAway: recordUnavailable,
    log: deps.log,
    async write(ids) {
      done(await incidentClocks(deps, ids));
      return ids.map(() => undefined);
    },
  });
  return (id) => group.add(id);
}

function incidentClocks(deps: PipelineDeps, ids: readonly string[]): Promise<readonly Job[]> {
  return deps.called.deciding((cases) =>
    transact(deps.store.urgent, async (db) => {
      const now = deps.clock.now();
      cases.push(...(await loadDue(db, deps, ids, now)));
      if (cases.length === 0) return nothing;
      for (const work of cases) {
        const said = saidByClock(work.stored.incident, now);
        if (said) perform(work, deps, said, now);
      }
      const { jobs, writes } = writeCases(db, deps, cases, now);
      return { value: jobs, writes, lasting: givesOrders(jobs) };
    }),
  );
}

/** An order's clock, or the time it is good for, ran out. */
export async function orderClock(deps: PipelineDeps, id: string): Promise<readonly Job[]> {
  return deps.called.deciding((cases) =>
    transact(deps.store.urgent, async (db) => {
      const now = deps.clock.now();
      const work = await loadCase(db, deps, { orderId: id }, now, 'units');
      const order = work?.orders.find((held) => held.id === id);
      const said = order && saidByOrderClock(order, bearersLeft(deps, order), now);
      if (!work || !said) return nothing;
      cases.push(work);
      perform(work, deps, said, now);
      const disarmed = disarmOrder(db, id);
      const { jobs, writes } = writeCases(db, deps, cases, now);
      return { value: jobs, writes: [disarmed, ...writes], lasting: givesOrders(jobs) };
    }),
  );
}
