import type { Log } from '../ports.ts';

/** Tells of a trouble once when it begins and once when it ends, however often it is met in between. */
export interface Outage {
  begin(error: unknown): void;
  end(): void;
  /** What was met first; undefined while all is well. */
  reason(): string | undefined;
}

export function openOutage(log: Log, what: string): Outage {
  let first: string | undefined;
  let met = 0;
  return {
    begin(error) {
      met += 1;
      if (first !== undefined) return;
      first = error instanceof Error ? error.message || error.name : String(error);
      log.error({ err: error }, `${what} fails: ${first}`);
    },
    end() {
      if (first === undefined) return;
      log.info({ met }, `${what} works again`);
      first = undefined;
      met = 0;
    },
    reason: () => first,
  };
}
