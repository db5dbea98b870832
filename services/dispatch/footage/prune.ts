import { type Duration, hours } from '../../alarm/index.ts';
import type { Clock, Log, Timer } from '../../ports.ts';
import type { Db } from '../../store/connect.ts';
import { footageEnding, noteRemoved } from '../../store/footage-lists.ts';
import type { Shelf } from './shelf.ts';

const batch = 200;
const each: Duration = hours(1);

export interface PruneDeps {
  /** `store.routine` */
  readonly db: Db;
  readonly shelf: Shelf;
  readonly clock: Clock;
  readonly log: Log;
}

/** Hourly removes files whose time is over. Their rows stay: the timeline names their hashes. Any number of processes may do so. */
export function removeOldFootage(deps: PruneDeps): Timer {
  return deps.clock.every('remove old footage', each, async () => {
    try {
      for (let gone = await removeSome(deps); gone === batch; ) gone = await removeSome(deps);
    } catch (error) {
      deps.log.warn({ err: error }, 'old footage was not removed; it is tried again in an hour');
    }
  });
}

async function removeSome({ db, shelf, clock }: PruneDeps): Promise<number> {
  const ending = await footageEnding(db, clock.now(), batch);
  if (ending.length === 0) return 0;
  // The file first: a row that says it is gone while it is not would keep it for ever.
  for (const { file } of ending) await shelf.remove(file);
  await noteRemoved(
    db,
    ending.map(({ id }) => id),
    clock.now(),
  );
  return ending.length;
}
