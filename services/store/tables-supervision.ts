import type { Generated } from 'kysely';
import type { Json } from './tables.ts';

/** Tables of what supervisors answer for: what a shift handed over, and the policies in force. */

export interface HandoversTable {
  id: string;
  state: string;
  collected_at: Date;
  items: Json<unknown[]>;
  left_out: Generated<number>;
  notes: Generated<string>;
  outgoing_id: string;
  outgoing: string;
  outgoing_signed_at: Date | null;
  incoming_id: string | null;
  incoming: string | null;
  incoming_signed_at: Date | null;
  hash: string | null;
}
export interface PoliciesTable {
  version: number;
  document: Json<unknown> | null;
  by: string;
  at: Date;
}
