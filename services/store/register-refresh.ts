import { type Shelf, shelves } from './register.ts';

type Ids = ReadonlyMap<Shelf, readonly string[]>;

/**
 * Turns news into readings, one at a time: a reading starts after the one before has ended, so an older answer never
 * overwrites a newer one, and all news that came meanwhile share the next. What could not be read is read again with
 * the next news.
 * @param read with the ids by shelf, or undefined for everything
 * @returns a function of the news that resolves when a reading begun after the call has ended
 */
export function refresher(read: (ids: Ids | undefined) => Promise<void>): (about: readonly string[]) => Promise<void> {
  let waiting = new Set<string>();
  let next: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const readWaiting = async (): Promise<void> => {
    const about = waiting;
    waiting = new Set();
    next = undefined;
    try {
      await read(about.has('all') ? undefined : sortOut(about));
    } catch (error) {
      for (const each of about) waiting.add(each);
      throw error;
    }
  };

  return (about) => {
    for (const each of about) waiting.add(each);
    if (!next) {
      next = last.then(readWaiting);
      last = next.catch(() => undefined); // Those who wait for this reading hear of its failure; the next only follows it.
    }
    return next;
  };
}

function sortOut(about: ReadonlySet<string>): Ids {
  const ids = new Map<Shelf, string[]>();
  for (const each of about) {
    const [name, id] = each.split(':', 2);
    const shelf = shelves.find((known) => known === name);
    if (!shelf || id === undefined) continue;
    const some = ids.get(shelf);
    if (some) some.push(id);
    else ids.set(shelf, [id]);
  }
  return ids;
}
