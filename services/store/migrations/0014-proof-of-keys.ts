import { type Kysely, sql } from 'kysely';

/**
 * When a key last proved that it works: presses are few among the words of a key, and the map asks for thousands of keys
 * at once. The condition is that of `unprovenKeys` and of the alarm doctor's facts, word for word.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index signals_proof on signals (device_id, received_at desc)
    where type in ('press', 'test') or (type = 'digital-input' and incident_id is not null)`.execute(db);
}
