import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { AuditAct } from './audit-acts.ts';
import type { Db } from './connect.ts';
import type { Row } from './tables.ts';

/**
 * The audit trail: who did what privileged act to what, each row hashed over the one before. A row that is changed,
 * removed or put in later breaks the chain at its place; a cut tail shows by comparing the head with one noted before.
 */

export interface AuditEntry {
  readonly at: Instant;
  /** Name of the actor, or what stands for one, for example `set-up`. */
  readonly by: string;
  readonly act: AuditAct;
  /** What it was done to, for example `accounts:<id>`. */
  readonly subject: string;
  /** Details for the reader. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export type AuditVerdict =
  | { readonly ok: true; readonly length: number; readonly head?: { readonly seq: number; readonly hash: string } }
  | { readonly ok: false; readonly seq: number; readonly reason: 'missing-row' | 'broken-link' | 'changed-row' };

const chainLock = 0x6261_6964; // 'baid': the advisory lock that puts writers of the chain in line
const pageLength = 1000;

/**
 * Writes one entry at the chain's end. Inside a transaction the chain stays locked until that ends, so call it last.
 */
export async function audit(db: Db, entry: AuditEntry): Promise<void> {
  if (!db.isTransaction) return db.transaction().execute((trx) => append(trx, entry));
  return append(db, entry);
}

async function append(db: Db, entry: AuditEntry): Promise<void> {
  await sql`select pg_advisory_xact_lock(${chainLock})`.execute(db);
  const last = await db.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const at = new Date(entry.at);
  const link = { seq: Number(last?.seq ?? 0) + 1, at, by: entry.by, act: entry.act, subject: entry.subject, prev: last?.hash ?? '' };
  const data = canonical(entry.data ?? {});
  await db
    .insertInto('audit')
    .values({ ...link, seq: String(link.seq), data, hash: digest(link, data) })
    .execute();
}

type Link = {
  readonly seq: number;
  readonly at: Date;
  readonly by: string;
  readonly act: string;
  readonly subject: string;
  readonly prev: string;
};

function digest(link: Link, data: string): string {
  const text = JSON.stringify([link.prev, link.seq, link.at.toISOString(), link.by, link.act, link.subject, data]);
  return createHash('sha256').update(text).digest('hex');
}

/** JSON with sorted names: jsonb keeps values but not the order of names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Walks the whole chain and names the first row that does not hold. */
export async function verifyAudit(db: Db): Promise<AuditVerdict> {
  let seq = 0;
  let hash = '';
  for (;;) {
    const page = await db.selectFrom('audit').selectAll().where('seq', '>', String(seq)).orderBy('seq').limit(pageLength).execute();
    for (const row of page) {
      const reason = brokenBy(row, seq + 1, hash);
      if (reason) return { ok: false, seq: reason === 'missing-row' ? seq + 1 : Number(row.seq), reason };
      seq += 1;
      hash = row.hash;
    }
    if (page.length < pageLength) return { ok: true, length: seq, ...(seq > 0 && { head: { seq, hash } }) };
  }
}

function brokenBy(row: Row<'audit'>, seq: number, prev: string): 'missing-row' | 'broken-link' | 'changed-row' | undefined {
  if (Number(row.seq) !== seq) return 'missing-row';
  if (row.prev !== prev) return 'broken-link';
  const link = { seq, at: row.at, by: row.by, act: row.act, subject: row.subject, prev };
  return digest(link, canonical(row.data)) === row.hash ? undefined : 'changed-row';
}

export interface AuditSearch {
  /** Who did it, exactly. */
  readonly by?: string | undefined;
  /** What was done, as far as the act begins so: `account.` finds all of accounts. */
  readonly act?: string | undefined;
  /** What it was done to, as far as it begins so: `accounts:` or one of them. */
  readonly subject?: string | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** Entries that fit, newest first, below the sequence number `before`. */
export async function listAudit(
  db: Db,
  page: AuditSearch & { readonly limit: number; readonly before?: number | undefined },
): Promise<Row<'audit'>[]> {
  const { by, act, subject, since, until, before, limit } = page;
  let rows = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
  if (before !== undefined) rows = rows.where('seq', '<', String(before));
  if (by !== undefined) rows = rows.where('by', '=', by);
  if (act !== undefined) rows = rows.where(sql<boolean>`starts_with(act, ${act})`);
  if (subject !== undefined) rows = rows.where(sql<boolean>`starts_with(subject, ${subject})`);
  if (since !== undefined) rows = rows.where('at', '>=', new Date(since));
  if (until !== undefined) rows = rows.where('at', '<', new Date(until));
  return rows.execute();
}
