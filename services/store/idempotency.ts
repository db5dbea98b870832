import type { Duration, Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** Requests that named themselves, and what they were answered, so that a repetition is answered the same and done once. */

export interface IdempotentRequest {
  readonly actor: string;
  /** Digest of the client's key: the key itself opens the stored answer and is not kept. */
  readonly key: string;
  readonly route: string;
  readonly bodyHash: string;
}

export type Claim =
  | { readonly outcome: 'mine' }
  | { readonly outcome: 'answered'; readonly status: number; readonly sealed: string }
  | { readonly outcome: 'other-request' }
  | { readonly outcome: 'running' };

/** How long answers are kept, and after how long a claim without one belongs to a process that died. */
export interface ClaimTimes {
  readonly now: Instant;
  readonly keep: Duration;
  readonly abandoned: Duration;
}

/** Claims the request for the caller, or tells what became of the one that claimed it before. */
export async function claimRequest(db: Db, request: IdempotentRequest, times: ClaimTimes): Promise<Claim> {
  const fresh = { route: request.route, body_hash: request.bodyHash, status: null, answer: null, created_at: new Date(times.now) };
  const mine = await db
    .insertInto('idempotency')
    .values({ actor: request.actor, key: request.key, ...fresh })
    .onConflict((conflict) =>
      conflict
        .columns(['actor', 'key'])
        .doUpdateSet(fresh)
        .where((is) =>
          is.or([
            is('idempotency.created_at', '<=', new Date(times.now - times.keep)),
            is.and([
              is('idempotency.status', 'is', null),
              is('idempotency.created_at', '<=', new Date(times.now - times.abandoned)),
              is('idempotency.body_hash', '=', request.bodyHash),
            ]),
          ]),
        ),
    )
    .returning('key')
    .executeTakeFirst();
  return mine ? { outcome: 'mine' } : standing(db, request);
}

async function standing(db: Db, request: IdempotentRequest): Promise<Claim> {
  const row = await db
    .selectFrom('idempotency')
    .selectAll()
    .where('actor', '=', request.actor)
    .where('key', '=', request.key)
    .executeTakeFirst();
  // Gone between the two statements: its owner failed and let go; the client's next try will claim it.
  if (!row) return { outcome: 'running' };
  if (row.route !== request.route || row.body_hash !== request.bodyHash) return { outcome: 'other-request' };
  if (row.status === null || typeof row.answer !== 'string') return { outcome: 'running' };
  return { outcome: 'answered', status: row.status, sealed: row.answer };
}

type Name = Pick<IdempotentRequest, 'actor' | 'key'>;

export async function answerRequest(db: Db, request: Name, answer: { status: number; sealed: string }): Promise<void> {
  await db
    .updateTable('idempotency')
    .set({ status: answer.status, answer: JSON.stringify(answer.sealed) })
    .where('actor', '=', request.actor)
    .where('key', '=', request.key)
    .execute();
}

/** Lets go of a claim whose request was not carried out, so that the same key may try again. */
export async function releaseRequest(db: Db, request: Name): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('actor', '=', request.actor)
    .where('key', '=', request.key)
    .where('status', 'is', null)
    .execute();
}

export async function purgeRequests(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('idempotency').where('created_at', '<=', new Date(before)).execute();
}
