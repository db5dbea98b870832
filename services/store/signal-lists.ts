import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

/** A signal as lists show it: without its raw bytes and without what only the ear and the stages need. */
export type ListedSignal = Omit<Row<'signals'>, 'raw' | 'dedupe' | 'sorted_at' | 'lane'>;

const columns = [
  'id',
  'device_id',
  'device_kind',
  'type',
  'grade',
  'active',
  'event_id',
  'at',
  'received_at',
  'last_at',
  'count',
  'exercise',
  'data',
  'ours',
  'incident_id',
  'via',
] as const;

export interface SignalsWanted {
  readonly limit: number;
  readonly deviceId?: string | undefined;
  readonly type?: string | undefined;
  /** Received at or after this instant. */
  readonly since?: Date | undefined;
  readonly incidentId?: string | undefined;
  /** The last of the page before: the list goes on with what is older. */
  readonly before?: { readonly receivedAt: Date; readonly id: string } | undefined;
}

/** Signals, newest first. */
export async function listSignals(db: Db, { limit, deviceId, type, since, incidentId, before }: SignalsWanted): Promise<ListedSignal[]> {
  let query = db.selectFrom('signals').select(columns).orderBy('received_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (deviceId !== undefined) query = query.where('device_id', '=', deviceId);
  if (type !== undefined) query = query.where('type', '=', type);
  if (since !== undefined) query = query.where('received_at', '>=', since);
  if (incidentId !== undefined) query = query.where('incident_id', '=', incidentId);
  if (before !== undefined) query = query.where(sql<boolean>`(received_at, id) < (${before.receivedAt}::timestamptz, ${before.id}::uuid)`);
  return query.execute();
}

export async function getSignal(db: Db, id: string): Promise<ListedSignal | undefined> {
  return db.selectFrom('signals').select(columns).where('id', '=', id).executeTakeFirst();
}
