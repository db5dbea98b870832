import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLiveState } from '../api/use-live.ts';
import { useSecond } from '../parts/time.tsx';
import { alarms, lineLost, type Pattern, unseen } from './patterns.ts';
import { type SoundState, siren } from './siren.ts';
import { useHidden } from './use-hidden.ts';

/** A telephone call at the desk must be possible; longer than this nobody may keep the alarm quiet. */
const quietFor = 30;
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
  /** Keeps it quiet for half a minute; a new alarm ends that. */
  hush(): void;
}

const patternOf = (what: Sounding['what']): Pattern | undefined => {
  if (what === 'line') return lineLost;
  if (what === 'unseen') return unseen;
  return what === undefined ? undefined : alarms[what];
};

/**
 * Sounds while anything at the desk is unanswered, in the way of the severest; when the line is lost, and when nobody sees the page.
 * @param alarmsRung counts the alarms that came, so that a new one is heard through the quiet
 */
export function useSiren(severity: number | undefined, alarmsRung: number): Sounding {
  const [quiet, setQuiet] = useState({ until: 0, rung: alarmsRung });
  const now = useSecond();
  const line = useLiveState();
  const { since: hiddenSince } = useHidden();
  const state = useSyncExternalStore(watch, () => siren().state);
  const lost = line.state === 'lost' && Date.now() - line.since > hiccup;
  const away = hiddenSince !== undefined && now - hiddenSince > glance;
  const left = quiet.rung === alarmsRung ? Math.max(0, quiet.until - now) : 0;
  const what = severity !== undefined && left === 0 ? severity : lost ? 'line' : away ? 'unseen' : undefined;

  useEffect(() => siren().sound(patternOf(what)), [what]);
  useEffect(() => {
    for (const kind of gestures) document.addEventListener(kind, arm);
    arm();
    return () => {
      for (const kind of gestures) document.removeEventListener(kind, arm);
      siren().sound(undefined);
    };
  }, []);
  return { state, what, quiet: left, hush: () => setQuiet({ until: now + quietFor, rung: alarmsRung }) };
}

const watch = (changed: () => void) => siren().watch(changed);
const gestures = ['pointerdown', 'keydown'] as const;

function arm(): void {
  siren()
    .arm()
    .catch((error: unknown) => console.warn('this machine gives no sound:', error));
}
