import { type Duration, rfc3339 } from './alarm/index.ts';
import { countSilentWorker, setCanaryLate } from './metrics.ts';
import type { Clock, Log } from './ports.ts';
import { type Canary, openCanary } from './queue/canary.ts';
import { laneOf, type QueueName } from './queue/jobs.ts';
import type { Store } from './store/connect.ts';
import { databaseTime } from './store/database-time.ts';
import { putEvents } from './store/events.ts';

/** The canary of this process, with what it asks and whom it tells. */
export function canaryOf({ store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log }): Canary {
  const tell = async (queue: QueueName, silent: boolean, since: Duration): Promise<void> => {
    const at = clock.now();
    const data = { queue, lane: laneOf(queue), since: rfc3339(at - since) };
    const type = silent ? 'baiying.worker.silent.v1' : 'baiying.worker.back.v1';
    await putEvents(store.routine, [{ type, subject: `workers/${queue}`, at, data }]);
    store.hub.tell('events');
  };
  return openCanary({
    hub: store.hub,
    log,
    ask: (lane) => databaseTime(store[lane]),
    late: setCanaryLate,
    told(queue, silent, since) {
      if (silent) countSilentWorker(queue);
      tell(queue, silent, since).catch((error: unknown) => log.error({ err: error, queue }, 'the consoles could not be told of a worker'));
    },
  });
}
