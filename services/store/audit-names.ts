import type { Db } from './connect.ts';
import type { Tables } from './tables.ts';

type Named = { readonly id: string; readonly name: string };
type NamedTable = 'stations' | 'grids' | 'sites' | 'units' | 'devices' | 'zones' | 'rounds';

const ofName = (table: NamedTable & keyof Tables) => (db: Db, ids: string[]) =>
  db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute();

/** A login that was refused is a subject too, by the name that was typed: `accounts:wang`. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const byUuid =
  (find: (db: Db, ids: string[]) => Promise<Named[]>) =>
  async (db: Db, ids: string[]): Promise<Named[]> => {
    const whole = ids.filter((id) => uuid.test(id));
    return whole.length === 0 ? [] : find(db, whole);
  };

/** How the subjects of the trail are called now. A kind that is not listed is understood without a name. */
const namers: Readonly<Record<string, (db: Db, ids: string[]) => Promise<Named[]>>> = {
  stations: ofName('stations'),
  grids: ofName('grids'),
  sites: ofName('sites'),
  units: ofName('units'),
  devices: ofName('devices'),
  zones: ofName('zones'),
  rounds: ofName('rounds'),
  accounts: byUuid((db, ids) => db.selectFrom('accounts').select(['id', 'username as name']).where('id', 'in', ids).execute()),
  'api-keys': byUuid((db, ids) => db.selectFrom('api_keys').select(['id', 'name']).where('id', 'in', ids).execute()),
  webhooks: byUuid((db, ids) => db.selectFrom('webhooks').select(['id', 'url as name']).where('id', 'in', ids).execute()),
  incidents: byUuid((db, ids) => db.selectFrom('incidents').select(['id', 'number as name']).where('id', 'in', ids).execute()),
};

/** What stands behind subjects of the audit trail, as `units:<id>`. One that is gone, or never had a name, is left out. */
export async function auditNames(db: Db, subjects: readonly string[]): Promise<Map<string, string>> {
  const shelves = Map.groupBy(new Set(subjects), (subject) => subject.slice(0, subject.indexOf(':')));
  const found = await Promise.all(
    [...shelves].map(async ([shelf, each]) => {
      const ids = each.map((subject) => subject.slice(shelf.length + 1));
      const named = (await namers[shelf]?.(db, ids)) ?? [];
      return named.map(({ id, name }) => [`${shelf}:${id}`, name] as const);
    }),
  );
  return new Map(found.flat());
}
