import { CompiledQuery } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** A letter that stays for a device that asks later. */
export interface Retained {
  readonly topic: string;
  readonly payload: string;
}

/** Keeps the last letter of each topic. */
export async function retain(db: Db, letters: readonly Retained[], now: Instant): Promise<void> {
  const last = new Map(letters.map(({ topic, payload }) => [topic, payload]));
  // In one order everywhere, so that two processes never wait for each other's rows.
  const topics = [...last.keys()].sort();
  await db.executeQuery(CompiledQuery.raw(retaining, [topics, topics.map((topic) => last.get(topic)), new Date(now)]));
}
const retaining = `insert into retained (topic, payload, at) select topic, payload, $3 from unnest($1::text[], $2::text[]) as letter(topic, payload)
  on conflict (topic) do update set payload = excluded.payload, at = excluded.at`;

/** The letters that stay at these topics, each in its place. */
export async function retainedAt(db: Db, topics: readonly string[]): Promise<readonly (string | undefined)[]> {
  const { rows } = await db.executeQuery(CompiledQuery.raw('select topic, payload from retained where topic = any($1)', [topics]));
  const payloads = new Map((rows as Retained[]).map(({ topic, payload }) => [topic, payload]));
  return topics.map((topic) => payloads.get(topic));
}

/** A letter for a device whose connection another process holds. */
export interface Mail {
  readonly id: string;
  readonly deviceId: string;
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  readonly brokerId: string;
}

export async function putMail(db: Db, mail: Mail, now: Instant, expiresAt: Instant): Promise<void> {
  await db
    .insertInto('mail')
    .values({
      id: mail.id,
      device_id: mail.deviceId,
      channel: mail.topic,
      payload: mail.payload,
      qos: mail.qos,
      retain: mail.retain,
      broker_id: mail.brokerId,
      created_at: new Date(now),
      expires_at: new Date(expiresAt),
    })
    .execute();
}

/** The letters that wait for this broker, oldest first; expired ones are left to be forgotten. */
export async function mailFor(db: Db, brokerId: string, now: Instant, limit: number): Promise<readonly Mail[]> {
  const rows = await db
    .selectFrom('mail')
    .selectAll()
    .where('broker_id', '=', brokerId)
    .where('outcome', 'is', null)
    .where('expires_at', '>', new Date(now))
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    deviceId: row.device_id,
    topic: row.channel,
    payload: row.payload,
    qos: row.qos === 1 ? 1 : 0,
    retain: row.retain,
    brokerId: row.broker_id,
  }));
}

/** Writes how a letter ended, once; false when it was answered or withdrawn before. */
export async function endMail(db: Db, id: string, outcome: string, now: Instant): Promise<boolean> {
  const result = await db
    .updateTable('mail')
    .set({ outcome, done_at: new Date(now) })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function outcomeOf(db: Db, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('mail').select('outcome').where('id', '=', id).executeTakeFirst();
  return row?.outcome ?? undefined;
}

export async function forgetMail(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('mail').where('created_at', '<', new Date(before)).execute();
}
