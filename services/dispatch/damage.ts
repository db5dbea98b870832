import { type Duration, hours, minutes } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { type Damage, findDamage } from '../store/damage.ts';

/** Devices come back first; a record of some gigabytes is then read in seconds. */
const afterStart: Duration = minutes(1);
const every: Duration = hours(24);

export interface DamageWatch {
  /** What cannot be read, in words that may be shown to anybody. */
  obstacle(): Promise<string | undefined>;
  stop(): void;
}

/** Reads the whole record soon after the start and once a day: a disk that forgets tells nobody. */
export function watchDamage({
  store,
  clock,
  log,
}: {
  readonly store: Pick<Store, 'routine'>;
  readonly clock: Clock;
  readonly log: Log;
}): DamageWatch {
  let damage: readonly Damage[] = [];
  const look = async (): Promise<void> => {
    try {
      damage = await findDamage(store.routine);
      if (damage.length > 0) log.error({ damage }, 'The record is damaged on its disk; restore a backup');
    } catch (error) {
      log[recordUnavailable(error) ? 'info' : 'warn']({ err: error }, 'the record could not be read whole; it is tried again in a day');
    }
  };
  const timers = [clock.after('first look for damage', afterStart, look), clock.every('look for damage', every, look)];
  return {
    async obstacle() {
      if (damage.length === 0) return undefined;
      return `damaged on its disk, restore a backup: ${damage.map(({ table }) => table).join(', ')}`;
    },
    stop() {
      for (const timer of timers) timer.stop();
    },
  };
}
