import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** Which phones have a page open, in any process: what a phone's presence is made from. */

export interface PhonePage {
  readonly id: string;
  readonly deviceId: string;
}

/** Writes that these pages are open until then. Those of a phone that was removed from the register are left out. */
export async function putPages(db: Db, pages: readonly PhonePage[], until: Instant): Promise<void> {
  if (pages.length === 0) return;
  await sql`
    insert into phone_pages (id, device_id, until)
    select p.id, p."deviceId", ${new Date(until)}
    from jsonb_to_recordset(${JSON.stringify(pages)}::jsonb) as p(id uuid, "deviceId" text)
    join devices d on d.id = p."deviceId"
    on conflict (id) do update set until = excluded.until`.execute(db);
}

export async function removePage(db: Db, id: string): Promise<void> {
  await db.deleteFrom('phone_pages').where('id', '=', id).execute();
}

/** Removes the pages that nobody holds any more; the phones they were on. */
export async function takeLapsedPages(db: Db, now: Instant): Promise<readonly string[]> {
  const rows = await db.deleteFrom('phone_pages').where('until', '<=', new Date(now)).returning('device_id').execute();
  return [...new Set(rows.map((row) => row.device_id))];
}

export async function pageIsOpen(db: Db, deviceId: string, now: Instant): Promise<boolean> {
  const page = db.selectFrom('phone_pages').select('id').where('device_id', '=', deviceId).where('until', '>', new Date(now)).limit(1);
  return (await page.executeTakeFirst()) !== undefined;
}

/** Writes whether these phones are reached: online while any page of theirs is open. Asked anew each time, so that the order of two askers does not matter for long. */
export async function putPagePresence(db: Db, deviceIds: readonly string[], now: Instant): Promise<void> {
  if (deviceIds.length === 0) return;
  const at = new Date(now);
  await sql`
    insert into presence (device_id, state, since)
    select d.id, case when exists (select 1 from phone_pages p where p.device_id = d.id and p.until > ${at}) then 'online' else 'offline' end, ${at}
    from devices d where d.id = any(${deviceIds}::text[])
    on conflict (device_id) do update set state = excluded.state, since = excluded.since
    where presence.state <> excluded.state`.execute(db);
}

/** Nobody waits for word from the phone of a unit that went off duty. */
export async function forgetHeard(db: Db, deviceId: string): Promise<void> {
  await db.updateTable('presence').set({ last_seen_at: null, silent_since: null }).where('device_id', '=', deviceId).execute();
}
