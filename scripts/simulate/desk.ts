import type { IncidentInput } from '../../services/alarm/index.ts';
import { loadCase, put, type Sim } from './sim.ts';
import { writeCases } from './write.ts';

/** What an operator does, as far as the desk lets it through to the rules. */
export function decideDesk(sim: Sim, incidentId: string, input: IncidentInput): void {
  const work = loadCase(sim, incidentId, input.type === 'units-ordered' ? { named: input.unitIds } : 'no-units');
  if (!work) return;
  const { state } = work.stored.incident;
  if (input.type === 'order-cancelled' ? !sim.record.orders.get(input.orderId)?.live : state === 'closed' && input.type !== 'noted') return;
  if (input.type === 'units-ordered' && input.unitIds.some((id) => sim.world.register.unit(id)?.status === 'off-duty')) return;
  put(sim, work, input);
  writeCases(sim, [work], [], true);
}
