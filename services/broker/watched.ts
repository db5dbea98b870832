import type { Fact, Told } from '../../devices/driver.ts';
import type { Pause } from '../../devices/supervisor.ts';
import { type Duration, type Instant, milliseconds, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock, Ear, Log, Speaker } from '../ports.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { leftBehind, noteLeft } from '../store/holdings.ts';
import { lastStates } from '../store/last-said.ts';
import { openStanding, type Standing } from './standing.ts';

/** What one watched device says on its way into the record, and what is kept for it there. */

interface HearingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly ear: Ear;
  readonly brokerId: string;
  readonly drill: (deviceId: string, now: Instant) => boolean;
}

/** Between two tries while the record is away. */
const recordAway: Duration = seconds(1);

export const pauseBy =
  (clock: Clock): Pause =>
  (wait, signal) => {
    if (signal.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = clock.after('watched device', milliseconds(wait), () => resolve());
    const end = (): void => {
      timer.stop();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', end));
  };

/** Losing these words costs a place at the device for a minute, never an alarm. */
export function memoryOf({ store, brokerId, log }: HearingDeps, deviceId: string): NonNullable<Told['memory']> {
  const lost = (error: unknown): undefined => {
    log.warn({ err: error, deviceId }, 'what is left at a watched device could not be noted or read');
    return undefined;
  };
  return {
    recall: () => leftBehind(store.routine, 'watch', deviceId).catch(lost),
    keep: (words: string | undefined) => noteLeft(store.routine, 'watch', brokerId, deviceId, words).catch(lost),
  };
}

/** What one watched device says, on its way into the record. */
export class Hearing {
  readonly #deps: HearingDeps;
  readonly #device: Pick<Speaker, 'id' | 'kind'>;
  readonly #ended: AbortSignal;
  #standing: Standing | undefined;

  constructor(deps: HearingDeps, device: Pick<Speaker, 'id' | 'kind'>, ended: AbortSignal) {
    this.#deps = deps;
    this.#device = device;
    this.#ended = ended;
  }

  /** Without what was last known a press during an absence would pass for a state. */
  async prepare(): Promise<void> {
    const { store } = this.#deps;
    this.#standing ??= openStanding((await this.#persist(() => lastStates(store.ear, this.#device.id))) ?? []);
  }

  /** All at once, so that a press does not wait for the chatter that came with it. */
  async hear(facts: readonly Fact[]): Promise<void> {
    await Promise.all(facts.map((fact) => this.#keep(fact)));
  }

  async #keep(fact: Fact): Promise<void> {
    const { ear, clock, drill } = this.#deps;
    const { id, kind } = this.#device;
    const standing = this.#standing?.isNews(fact) === false;
    await this.#persist(() => ear.hear({ id, kind, exercise: drill(id, clock.now()) }, fact, { via: 'watch', standing }));
  }

  /** The device said it once and will not say it again: it is kept until the record takes it. */
  async #persist<T>(run: () => Promise<T>): Promise<T | undefined> {
    const { clock, log } = this.#deps;
    const { id: deviceId } = this.#device;
    for (let told = false; ; told = true) {
      try {
        return await run();
      } catch (error) {
        const away = recordUnavailable(error) || (error instanceof Fault && error.code === 'record-unavailable');
        if (!away || this.#ended.aborted) {
          log.error({ err: error, deviceId }, 'what a watched device said is not in the record');
          return undefined;
        }
        if (!told) log.warn({ err: error, deviceId }, 'what a watched device says waits for the record');
      }
      await pauseBy(clock)(recordAway, this.#ended);
    }
  }
}
