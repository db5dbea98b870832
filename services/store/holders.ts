import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

export interface Colleague {
  readonly accountId: string;
  readonly name: string;
  /** Has a session that did not end. */
  readonly signedIn: boolean;
  /** Open incidents that this person has. */
  readonly holds: number;
}

const atTheDesk = sql`active and roles && array['operator', 'supervisor', 'admin']`;

/** Everybody who can have an incident, those who are signed in first. */
export async function colleagues(db: Db, now: Instant): Promise<readonly Colleague[]> {
  const { rows } = await sql<{ accountId: string; name: string; signedIn: boolean; holds: string }>`
    select id as "accountId", username as name,
      exists (select from sessions s where s.account_id = a.id and s.expires_at > ${new Date(now)}) as "signedIn",
      (select count(*) from incidents i where i.holder_id = a.id::text and i.state <> 'closed') as holds
    from accounts a where ${atTheDesk} order by 3 desc, username limit 200`.execute(db);
  return rows.map((row) => ({ ...row, holds: Number(row.holds) }));
}

/** The name of an account that can have an incident. */
export async function colleagueNamed(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select username as name from accounts where id::text = ${id} and ${atTheDesk}`.execute(db);
  return rows[0]?.name;
}
