import { sql } from 'kysely';
import { z } from 'zod';
import type { Mark } from '../../devices/driver.ts';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** What a device said last, as the record holds it: with this the ear compares what it says next. */

/** Properties of a camera that are looked back at: more than any has inputs and rules. */
const mostStates = 200;

/** What a camera last said of each of its properties; what a program says in its place is not how it stands. */
export async function lastStates(db: Db, deviceId: string): Promise<readonly { key: string; active: boolean }[]> {
  const { rows } = await sql<{ type: string; topic: unknown; sources: unknown; active: boolean }>`
    select distinct on (type, data->'topic', data->'sourceValues') type, data->'topic' as topic, data->'sourceValues' as sources, active
    from signals where device_id = ${deviceId} and data ? 'sourceValues' and via <> 'http'
    order by type, data->'topic', data->'sourceValues', received_at desc, id desc limit ${mostStates}`.execute(db);
  return rows.map(({ type, topic, sources, active }) => ({ key: JSON.stringify([type, topic ?? null, sources ?? null, null]), active }));
}

const markShape = z.object({ of: z.string(), value: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) });

/** How each marked input, button or property of a device stood when it was last kept. */
export async function lastMarks(db: Db, deviceId: string): Promise<readonly { mark: Mark; at: Instant }[]> {
  const { rows } = await sql<{ mark: unknown; received_at: Date }>`
    select distinct on (ours->'mark'->>'of') ours->'mark' as mark, received_at
    from signals where device_id = ${deviceId} and ours ? 'mark'
    order by ours->'mark'->>'of', received_at desc, id desc limit ${mostStates}`.execute(db);
  return rows.flatMap((row) => {
    const { data: mark } = markShape.safeParse(row.mark);
    // One that cannot be read costs itself, never the voice of the device.
    return mark === undefined ? [] : [{ mark, at: row.received_at.getTime() }];
  });
}
