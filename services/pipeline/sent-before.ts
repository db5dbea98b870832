import type { IncidentInput, Signal } from '../alarm/index.ts';
import { idFrom } from '../store/ids.ts';
import type { WriteDeps } from './write.ts';

/** What a call has in common before and after the record took it in (first-orders.ts). */

/** The incident that a signal opens, whoever decides about it and however often. */
export const incidentIdOf = ({ id }: Pick<Signal, 'id'>): string => idFrom(id, 'incident');

/** What the desk is told when the call is taken in: whom the record did not see being sent. */
export function noteOfFirstOrders({ register, words }: Pick<WriteDeps, 'register' | 'words'>, { data }: Signal): readonly IncidentInput[] {
  const told: unknown = data['firstOrders'];
  if (!Array.isArray(told) || told.length === 0) return [];
  const names = told.map((id) => register.unit(String(id))?.name ?? String(id));
  return [{ type: 'noted', by: 'baiying', note: words.firstOrders(names) }];
}
