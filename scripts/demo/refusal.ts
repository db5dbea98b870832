import type { Store } from '../../services/store/connect.ts';
import { rowsOf } from '../../services/store/register.ts';
import type { CountyParts } from './county.ts';
import { ofDemo } from './figures.ts';

/** The first station of people's own, if there is one: their record is not for simulated places. */
export async function foreignStation(store: Store): Promise<string | undefined> {
  const rows = await rowsOf(store.desk, 'stations');
  return rows.find(({ id }) => !ofDemo(id))?.name;
}

/** Why the county cannot be started here. */
export async function refusalOf({ running, store }: Pick<CountyParts, 'running' | 'store'>): Promise<string | undefined> {
  if (!running.broker) return 'this process has no broker for the devices to speak to; use --demo without --role';
  const foreign = await foreignStation(store);
  if (foreign === undefined) return undefined;
  return `the record already holds stations of its own (${foreign}); take an empty data folder, for example BAIYING_DATA=./data-demo`;
}
