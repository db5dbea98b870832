import { sql } from 'kysely';
import type { Duration, Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** What a process may hold a device for. */
export type Purpose = 'watch' | 'stream';

/**
 * Takes up to `most` devices that nobody holds, or whose holder let go, and lengthens the leases that `holder` has.
 * @param wanted every device that should be held by someone
 * @returns those of `wanted` that `holder` now holds
 */
export async function hold(
  db: Db,
  purpose: Purpose,
  holder: string,
  wanted: readonly string[],
  most: number,
  now: Instant,
  length: Duration,
): Promise<ReadonlySet<string>> {
  const at = new Date(now);
  const until = new Date(now + length);
  const { rows } = await sql<{ device_id: string }>`
    with free as (
      select w.id from unnest(${wanted}::text[]) as w(id)
      join devices d on d.id = w.id
      left join holdings h on h.purpose = ${purpose} and h.device_id = w.id
      where h.device_id is null or h.holder = ${holder} or h.until <= ${at}
      order by (h.holder = ${holder}) desc nulls last limit ${most})
    insert into holdings as held (purpose, device_id, holder, until)
    select ${purpose}, id, ${holder}, ${until} from free
    on conflict (purpose, device_id) do update set holder = excluded.holder, until = excluded.until
      where held.holder = excluded.holder or held.until <= ${at}
    returning device_id`.execute(db);
  return new Set(rows.map((row) => row.device_id));
}

/** Lets go of devices, so that another process need not wait for the end of the lease. */
export async function letGo(db: Db, purpose: Purpose, holder: string, deviceIds: readonly string[]): Promise<void> {
  if (deviceIds.length === 0) return;
  await db
    .deleteFrom('holdings')
    .where('purpose', '=', purpose)
    .where('holder', '=', holder)
    .where('device_id', 'in', [...deviceIds])
    .execute();
}

/** Who holds a device now. */
export async function holderOf(db: Db, purpose: Purpose, deviceId: string, now: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom('holdings')
    .select('holder')
    .where('purpose', '=', purpose)
    .where('device_id', '=', deviceId)
    .where('until', '>', new Date(now))
    .executeTakeFirst();
  return row?.holder;
}

/** What the last holder of a device left there; undefined when it went in order. */
export async function leftBehind(db: Db, purpose: Purpose, deviceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('holdings')
    .select('memory')
    .where('purpose', '=', purpose)
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
  return row?.memory ?? undefined;
}

/** Notes what `holder` has at a device, or that it has nothing there any more. A device that another holds is left alone. */
export async function noteLeft(db: Db, purpose: Purpose, holder: string, deviceId: string, memory: string | undefined): Promise<void> {
  await db
    .updateTable('holdings')
    .set({ memory: memory ?? null })
    .where('purpose', '=', purpose)
    .where('device_id', '=', deviceId)
    .where('holder', '=', holder)
    .execute();
}
