import { setTimeout as sleep } from 'node:timers/promises';
import { type Duration, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { recordUnavailable } from './unavailable.ts';

export interface Waiting {
  readonly patience: Duration;
  /** Told in words, with the seconds that are left, at once and then now and again. */
  readonly tell: (why: string, secondsLeft: number) => void;
  /** Aborted, the wait ends with its reason. */
  readonly signal: AbortSignal;
  /** Between two attempts; half a second when not said. */
  readonly pause?: Duration;
}

const tellEvery = seconds(5);

/**
 * Tries again while the server of the record is not up yet: in a city all containers start at once, and the database
 * takes longest. What a server answers that is up (wrong password, too old) is thrown at once.
 * @throws what the last attempt threw
 */
export async function onceUp<T>(attempt: () => Promise<T>, { patience, tell, signal, pause = seconds(0.5) }: Waiting): Promise<T> {
  const end = performance.now() + patience;
  let told = -Infinity;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const left = end - performance.now();
      if (error instanceof Fault || !recordUnavailable(error) || left <= 0) throw error;
      if (performance.now() - told >= tellEvery) {
        told = performance.now();
        tell(reasonOf(error), Math.ceil(left / 1000));
      }
    }
    await sleep(pause, undefined, { signal });
  }
}

/** The code says what a person looks up; an address in several families is refused once for each of them. */
function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.message : String(error);
}
