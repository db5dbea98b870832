import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import { Fault, type FieldFault } from '../errors.ts';
import { audit } from './audit.ts';
import type { AuditVerb } from './audit-acts.ts';
import type { Db, Store } from './connect.ts';
import { isSealed } from './plain-secrets.ts';
import { idsOnShelf, plansThere, rowsOf, type Shelf, type Shelves, toShelf } from './register.ts';
import type { Changed } from './register-ends.ts';
import { type Inputs, kinds, settleImported } from './register-kinds.ts';
import type { Row } from './tables.ts';

export type { Inputs } from './register-kinds.ts';

/** Who writes, and when. */
export interface Act {
  readonly by: string;
  readonly at: Instant;
}

/** What was written, and every row that changed with it, as `shelf:id`: the hub has been told of each. */
export interface Written<T> {
  readonly value: T;
  readonly changed: readonly string[];
}

/** More rows than this are told of as `all`: one reading of the register is cheaper than so many notices. */
const mostNotices = 100;

/** One writer of the register at a time: both ends of a reference are read and written without another in between. */
export async function writeRegister<T>(store: Store, work: (db: Db, changed: Changed) => Promise<T>): Promise<Written<T>> {
  const changed: Changed = new Set();
  const value = await store.desk.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('register', 0))`.execute(db);
    return work(db, changed);
  });
  const about = changed.size > mostNotices ? ['all'] : [...changed];
  for (const each of about) store.hub.tell('register', each);
  return { value, changed: about };
}

const act = (db: Db, shelf: Shelf, id: string, verb: AuditVerb, { by, at }: Act, data: Record<string, unknown> = {}): Promise<void> =>
  audit(db, { at, by, act: `${shelf}.${verb}`, subject: `${shelf}:${id}`, data });

/** What the trail keeps of a row that was written: of a device also where it was to be reached, but never its password. */
const traced = (row: object): Record<string, unknown> =>
  'settings' in row ? { ...bare(row), settings: only(Object(row.settings), (_name, value) => !isSealed(value)) } : bare(row);

/** And of one that goes: where its driver went before it, a password among its settings may stand readable. */
const bare = (row: object): Record<string, unknown> => only(row, (name) => name !== 'settings');

const only = (of: object, kept: (name: string, value: unknown) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(of).filter(([name, value]) => kept(name, value)));

/**
 * Registers something new and joins it with what named it before.
 * @param secretHash of a device
 * @throws Fault `already-exists`; `body-invalid` naming each parent that is not there
 */
export function insertShelf<S extends Shelf>(
  store: Store,
  shelf: S,
  id: string,
  input: Inputs[S],
  by: Act,
  secretHash?: string,
): Promise<Written<Shelves[S]>> {
  return writeRegister(store, async (db, changed) => {
    if ((await idsOnShelf(db, shelf, [id])).size > 0)
      throw new Fault('already-exists', `${shelf}: ${id} is taken`, [{ path: 'id', message: `${id} is taken` }]);
    await checkFit(db, shelf, input);
    const joined = (await kinds[shelf].join?.(db, id, input)) ?? input;
    const at = new Date(by.at);
    const columns = {
      id,
      ...kinds[shelf].columns(joined, undefined),
      ...(secretHash === undefined ? {} : { secret_hash: secretHash }),
      created_at: at,
      updated_at: at,
    };
    const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)));
    await sql`insert into ${sql.table(shelf)} (${names}) values (${sql.join(Object.values(columns))})`.execute(db);
    return finish(db, shelf, id, 'created', by, changed);
  });
}

/**
 * Replaces what is registered under an id.
 * @throws Fault `not-found`; `body-invalid` naming each parent that is not there
 */
export function replaceShelf<S extends Shelf>(store: Store, shelf: S, id: string, input: Inputs[S], by: Act): Promise<Written<Shelves[S]>> {
  return writeRegister(store, async (db, changed) => {
    const before = await mustHave(db, shelf, id);
    await checkFit(db, shelf, input);
    const columns = { ...kinds[shelf].columns(input, before), updated_at: new Date(by.at) };
    const sets = sql.join(Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`));
    await sql`update ${sql.table(shelf)} set ${sets} where id = ${id}`.execute(db);
    return finish(db, shelf, id, 'changed', by, changed);
  });
}

/**
 * Removes what nothing needs any more; lists that name it forget it.
 * @throws Fault `not-found`; `still-in-use` naming what refers to it
 */
export function removeShelf(store: Store, shelf: Shelf, id: string, by: Act): Promise<Written<void>> {
  return writeRegister(store, async (db, changed) => {
    const before = await mustHave(db, shelf, id);
    await checkUnused(db, shelf, id);
    await kinds[shelf].settle?.(db, id, undefined, new Date(by.at), changed);
    await sql`delete from ${sql.table(shelf)} where id = ${id}`.execute(db);
    changed.add(`${shelf}:${id}`);
    await act(db, shelf, id, 'removed', by, bare(before));
  });
}

