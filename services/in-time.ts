import type { Duration } from './alarm/index.ts';
import { Fault } from './errors.ts';
import type { Clock } from './ports.ts';

/**
 * What `work` gives, or no more patience. What comes later is nobody's.
 * @throws Fault `record-unavailable` when it took longer: a server that froze gives no error of its own
 */
export async function inTime<T>(clock: Pick<Clock, 'after'>, patience: Duration, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = clock.after('patience', patience, () => reject(new Fault('record-unavailable', `no answer within ${patience / 1000} s`)));
  // Whoever is late may still fail, when nobody listens any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.stop();
  }
}
