import { type Duration, hours, type Instant } from '../alarm/index.ts';
import type { Clock, Log, Timer } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { forgetEvents } from '../store/events.ts';
import { forgetRoutine } from '../store/signals.ts';
import { forgetDeliveries } from '../store/webhook-deliveries.ts';
import { type DamageWatch, watchDamage } from './damage.ts';

/** Whoever was away longer than this loads its pages anew. */
const eventsKept: Duration = hours(7 * 24);
const deliveriesKept: Duration = hours(30 * 24);

export interface HousekeepingDeps {
  /** `store.routine`: a long deletion must stand before nobody. */
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the record keeps what is routine. */
  readonly routineKept: Duration;
}

/** What is done to the record for its own sake. */
export function keepHouse({
  store,
  clock,
  log,
  settings,
}: Parameters<typeof watchDamage>[0] & { readonly settings: { readonly signals: { readonly routineDays: number } } }): DamageWatch {
  const routineKept = hours(24 * settings.signals.routineDays);
  const tables = keepTablesSmall({ db: store.routine, clock, log, routineKept });
  const damage = watchDamage({ store, clock, log });
  return {
    obstacle: damage.obstacle,
    stop() {
      tables.stop();
      damage.stop();
    },
  };
}

/**
 * Hourly removes old events, old ended webhook deliveries and what devices told as routine long ago; any number of processes may
 * do so. Incidents, what led to them, and the audit trail stay.
 */
export function keepTablesSmall({ db, clock, log, routineKept }: HousekeepingDeps): Timer {
  /** What is older was looked through: it stays. */
  let seenUpTo = 0;
  const forgetSignals = async (before: Instant): Promise<void> => {
    for (let from: Instant | undefined = seenUpTo; from !== undefined; ) from = await forgetRoutine(db, from, before);
    seenUpTo = before;
  };
  return clock.every('forget old events', hours(1), async () => {
    try {
      await untilNone(() => forgetEvents(db, clock.now() - eventsKept));
      await untilNone(() => forgetDeliveries(db, clock.now() - deliveriesKept));
      await forgetSignals(clock.now() - routineKept);
    } catch (error) {
      log.warn({ err: error }, 'old events, webhook deliveries and routine signals were not all removed; it is tried again in an hour');
    }
  });
}

async function untilNone(forget: () => Promise<number>): Promise<void> {
  let gone = await forget();
  while (gone > 0) gone = await forget();
}
