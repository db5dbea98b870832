import { useEffect, useSyncExternalStore } from 'react';
import { useLiveEvents, useLiveState } from '../api/use-live.ts';
import { useSecond } from '../parts/time.tsx';
import { alarms, lineLost, type Pattern, unseen } from './patterns.ts';
import { endQuiet, useQuietUntil } from './quiet.ts';
import { type SoundState, siren } from './siren.ts';
import { useHidden } from './use-hidden.ts';

/** A glance at another window is no alarm yet, seconds. */
const glance = 10;
/** A line that breaks and comes back at once is no alarm either, milliseconds. */
const hiccup = 3000;

export interface Sounding {
  readonly state: SoundState;
  /** What sounds now: a severity, or why the desk itself is in alarm. */
  readonly what: number | 'line' | 'unseen' | undefined;
  /** Seconds for which it is still kept quiet. */
  readonly quiet: number;
}

const patternOf = (what: Sounding['what']): Pattern | undefined => {
  if (what === 'line') return lineLost;
  if (what === 'unseen') return unseen;
  return what === undefined ? undefined : alarms[what];
};

/**
 * Sounds while anything is unanswered, in the way of the severest; when the line is lost, and when nobody sees the desk.
 * @param desk whether this page is the desk, which must not be hidden
 */
export function useSiren(severity: number | undefined, desk: boolean): Sounding {
  const quietUntil = useQuietUntil();
  const now = useSecond();
  const line = useLiveState();
  const { since: hiddenSince } = useHidden();
  const lost = line.state === 'lost' && Date.now() - line.since > hiccup;
  const away = desk && hiddenSince !== undefined && now - hiddenSince > glance;
  const quiet = Math.max(0, quietUntil - now);
  const what = severity !== undefined && quiet === 0 ? severity : lost ? 'line' : away ? 'unseen' : undefined;

  useLiveEvents(['incident.opened', 'incident.sounded'], endQuiet);
  const state = useSound(patternOf(what));
  return { state, what, quiet };
}

/** Sounds in this way for as long as it stands on the page, armed by the first press there. One at a time. */
export function useSound(pattern: Pattern | undefined): SoundState {
  useEffect(() => siren().sound(pattern), [pattern]);
  useEffect(() => {
    for (const kind of gestures) document.addEventListener(kind, arm);
    arm();
    return () => {
      for (const kind of gestures) document.removeEventListener(kind, arm);
      siren().sound(undefined);
    };
  }, []);
  return useSyncExternalStore(watch, () => siren().state);
}

const watch = (changed: () => void) => siren().watch(changed);
const gestures = ['pointerdown', 'keydown'] as const;

function arm(): void {
  siren()
    .arm()
    .catch((error: unknown) => console.warn('this machine gives no sound:', error));
}
