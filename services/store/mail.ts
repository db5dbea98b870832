import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** Keeps the last letter of a topic for a device that asks later. */
export async function retain(db: Db, topic: string, payload: string, now: Instant): Promise<void> {
  await db
    .insertInto('retained')
    .values({ topic, payload, at: new Date(now) })
    .onConflict((already) =>
      already.column('topic').doUpdateSet((row) => ({ payload: row.ref('excluded.payload'), at: row.ref('excluded.at') })),
    )
    .execute();
}

export async function retainedAt(db: Db, topic: string): Promise<string | undefined> {
  const row = await db.selectFrom('retained').select('payload').where('topic', '=', topic).executeTakeFirst();
  return row?.payload;
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
