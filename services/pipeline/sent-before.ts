import type { IncidentInput, Signal } from '../alarm/index.ts';
import type { WriteDeps } from './write.ts';

/** What the desk is told when the call is taken in: whom the record did not see being sent. */
export function noteOfFirstOrders({ register, words }: Pick<WriteDeps, 'register' | 'words'>, { ours }: Signal): readonly IncidentInput[] {
  const { firstOrders = [] } = ours ?? {};
  if (firstOrders.length === 0) return [];
  const names = firstOrders.map((id) => register.unit(id)?.name ?? id);
  return [{ type: 'noted', by: 'baiying', note: words.firstOrders(names) }];
}
