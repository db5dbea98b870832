import type { Log } from './ports.ts';

/** What was started and must be ended again, the last first. */
export interface Endings {
  add(name: string, end: () => unknown): void;
  /** Ends all, one after the other; one that fails does not keep the others from ending. */
  all(): Promise<void>;
}

export function openEndings(log: Log): Endings {
  const ends: { readonly name: string; readonly end: () => unknown }[] = [];
  return {
    add: (name, end) => void ends.push({ name, end }),
    async all() {
      for (let last = ends.pop(); last !== undefined; last = ends.pop()) {
        try {
          await last.end();
        } catch (error) {
          log.warn({ err: error }, `${last.name} did not end well`);
        }
      }
    },
  };
}
