import { sql } from 'kysely';
import { Fault } from '../errors.ts';
import { audit } from './audit.ts';
import type { Db, Store } from './connect.ts';
import type { Act } from './register-write.ts';

/** Rows that others refer to last. A station's duty leader is one of its units, so it is forgotten first. */
const shelves = ['zones', 'devices', 'sites', 'grids', 'units', 'stations'] as const;

/**
 * Takes everything out of the register whose id begins so; what happened there stays in the record.
 * @returns how many rows went
 * @throws Fault `still-in-use` where somebody's own rows refer to one of them
 */
export async function clearRegister(store: Store, prefix: string, { by, at }: Act): Promise<number> {
  const gone = await store.routine.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('register', 0))`.execute(db);
    await sql`update stations set duty_unit_id = null where starts_with(id, ${prefix})`.execute(db);
    const counts: Record<string, number> = {};
    for (const shelf of shelves) counts[shelf] = await clearShelf(db, shelf, prefix);
    await audit(db, { at, by, act: 'register.cleared', subject: `register:${prefix}`, data: counts });
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  });
  store.hub.tell('register', 'all');
  return gone;
}

const referredTo = '23503';

async function clearShelf(db: Db, shelf: (typeof shelves)[number], prefix: string): Promise<number> {
  try {
    const { numAffectedRows } = await sql`delete from ${sql.table(shelf)} where starts_with(id, ${prefix})`.execute(db);
    return Number(numAffectedRows ?? 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === referredTo)
      throw new Fault('still-in-use', `${shelf}: ${error.message}`, [], { cause: error });
    throw error;
  }
}
