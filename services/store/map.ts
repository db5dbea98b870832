import { sql } from 'kysely';
import { type IncidentState, type Instant, type Point, rfc3339 } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** What the map asks of the record: what goes on, what is broken, what is overdue. */

export interface OpenIncident {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly priority: number;
  readonly state: Exclude<IncidentState, 'closed'>;
  readonly silent: boolean;
  readonly exercise: boolean;
  readonly siteId?: string;
  readonly deviceId?: string;
  readonly location?: Point;
  /** RFC 3339. */
  readonly openedAt: string;
}

/** The open incidents, the most urgent and then the newest first. */
export async function openIncidents(db: Db, most: number): Promise<OpenIncident[]> {
  const rows = await db
    .selectFrom('incidents')
    .select(['id', 'number', 'kind', 'priority', 'state', 'silent', 'exercise', 'site_id', 'device_id', 'location', 'opened_at'])
    // As the partial indexes say it: closed incidents are most of the table.
    .where(sql<boolean>`state <> 'closed'`)
    .orderBy('priority')
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: Number(row.number),
    kind: row.kind,
    priority: row.priority,
    state: row.state as OpenIncident['state'],
    silent: row.silent,
    exercise: row.exercise,
    ...(row.site_id === null ? {} : { siteId: row.site_id }),
    ...(row.device_id === null ? {} : { deviceId: row.device_id }),
    ...(row.location === null ? {} : { location: row.location }),
    openedAt: rfc3339(row.opened_at.getTime()),
  }));
}

/** Every device, of whatever kind, that is away or has been unheard for longer than its interval. */
export async function missingDevices(db: Db): Promise<string[]> {
  const { rows } = await sql<{ device_id: string }>`
    select device_id from presence where state = 'offline' or silent_since is not null order by device_id`.execute(db);
  return rows.map((row) => row.device_id);
}

/** Keys that neither a press nor a test has proven since then. */
export async function unprovenKeys(db: Db, since: Instant): Promise<string[]> {
  const from = new Date(since);
  const { rows } = await sql<{ id: string }>`
    select d.id from devices d where d.kind = 'key'
      and not exists (select from signals s where s.device_id = d.id and s.received_at >= ${from}
        and (s.type in ('press', 'test') or (s.type = 'digital-input' and s.incident_id is not null)))
      and not exists (select from device_tests t where t.device_id = d.id and t.at >= ${from} and t.passed)
    order by d.id`.execute(db);
  return rows.map((row) => row.id);
}
