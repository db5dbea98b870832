/**
 * Work that takes its turn: some of it each time the process has looked for news, so that a press, or an answer of the
 * record that an alarm waits for, gets in between. Without it a tick in which many cameras speak holds everything up
 * for as long as all of them take together.
 */
export interface Turns {
  /** Does the work soon, in the order of the calls. It must not throw. */
  take(work: () => void): void;
}

/** Milliseconds of one turn: long against the cost of looking for news (some ten microseconds), short against a round trip to the record. */
const slice = 1;

/** On a starved machine a slice may do a single piece of work; what waits is then done in about this many turns all the same. */
const mostTurns = 8;

/** @param now monotonic, milliseconds */
export function openTurns(now: () => number = () => performance.now()): Turns {
  let queue: (() => void)[] = [];

  function turn(): void {
    const until = now() + slice;
    const least = queue.length / mostTurns;
    let done = 0;
    while (done < queue.length && (done < least || now() < until)) {
      queue[done]?.();
      done += 1;
    }
    queue = queue.slice(done);
    if (queue.length > 0) setImmediate(turn);
  }

  return {
    take(work) {
      if (queue.push(work) === 1) setImmediate(turn);
    },
  };
}
