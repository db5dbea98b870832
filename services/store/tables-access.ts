import type { Generated } from 'kysely';
import type { Dated, Json } from './tables.ts';

/** Tables of who may come in, who is told outside, and what was done. */

export interface WebhooksTable {
  id: string;
  url: string;
  types: string[];
  secret: string;
  active: Generated<boolean>;
  created_at: Date;
  created_by: string;
  /** The secret before the last rotation, as sealed; it signs beside the new one until then. */
  former_secret: string | null;
  former_until: Date | null;
}
export interface WebhookDeliveriesTable {
  id: string;
  webhook_id: string;
  event_seq: string;
  event: Json<Record<string, unknown>>;
  state: string;
  attempts: Generated<number>;
  next_at: Date;
  last_status: number | null;
  last_error: string | null;
  created_at: Date;
  done_at: Date | null;
  lease_until: Date | null;
}
export interface AccountsTable extends Dated {
  id: string;
  username: string;
  password_hash: string;
  roles: string[];
  station_ids: string[];
  /** The unit that an officer moves with. */
  unit_id: string | null;
  active: Generated<boolean>;
  language: string | null;
  /** Who the person is at the issuer of identities. */
  identity: string | null;
}
export interface SignOnsTable {
  state_hash: string;
  nonce: string;
  verifier: string;
  redirect_uri: string;
  expires_at: Date;
}
export interface SessionsTable {
  token_hash: string;
  /** What lists show; the token's hash stays inside. */
  id: Generated<string>;
  account_id: string;
  created_at: Date;
  expires_at: Date;
  ip: Generated<string>;
  agent: Generated<string>;
  last_seen_at: Date | null;
  /** How the person proved who he is: `password` or `single-sign-on`. */
  through: Generated<string>;
}
export interface SecondFactorsTable {
  account_id: string;
  /** Sealed. */
  secret: string;
  created_at: Date;
  confirmed_at: Date | null;
  /** The latest step whose code was used, as a bigint. */
  last_step: Generated<string>;
}
export interface ResetLinksTable {
  token_hash: string;
  account_id: string;
  created_at: Date;
  created_by: string;
  expires_at: Date;
}
export interface ApiKeysTable {
  id: string;
  name: string;
  key_hash: string;
  roles: string[];
  scopes: string[];
  created_at: Date;
  created_by: string;
  expires_at: Date | null;
  last_used_at: Date | null;
}
export interface AuditTable {
  seq: string;
  at: Date;
  by: string;
  act: string;
  subject: string;
  data: Json<Record<string, unknown>>;
  prev: string;
  hash: string;
}
export interface IdempotencyTable {
  actor: string;
  key: string;
  route: string;
  body_hash: string;
  status: number | null;
  answer: Json<unknown> | null;
  created_at: Date;
}