/** Gives a device another secret; the old one stops. @throws Fault `not-found` */
export function putSecret(store: Store, id: string, secretHash: string, by: Act): Promise<Written<Shelves['devices']>> {
  return writeRegister(store, async (db, changed) => {
    const before = await mustHave(db, 'devices', id);
    await db
      .updateTable('devices')
      .set({ secret_hash: secretHash, updated_at: new Date(by.at) })
      .where('id', '=', id)
      .execute();
    changed.add(`devices:${id}`);
    await act(db, 'devices', id, 'secret-renewed', by);
    return before;
  });
}

/** Begins or ends the test mode of a device. @throws Fault `not-found` */
export function putTestUntil(store: Store, id: string, until: Instant | undefined, by: Act): Promise<Written<Shelves['devices']>> {
  return writeRegister(store, async (db, changed) => {
    await db
      .updateTable('devices')
      .set({ test_until: until === undefined ? null : new Date(until), updated_at: new Date(by.at) })
      .where('id', '=', id)
      .execute();
    const row = await mustHave(db, 'devices', id);
    changed.add(`devices:${id}`);
    await act(db, 'devices', id, 'test-mode', by, until === undefined ? {} : { until: new Date(until).toISOString() });
    return row;
  });
}

export interface NewDevice {
  readonly id: string;
  readonly input: Inputs['devices'];
  readonly secretHash: string;
}

/**
 * Registers many devices, all or none.
 * @param clashes called with the ids that are taken, the sites that are there, and the plans as `site plan`; throws if anything is amiss
 */
export function insertDevices(
  store: Store,
  devices: readonly NewDevice[],
  by: Act,
  clashes: (there: Record<'devices' | 'sites' | 'plans', ReadonlySet<string>>) => void,
): Promise<Written<Shelves['devices'][]>> {
  return writeRegister(store, async (db, changed) => {
    const ids = devices.map((device) => device.id);
    const siteIds = devices.flatMap(({ input }) => (input.siteId === undefined ? [] : [input.siteId]));
    clashes({
      devices: await idsOnShelf(db, 'devices', ids),
      sites: await idsOnShelf(db, 'sites', siteIds),
      plans: await plansThere(
        db,
        devices.flatMap(({ input }) => input.plan?.planId ?? []),
      ),
    });
    const at = new Date(by.at);
    const rows = devices.map(({ id, input, secretHash }) => ({
      ...kinds.devices.columns(input, undefined),
      id,
      location: input.location ?? null,
      settings: input.settings ?? {},
      secret_hash: secretHash,
      created_at: at,
      updated_at: at,
    }));
    await sql`insert into devices select * from jsonb_populate_recordset(null::devices, ${JSON.stringify(rows)}::jsonb)`.execute(db);
    await settleImported(db, ids, at, changed);
    for (const id of ids) changed.add(`devices:${id}`);
    await act(db, 'devices', 'import', 'imported', by, { count: ids.length, first: ids.slice(0, 50) });
    const stored = new Map((await rowsOf(db, 'devices', ids)).map((row) => [row.id, toShelf('devices', row)]));
    return ids.flatMap((id) => stored.get(id) ?? []);
  });
}

async function finish<S extends Shelf>(db: Db, shelf: S, id: string, verb: AuditVerb, by: Act, changed: Changed): Promise<Shelves[S]> {
  const row = await mustHave(db, shelf, id);
  await kinds[shelf].settle?.(db, id, row, new Date(by.at), changed);
  changed.add(`${shelf}:${id}`);
  await act(db, shelf, id, verb, by, traced(row));
  return row;
}

async function mustHave<S extends Shelf>(db: Db, shelf: S, id: string): Promise<Shelves[S]> {
  const [row]: Row<S>[] = await rowsOf(db, shelf, [id]);
  if (!row) throw new Fault('not-found', `${shelf}: there is no ${id}`);
  return toShelf(shelf, row);
}

async function checkFit<S extends Shelf>(db: Db, shelf: S, input: Inputs[S]): Promise<void> {
  const faults: FieldFault[] = [];
  for (const parent of kinds[shelf].parents(input)) {
    if (parent.id === undefined || (await idsOnShelf(db, parent.shelf, [parent.id])).size > 0) continue;
    faults.push({ path: parent.path, message: `${parent.shelf}: there is no ${parent.id}` });
  }
  faults.push(...((await kinds[shelf].faults?.(db, input)) ?? []));
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}

async function checkUnused(db: Db, shelf: Shelf, id: string): Promise<void> {
  const named: string[] = [];
  for (const { table, column, name, only } of kinds[shelf].users) {
    const { rows } = await sql<{ name: string }>`select ${sql.ref(name)}::text as name from ${sql.table(table)}
      where ${sql.ref(column)} = ${id} ${only === undefined ? sql`` : sql`and ${sql.raw(only)}`} order by 1 limit 4`.execute(db);
    if (rows.length > 0)
      named.push(
        `${table} ${rows
          .slice(0, 3)
          .map((row) => row.name)
          .join(', ')}${rows.length > 3 ? ', …' : ''}`,
      );
  }
  if (named.length > 0) throw new Fault('still-in-use', `${shelf}: ${id} is named by ${named.join('; ')}`);
}
