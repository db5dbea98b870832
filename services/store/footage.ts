import { sql } from 'kysely';
import type { Duration, Incident, Instant, LinkedCamera, LinkReason } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { toIncident } from './incidents.ts';
import { insertRows } from './rows.ts';
import type { Row } from './tables.ts';

/** What is still to be had of one camera of an incident. */
export interface OwedCamera {
  readonly incidentId: string;
  readonly cameraId: string;
  readonly reason: LinkReason;
  readonly preset?: string;
  readonly still: boolean;
  readonly turn: boolean;
  readonly clip: boolean;
  /** The parts of the recording that are stored reach this far, and how many they are. */
  readonly clipUntil?: Instant;
  readonly parts: number;
  /** Pictures that are stored. */
  readonly stills: number;
}

/** A stored file of an incident, as it comes from the camera room. */
export interface FootagePiece {
  readonly id: string;
  readonly cameraId: string;
  readonly what: 'still' | 'clip';
  readonly part: number;
  /** Below the folder for footage. */
  readonly file: string;
  readonly mediaType: 'image/jpeg' | 'video/mp4';
  readonly codec?: string;
  readonly via?: string;
  readonly bytes: number;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly gaps: number;
  readonly keptUntil: Instant;
}

/** Incidents, and whether their cameras were looked for already. */
export async function incidentsToSee(db: Db, ids: readonly string[]): Promise<readonly { incident: Incident; linked: boolean }[]> {
  const rows = await db
    .selectFrom('incidents')
    .leftJoin('incident_footage', 'incident_footage.incident_id', 'incidents.id')
    .selectAll('incidents')
    .select('incident_footage.at as linked_at')
    .where('incidents.id', 'in', [...ids])
    .execute();
  return rows.map(({ linked_at, ...row }) => ({ incident: toIncident(row), linked: linked_at !== null }));
}

export async function isClosed(db: Db, incidentId: string): Promise<boolean> {
  const row = await db.selectFrom('incidents').select('state').where('id', '=', incidentId).executeTakeFirst();
  return row === undefined || row.state === 'closed';
}

/** Incidents of the span that nobody has looked for cameras for. @param without kinds that have none */
export async function leftUnlinked(
  db: Db,
  span: { readonly from: Instant; readonly to: Instant },
  without: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('incidents')
    .select('id')
    .where('opened_at', '>=', new Date(span.from))
    .where('opened_at', '<=', new Date(span.to))
    .where('kind', 'not in', [...without])
    .where((is) => is.not(is.exists(is.selectFrom('incident_footage').select('at').whereRef('incident_id', '=', 'incidents.id'))))
    .orderBy('opened_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Notes that the cameras of these incidents were looked for. @returns those of which it was not known before */
export async function noteLinked(db: Db, ids: readonly string[], now: Instant): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ incident_id: string }>`
    insert into incident_footage (incident_id, at) select id, ${new Date(now)} from unnest(${[...ids]}::uuid[]) as asked(id)
    on conflict do nothing returning incident_id`.execute(db);
  return new Set(rows.map((row) => row.incident_id));
}

/** @param gives what each camera can give at all */
export async function insertCameras(
  db: Db,
  incidentId: string,
  cameras: readonly (LinkedCamera & { readonly gives: { readonly still: boolean; readonly clip: boolean } })[],
  now: Instant,
): Promise<void> {
  const owed = (wanted: boolean) => (wanted ? 'owed' : 'none');
  await insertRows(
    db,
    'incident_cameras',
    cameras.map(({ cameraId, reason, distance, preset, turns, gives }, place) => ({
      incident_id: incidentId,
      camera_id: cameraId,
      place,
      reason,
      distance: distance ?? null,
      preset: preset ?? null,
      at: new Date(now),
      still: owed(gives.still),
      turn: owed(turns),
      clip: owed(gives.clip),
    })),
  );
}

const anythingOwed = sql<boolean>`(still = 'owed' or turn = 'owed' or clip = 'owed')`;

/**
 * Takes the cameras of an incident of which something is owed and which no process is at. A camera whose stream another
 * process holds is left to that one, which has its past, for `patience`.
 */
