import type { IncidentInput, Signal } from '../alarm/index.ts';
import type { WriteDeps } from './write.ts';

/** What the desk is told when the call is taken in: whom the record did not see being sent. */
export function noteOfFirstOrders({ register, words }: Pick<WriteDeps, 'register' | 'words'>, { data }: Signal): readonly IncidentInput[] {
  const told: unknown = data['firstOrders'];
  if (!Array.isArray(told) || told.length === 0) return [];
  const names = told.map((id) => register.unit(String(id))?.name ?? String(id));
  return [{ type: 'noted', by: 'baiying', note: words.firstOrders(names) }];
}
