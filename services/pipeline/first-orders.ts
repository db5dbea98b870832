import { type Incident, type Opens, opening, sort } from '../alarm/index.ts';
import type { FirstOrders, Speedy } from '../ports.ts';
import { incidentIdOf } from '../store/ids.ts';
import { asStored } from '../store/orders.ts';
import type { NewSignal } from '../store/signals.ts';
import { type Case, candidatesOf, perform, sceneOf, surroundings } from './case.ts';
import { type PipelineDeps, placeOf } from './stages.ts';
import { newOrders, owesReceipt } from './write.ts';

/**
 * Decides what a call leads to at once, by the same rules as ever, from what this process remembers of the register. Who
 * holds an order in the record cannot be known; who was sent here, is. Exercises wait: nobody runs for them.
 */
export function openFirstOrders(deps: PipelineDeps, speedy: Speedy): FirstOrders {
  const sent = new Set<string>();
  return {
    decide(signal) {
      const work = signal.exercise ? undefined : opened(deps, signal);
      if (!work) return undefined;
      const { incident } = work.stored;
      const { calls, called, clock } = deps;
      if (calls.has(incident, incident.priority)) {
        called.forget(incident.id);
        return undefined;
      }
      calls.stands(incident);
      const orders = newOrders(work, deps, clock.now()).map(asStored);
      sent.add(incident.id);
      return {
        unitIds: orders.map(({ unitId }) => unitId),
        send: () => {
          for (const order of orders) speedy.order(order);
          if (owesReceipt(work, deps.register)) speedy.receipt(incident);
        },
        withdraw: () => {
          calls.ends(incident);
          called.forget(incident.id);
        },
      };
    },
    async forget() {
      for (const incidentId of sent) deps.called.forget(incidentId);
      sent.clear();
      await deps.calls.load(deps.store.ear);
    },
  };
}

/** The incident as the call alone makes it; undefined for what opens none. */
function opened(deps: PipelineDeps, signal: NewSignal): Case | undefined {
  const sorting = sort(signal, deps.sorting());
  if (sorting.role !== 'opens') return undefined;
  const incident = incidentOf(deps, signal, sorting);
  const now = deps.clock.now();
  const around = surroundings(deps.register, incident, candidatesOf(deps.register, sceneOf(incident), [], now), new Map());
  const work: Case = {
    ...{ isNew: true, orders: [], surroundings: around, was: 'open', entries: [], effects: [] },
    stored: { incident, lastSignalAt: now, signalCount: 1, chain: { length: 0, head: '' } },
  };
  perform(work, deps, { type: 'opened', sorted: sorting.reason, placed: 'belongs-to-nothing-open', by: signal.deviceId }, now);
  return work;
}

function incidentOf(deps: PipelineDeps, signal: NewSignal, sorting: Opens): Incident {
  const device = deps.register.device(signal.deviceId);
  const site = device?.siteId === undefined ? undefined : deps.register.site(device.siteId);
  const where = { ...placeOf(deps, signal.deviceId, device, site), ...(site === undefined ? {} : { siteId: site.id }) };
  const born = opening(signal, sorting, sorting.kind, where, { id: incidentIdOf(signal), now: deps.clock.now() });
  // Numbers are the record's to give.
  return { ...born, number: 0 };
}
