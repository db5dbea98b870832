import { type Kysely, sql } from 'kysely';

/**
 * What Baiying itself says of a signal, out of reach of whoever fills `data`. What is still to be asked is brought along: how each
 * marked input of a maker's key stood, and what the undecided have to say. A mark told over HTTP was nobody's to tell.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table signals add column ours jsonb`,
  `update signals s set ours = jsonb_build_object('mark', s.data->'mark')
    from devices d cross join lateral (
      select distinct on (m.data->'mark'->>'of') m.id from signals m
      where m.device_id = d.id and m.via = 'mqtt' and jsonb_typeof(m.data->'mark'->'of') = 'string'
      order by m.data->'mark'->>'of', m.received_at desc, m.id desc) last
    where d.kind = 'key' and d.driver <> 'mqtt' and s.id = last.id`,
  `update signals set ours = coalesce(ours, '{}') || jsonb_build_object('firstOrders', data->'firstOrders')
    where sorted_at is null and type <> 'report' and jsonb_typeof(data->'firstOrders') = 'array'`,
  `update signals set ours = '{"late": true}' where sorted_at is null and type = 'report' and data->'late' = 'true'`,
];
