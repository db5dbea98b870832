import { useSyncExternalStore } from 'react';
import { serverTime } from '../api/server-time.ts';

/** A telephone call at the desk must be possible; longer than this nobody may keep the alarm quiet, seconds. */
const quietFor = 30;

const watchers = new Set<() => void>();
let until = 0;

function become(second: number): void {
  until = second;
  for (const watcher of watchers) watcher();
}

/** Keeps the siren quiet for half a minute. */
export const hush = (): void => become(Math.floor(serverTime.now() / 1000) + quietFor);
/** A new alarm is heard through the quiet. */
export const endQuiet = (): void => become(0);

/** Until when it is kept quiet, in seconds of the server's clock. */
export const useQuietUntil = (): number =>
  useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
    () => until,
  );
