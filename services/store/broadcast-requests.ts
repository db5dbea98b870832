import { type Instant, rfc3339 } from '../alarm/index.ts';
import { audit } from './audit.ts';
import type { NewBroadcast } from './broadcasts.ts';
import type { Db } from './connect.ts';
import { putEvents } from './events.ts';
import { storable } from './rows.ts';
import type { Row } from './tables.ts';

/** Broadcasts that wait for a second person. None of them can be played: the broadcast itself is written at the consent. */

export const requestStates = ['awaiting-consent', 'consented', 'refused', 'lapsed'] as const;
export type RequestState = (typeof requestStates)[number];

/** A broadcast without its clocks, which begin at the consent. */
export type PlannedBroadcast = Omit<NewBroadcast, 'issuedAt' | 'expiresAt'>;

export interface BroadcastRequest {
  readonly state: RequestState;
  /** The request's own id is the broadcast's. */
  readonly broadcast: PlannedBroadcast;
  readonly siteIds: readonly string[];
  /** User name of the person who asked, or who made the API key that did. */
  readonly owner: string;
  readonly askedAt: Instant;
  readonly until: Instant;
  readonly decidedAt?: Instant;
  readonly decidedBy?: string;
  readonly reason?: string;
}

export interface Decision {
  readonly state: Exclude<RequestState, 'awaiting-consent'>;
  readonly by: string;
  readonly at: Instant;
  readonly reason?: string;
}

/** Writes the request, its news and its line of the audit trail; the caller's transaction makes them one. */
export async function insertRequest(db: Db, request: BroadcastRequest): Promise<void> {
  const { broadcast, siteIds, owner, askedAt, until, state } = request;
  const { id, requestedBy } = broadcast;
  await db
    .insertInto('broadcast_requests')
    .values({
      ...{ id, state, owner, broadcast: storable(broadcast), site_ids: [...siteIds] },
      ...{ asked_at: new Date(askedAt), until: new Date(until) },
    })
    .execute();
  const data = { broadcastId: id, by: requestedBy, until: rfc3339(until), siteIds, ...toldOf(broadcast) };
  await putEvents(db, [{ type: 'baiying.broadcast.awaiting-consent.v1', subject: `broadcasts/${id}`, at: askedAt, data }]);
  const noted = { siteIds, owner, ...toldOf(broadcast) };
  await audit(db, { at: askedAt, by: requestedBy, act: 'broadcast.asked-for', subject: `broadcasts:${id}`, data: noted });
}

const toldOf = ({ deviceIds, incidentId, text, lang, live }: PlannedBroadcast) => ({
  ...{ deviceIds, lang, live },
  ...(incidentId === undefined ? {} : { incidentId }),
  ...(text === undefined ? {} : { text }),
});

/**
 * Ends the waiting, once: with the news and the line of the audit trail, last in the caller's transaction.
 * @returns false when it was ended before
 */
export async function decideRequest(db: Db, id: string, decision: Decision): Promise<boolean> {
  const { state, by, at, reason } = decision;
  const ended = await db
    .updateTable('broadcast_requests')
    .set({ state, decided_at: new Date(at), decided_by: by, reason: reason ?? null })
    .where('id', '=', id)
    .where('state', '=', 'awaiting-consent')
    .returning('owner')
    .executeTakeFirst();
  if (!ended) return false;
  const why = reason === undefined ? {} : { reason };
  const event = { broadcastId: id, by, ...why };
  await putEvents(db, [{ type: `baiying.broadcast.${state}.v1`, subject: `broadcasts/${id}`, at, data: event }]);
  await audit(db, { at, by, act: `broadcast.${state}`, subject: `broadcasts:${id}`, data: { askedBy: ended.owner, ...why } });
  return true;
}

/** Gives up what nobody consented to in time; how many. */
export async function lapseRequests(db: Db, now: Instant, limit: number): Promise<number> {
  const due = await db
    .selectFrom('broadcast_requests')
    .select('id')
    .where('state', '=', 'awaiting-consent')
    .where('until', '<=', new Date(now))
    .limit(limit)
    .execute();
  let lapsed = 0;
  for (const { id } of due) {
    const decision = { state: 'lapsed', by: 'baiying', at: now } as const;
    if (await db.transaction().execute((trx) => decideRequest(trx, id, decision))) lapsed += 1;
  }
  return lapsed;
}

export async function findRequest(db: Db, id: string): Promise<BroadcastRequest | undefined> {
  const row = await db.selectFrom('broadcast_requests').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toRequest(row);
}

/** Whether it still waits, held so until the transaction ends: of two who consent at once, the second finds it decided. */
export async function holdRequest(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('broadcast_requests').select('state').where('id', '=', id).forUpdate().executeTakeFirst();
  return row?.state === 'awaiting-consent';
}

/** Newest first, below the id `before`. */
export async function listRequests(
  db: Db,
  page: { readonly limit: number; readonly before?: string; readonly state?: RequestState },
): Promise<BroadcastRequest[]> {
  let query = db.selectFrom('broadcast_requests').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  if (page.state !== undefined) query = query.where('state', '=', page.state);
  return (await query.execute()).map(toRequest);
}

const toRequest = (row: Row<'broadcast_requests'>): BroadcastRequest => ({
  state: row.state as RequestState,
  // Written by insertRequest and by nobody else.
  broadcast: row.broadcast as unknown as PlannedBroadcast,
  siteIds: row.site_ids,
  owner: row.owner,
  askedAt: row.asked_at.getTime(),
  until: row.until.getTime(),
  ...(row.decided_at === null ? {} : { decidedAt: row.decided_at.getTime() }),
  ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
  ...(row.reason === null ? {} : { reason: row.reason }),
});
