import { useEffect, useState } from 'react';
import { serverTime } from '../api/server-time.ts';

/** Shorter than this nobody missed anything, seconds. */
const glimpse = 5;
const second = (): number => Math.floor(serverTime.now() / 1000);

export interface Hidden {
  /** Since when nobody can see the page, in seconds of the server's clock. */
  readonly since: number | undefined;
  /** When it was last hidden, until somebody has read what was missed. */
  readonly missed: { readonly from: number; readonly to: number } | undefined;
  readonly read: () => void;
}

/** Whether the page can be seen, and from when to when it could not. */
export function useHidden(): Hidden {
  const [since, setSince] = useState<number>();
  const [missed, setMissed] = useState<Hidden['missed']>();
  useEffect(() => {
    const turned = (): void => {
      if (document.hidden) return setSince(second());
      setSince((from) => {
        if (from !== undefined && second() - from >= glimpse) setMissed((before) => ({ from: before?.from ?? from, to: second() }));
        return undefined;
      });
    };
    document.addEventListener('visibilitychange', turned);
    return () => document.removeEventListener('visibilitychange', turned);
  }, []);
  return { since, missed, read: () => setMissed(undefined) };
}
