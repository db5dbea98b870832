import { sql } from 'kysely';
import { broadcastsOf } from './broadcast-lists.ts';
import type { StoredBroadcast } from './broadcasts.ts';
import type { Db } from './connect.ts';
import { type FootageView, footageOf } from './footage-lists.ts';
import { findIncident, type IncidentView, listOrders, type OrderView, type RelatedView, relatedTo } from './incident-lists.ts';
import type { Row } from './tables.ts';
import type { Owed } from './tables-footage.ts';
import type { Chain } from './timeline.ts';

/** An incident as evidence: everything that belongs to it, as it stands in the record, none of it left out. */

export interface EvidenceView {
  readonly incident: IncidentView;
  /** How far the timeline reached. */
  readonly chain: Chain;
  readonly orders: readonly OrderView[];
  readonly broadcasts: readonly StoredBroadcast[];
  readonly related: readonly RelatedView[];
  readonly cameras: readonly CalledUp[];
  readonly footage: readonly FootageView[];
  /** What the timeline says was attached, whether or not the record still has it. */
  readonly attached: readonly Attached[];
}
/** A picture or a recording as the timeline names it. */
export interface Attached {
  readonly footageId: string;
  readonly cameraId: string;
  readonly what: 'still' | 'clip';
  readonly from?: string;
  readonly to?: string;
  readonly bytes?: number;
  readonly sha256?: string;
}
export interface CalledUp {
  readonly cameraId: string;
  readonly reason: string;
  readonly distance?: number;
  readonly preset?: string;
  readonly still: Owed;
  readonly clip: Owed;
}

/** More orders than any incident had. */
const mostOrders = 10_000;

/** What has few rows, as it was at one instant; undefined where there is no such incident. */
export async function evidenceOf(db: Db, id: string): Promise<EvidenceView | undefined> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const incident = await findIncident(trx, id);
      if (!incident) return undefined;
      const chain = await trx.selectFrom('incidents').select(['chain_length', 'chain_head']).where('id', '=', id).executeTakeFirstOrThrow();
      const orders = await listOrders(trx, { incidentId: id, limit: mostOrders });
      const { footage } = await footageOf(trx, id);
      return {
        incident,
        chain: { length: chain.chain_length, head: chain.chain_head },
        orders: orders.toReversed(),
        broadcasts: await broadcastsOf(trx, id),
        related: await relatedTo(trx, id),
        cameras: await camerasOf(trx, id),
        footage,
        attached: await attachedTo(trx, id),
      };
    });
}

async function camerasOf(db: Db, incidentId: string): Promise<CalledUp[]> {
  const rows = await db.selectFrom('incident_cameras').selectAll().where('incident_id', '=', incidentId).orderBy('place').execute();
  return rows.map(({ camera_id, reason, distance, preset, still, clip }) => ({
    cameraId: camera_id,
    reason,
    ...(distance === null ? {} : { distance }),
    ...(preset === null ? {} : { preset }),
    still,
    clip,
  }));
}

async function attachedTo(db: Db, incidentId: string): Promise<Attached[]> {
  const rows = await db
    .selectFrom('timeline')
    .select(['by', 'reason', 'data'])
    .where('incident_id', '=', incidentId)
    .where(sql<boolean>`data ->> 'footageId' is not null`)
    .orderBy('seq')
    .execute();
  return rows.map(({ by, reason, data }) => ({
    footageId: String(data['footageId']),
    cameraId: by ?? '',
    what: reason === 'clip-attached' ? 'clip' : 'still',
    ...(typeof data['from'] === 'string' ? { from: data['from'] } : {}),
    ...(typeof data['to'] === 'string' ? { to: data['to'] } : {}),
    ...(typeof data['bytes'] === 'number' ? { bytes: data['bytes'] } : {}),
    ...(typeof data['sha256'] === 'string' ? { sha256: data['sha256'] } : {}),
  }));
}

const inOneRead = 500;

/** The timeline as far as `upTo`, oldest first, each entry as it was hashed: absent is null. */
export async function* hashedEntries(db: Db, incidentId: string, upTo: number): AsyncGenerator<ReturnType<typeof hashedEntry>> {
  for (let after = 0; after < upTo; ) {
    const rows: Row<'timeline'>[] = await db
      .selectFrom('timeline')
      .selectAll()
      .where('incident_id', '=', incidentId)
      .where('seq', '>', after)
      .where('seq', '<=', upTo)
      .orderBy('seq')
      .limit(inOneRead)
      .execute();
    yield* rows.map(hashedEntry);
    if (rows.length < inOneRead) return;
    after = rows.at(-1)?.seq ?? upTo;
  }
}

const hashedEntry = ({ incident_id, seq, at, kind, text, reason, by, data, prev, hash }: Row<'timeline'>) => ({
  incidentId: incident_id,
  seq,
  at: at.toISOString(),
  kind,
  text,
  reason,
  by,
  data,
  prev,
  hash,
});

/** Every signal of the incident, oldest first, with the bytes of those that could not be read. */
export async function* allSignals(db: Db, incidentId: string): AsyncGenerator<ReturnType<typeof signalOf>> {
  for (let after: string | undefined; ; ) {
    let query = db.selectFrom('signals').selectAll().where('incident_id', '=', incidentId).orderBy('id').limit(inOneRead);
    if (after !== undefined) query = query.where('id', '>', after);
    const rows: Row<'signals'>[] = await query.execute();
    yield* rows.map(signalOf);
    after = rows.at(-1)?.id;
    if (rows.length < inOneRead) return;
  }
}

const signalOf = (row: Row<'signals'>) => ({
  id: row.id,
  deviceId: row.device_id,
  deviceKind: row.device_kind,
  type: row.type,
  grade: row.grade,
  active: row.active,
  eventId: row.event_id,
  at: row.at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  lastAt: row.last_at.toISOString(),
  count: row.count,
  exercise: row.exercise,
  via: row.via,
  data: row.data,
  ours: row.ours,
  raw: row.raw?.toString('base64') ?? null,
});
