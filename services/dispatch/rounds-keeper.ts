import { type Duration, seconds, type TimeZone } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { putDueRuns } from '../store/rounds.ts';
import { closeOverdueRuns } from '../store/rounds-runs.ts';

export interface RoundKeeperDeps {
  readonly store: Pick<Store, 'routine' | 'hub'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: TimeZone;
}

const look: Duration = seconds(10);
/** After days without power the runs of those days are written down as missed, a few turns long. */
const mostAtOnce = 20;

/** Says which rounds are due, which nobody began in time and which were left. Any number of processes may do so. */
export function keepRounds({ store, clock, log, zone }: RoundKeeperDeps): { stop(): Promise<void> } {
  let turn: Promise<void> = Promise.resolve();
  const timer = clock.every('rounds fall due', look, () => {
    turn = keep();
    return turn;
  });
  const keep = async (): Promise<void> => {
    try {
      let news = 0;
      for (let more = 1, times = 0; more > 0 && times < mostAtOnce; times += 1) {
        more = await putDueRuns(store, clock.now(), zone);
        news += more;
      }
      news += await closeOverdueRuns(store, clock.now());
      if (news > 0) store.hub.tell('events');
    } catch (error) {
      log.warn({ err: error }, 'rounds were not looked after; it is tried again');
    }
  };
  return {
    async stop() {
      timer.stop();
      await turn;
    },
  };
}
