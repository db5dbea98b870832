import { type Duration, hours } from '../alarm/index.ts';
import type { Clock, Log, Timer } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { forgetEvents } from '../store/events.ts';
import { forgetDeliveries } from '../store/webhook-deliveries.ts';
import { type DamageWatch, watchDamage } from './damage.ts';

/** Whoever was away longer than this loads its pages anew; the record itself forgets nothing. */
const eventsKept: Duration = hours(7 * 24);
const deliveriesKept: Duration = hours(30 * 24);

export interface HousekeepingDeps {
  /** `store.routine`: a long deletion must stand before nobody. */
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is done to the record for its own sake. */
export function keepHouse({ store, clock, log }: Parameters<typeof watchDamage>[0]): DamageWatch {
  const tables = keepTablesSmall({ db: store.routine, clock, log });
  const damage = watchDamage({ store, clock, log });
  return {
    obstacle: damage.obstacle,
    stop() {
      tables.stop();
      damage.stop();
    },
  };
}

/** Hourly removes old events and old ended webhook deliveries; any number of processes may do so. */
export function keepTablesSmall({ db, clock, log }: HousekeepingDeps): Timer {
  return clock.every('forget old events', hours(1), async () => {
    try {
      await untilNone(() => forgetEvents(db, clock.now() - eventsKept));
      await untilNone(() => forgetDeliveries(db, clock.now() - deliveriesKept));
    } catch (error) {
      log.warn({ err: error }, 'old events and webhook deliveries were not removed; it is tried again in an hour');
    }
  });
}

async function untilNone(forget: () => Promise<number>): Promise<void> {
  let gone = await forget();
  while (gone > 0) gone = await forget();
}
