import { statfs } from 'node:fs/promises';
import { type Duration, type Instant, seconds } from '../alarm/index.ts';
import { messageOf } from '../log.ts';
import type { Clock } from '../ports.ts';

/** Whether the record takes what devices say. A database on a full disk still answers every question. */
export interface Writable {
  /** A signal could not be written. */
  refused(error: unknown): void;
  /** A signal was written: what was refused before is over. */
  taken(): void;
  /** Why the record takes nothing now, in words that may be shown to anybody; undefined when it does. */
  obstacle(): Promise<string | undefined>;
}

/** Devices whose signals were not acknowledged send them again within seconds: silence longer than this is no news of a fault. */
const freshFor: Duration = seconds(10);
/** Two segments of PostgreSQL's log (16 MiB each): below this the next commit may be the one that finds no room. */
const leastFree = 32 * 2 ** 20;

/** @param folder the data folder where the built-in PostgreSQL lives; undefined where the record is on another server */
export function watchWrites(clock: Pick<Clock, 'now'>, folder: string | undefined): Writable {
  let last: { readonly at: Instant; readonly why: string } | undefined;
  return {
    refused(error) {
      last = { at: clock.now(), why: innermost(error) };
    },
    taken() {
      last = undefined;
    },
    async obstacle() {
      if (folder !== undefined) {
        const { bavail, bsize } = await statfs(folder);
        if (bavail * bsize < leastFree)
          return `the disk of the data folder is full: ${Math.floor((bavail * bsize) / 2 ** 20)} MiB are free`;
      }
      return last && clock.now() - last.at < freshFor ? `signals cannot be written: ${last.why}` : undefined;
    },
  };
}

/** The server's own words stand at the end of the causes. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? messageOf(error) : innermost(error.cause);
}