export async function claimCameras(
  db: Db,
  incidentId: string,
  claim: { readonly holder: string; readonly length: Duration; readonly patience: Duration },
  now: Instant,
): Promise<readonly OwedCamera[]> {
  const at = new Date(now);
  const { rows } = await sql<Row<'incident_cameras'> & { parts: number; stills: number }>`
    update incident_cameras c set holder = ${claim.holder}, holder_until = ${new Date(now + claim.length)}
    where incident_id = ${incidentId} and ${anythingOwed} and (holder_until is null or holder_until <= ${at})
      and (c.at <= ${new Date(now - claim.patience)} or not exists (
        select from holdings h where h.purpose = 'stream' and h.device_id = c.camera_id and h.holder <> ${claim.holder} and h.until > ${at}))
    returning *,
      (select count(*)::int from footage f where f.incident_id = c.incident_id and f.camera_id = c.camera_id and f.what = 'clip') as parts,
      (select count(*)::int from footage f where f.incident_id = c.incident_id and f.camera_id = c.camera_id and f.what = 'still') as stills`.execute(
    db,
  );
  return rows
    .toSorted((a, b) => a.place - b.place)
    .map((row) => ({
      incidentId,
      cameraId: row.camera_id,
      reason: row.reason as LinkReason,
      ...(row.preset === null ? {} : { preset: row.preset }),
      still: row.still === 'owed',
      turn: row.turn === 'owed',
      clip: row.clip === 'owed',
      ...(row.clip_until === null ? {} : { clipUntil: row.clip_until.getTime() }),
      parts: row.parts,
      stills: row.stills,
    }));
}

/** Lengthens a claim, or with `until` undefined lets go of it. */
export async function keepClaim(
  db: Db,
  { incidentId, cameraId }: Pick<OwedCamera, 'incidentId' | 'cameraId'>,
  holder: string,
  until: Instant | undefined,
): Promise<void> {
  await db
    .updateTable('incident_cameras')
    .set({ holder_until: until === undefined ? null : new Date(until) })
    .where('incident_id', '=', incidentId)
    .where('camera_id', '=', cameraId)
    .where('holder', '=', holder)
    .execute();
}

/** Incidents of whose cameras something is owed that no process is at. */
export async function leftOwed(db: Db, now: Instant, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('incident_cameras')
    .select('incident_id')
    .distinct()
    .where(anythingOwed)
    .where((is) => is.or([is('holder_until', 'is', null), is('holder_until', '<=', new Date(now))]))
    .limit(limit)
    .execute();
  return rows.map((row) => row.incident_id);
}

/** Settles what was owed. @returns whether it was */
export async function settleCamera(
  db: Db,
  incidentId: string,
  cameraId: string,
  what: 'still' | 'turn' | 'clip',
  as: 'done' | 'missing' | 'none',
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('incident_cameras')
    .set({ [what]: as })
    .where('incident_id', '=', incidentId)
    .where('camera_id', '=', cameraId)
    .where(what, '=', 'owed')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns false when that part is in the record already; its file is then not needed */
export async function insertPiece(db: Db, incidentId: string, piece: FootagePiece, now: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('footage')
    .values({
      id: piece.id,
      incident_id: incidentId,
      camera_id: piece.cameraId,
      what: piece.what,
      part: piece.part,
      file: piece.file,
      media_type: piece.mediaType,
      codec: piece.codec ?? null,
      via: piece.via ?? null,
      bytes: String(piece.bytes),
      sha256: piece.sha256,
      from_at: new Date(piece.from),
      to_at: new Date(piece.to),
      gaps: piece.gaps,
      stored_at: new Date(now),
      kept_until: new Date(piece.keptUntil),
    })
    .onConflict((already) => already.columns(['incident_id', 'camera_id', 'what', 'part']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  if (piece.what === 'clip') {
    await db
      .updateTable('incident_cameras')
      .set({ clip_until: new Date(piece.to) })
      .where('incident_id', '=', incidentId)
      .where('camera_id', '=', piece.cameraId)
      .execute();
  }
  return true;
}
