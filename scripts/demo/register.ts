import type { Instant } from '../../services/alarm/index.ts';
import { hashSecret } from '../../services/secrets.ts';
import type { Store } from '../../services/store/connect.ts';
import { idsOnShelf, rowsOf, type Shelf, type Shelves } from '../../services/store/register.ts';
import { type Act, type Inputs, insertDevices, insertShelf, replaceShelf } from '../../services/store/register-write.ts';
import type { County } from './map.ts';

export interface RegisterDeps {
  readonly store: Store;
  readonly now: () => Instant;
  /** A line on how far it came. */
  readonly say: (line: string) => void;
  /** Asked between batches: what is written by then stands, and the next start goes on from there. */
  readonly stopped: () => boolean;
}

/** The statement that registers so many takes about a second; the desk's connections give up after ten. */
const batch = 4000;
/** Not in PHC form, so no secret fits: a quiet device cannot sign in before somebody gives it a secret. */
const noSecret = 'none';

/**
 * Registers what is missing of the county: all of it, what an interrupted start left, or nothing.
 * @param secrets of the devices that act; all others are registered without one
 * @returns how many rows were written
 */
export async function registerCounty(deps: RegisterDeps, county: County, secrets: ReadonlyMap<string, string>): Promise<number> {
  const by = (): Act => ({ by: 'demo', at: deps.now() });
  // Units need their station and grids their officer's unit, so a station's duty leader is named last.
  const stations = county.stations.map(({ dutyUnitId: _later, ...station }) => apart(station));
  const counts = [
    await insertMissing(deps, 'stations', stations, by),
    await insertMissing(deps, 'units', county.units.map(apart), by),
    await insertMissing(deps, 'grids', county.grids.map(apart), by),
  ];
  await nameDutyLeaders(deps, county, by);
  counts.push(await insertMissing(deps, 'sites', county.sites.map(apart), by), await insertMissingDevices(deps, county, secrets, by));
  return counts.reduce((sum, count) => sum + count, 0);
}

const apart = <T extends { readonly id: string }>({ id, ...input }: T) => ({ id, input });

async function missing<T extends { readonly id: string }>(store: Store, shelf: Shelf, rows: readonly T[]): Promise<T[]> {
  const known = await idsOnShelf(
    store.desk,
    shelf,
    rows.map(({ id }) => id),
  );
  return rows.filter(({ id }) => !known.has(id));
}

async function insertMissing<S extends Exclude<Shelf, 'devices'>>(
  deps: RegisterDeps,
  shelf: S,
  rows: readonly { readonly id: string; readonly input: Inputs[S] }[],
  by: () => Act,
): Promise<number> {
  const wanted = await missing(deps.store, shelf, rows);
  let written = 0;
  for (const { id, input } of wanted) {
    if (deps.stopped()) return written;
    await insertShelf(deps.store, shelf, id, input, by());
    written += 1;
  }
  if (written > 0) deps.say(`${written} ${shelf}`);
  return written;
}

async function nameDutyLeaders({ store, stopped }: RegisterDeps, { stations }: County, by: () => Act): Promise<void> {
  const named = new Map((await rowsOf(store.desk, 'stations')).map((row) => [row.id, row.duty_unit_id]));
  for (const { id, ...station } of stations) {
    if (stopped()) return;
    // Once named, a leader whom people changed stays changed.
    if (named.get(id) === null) await replaceShelf(store, 'stations', id, station, by());
  }
}

async function insertMissingDevices(
  deps: RegisterDeps,
  { devices }: County,
  secrets: ReadonlyMap<string, string>,
  by: () => Act,
): Promise<number> {
  const wanted = await missing(deps.store, 'devices', devices);
  const hashes = new Map(await Promise.all([...secrets].map(async ([id, secret]) => [id, await hashSecret(secret, 'device')] as const)));
  let written = 0;
  while (written < wanted.length && !deps.stopped()) {
    const some = wanted.slice(written, written + batch).map((device) => newDevice(device, hashes.get(device.id)));
    await insertDevices(deps.store, some, by(), refuseClash(some));
    written += some.length;
    deps.say(`${written} of ${wanted.length} devices`);
  }
  return written;
}

const newDevice = ({ id, ...input }: Shelves['devices'], secretHash = noSecret) => ({ id, input, secretHash });

const refuseClash =
  (some: readonly { readonly input: Inputs['devices'] }[]) =>
  ({ devices, sites }: Readonly<Record<'devices' | 'sites', ReadonlySet<string>>>): void => {
    const [first] = devices;
    if (first !== undefined) throw new Error(`${first} was registered by somebody else meanwhile`);
    const lost = some.find(({ input }) => input.siteId !== undefined && !sites.has(input.siteId));
    if (lost) throw new Error(`the site ${lost.input.siteId} was removed meanwhile`);
  };
