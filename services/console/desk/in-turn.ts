/**
 * Asks whenever there is news, one question at a time; news that comes during one causes another. A question that began anew with
 * every piece of news would never be answered while many come.
 */
export function inTurn(ask: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    try {
      do {
        again = false;
        await ask();
      } while (again);
    } finally {
      running = undefined;
    }
  };
  return () => {
    again = true;
    running ??= run();
    return running;
  };
}

/** Puts one question after the other: the answer to an earlier one never comes after that to a later one. */
export function oneByOne(): <T>(ask: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const mine = last.then(ask);
    // One that fails holds back none of the others.
    last = Promise.allSettled([mine]);
    return mine;
  };
}
