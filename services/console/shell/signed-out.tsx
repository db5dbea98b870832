import { useState } from 'react';
import { serverTime } from '../api/server-time.ts';
import type { Session } from '../api/session.ts';
import { signedOut } from '../desk/patterns.ts';
import { useSound } from '../desk/use-siren.ts';
import { useTitle } from '../desk/use-title.ts';
import { Icon } from '../parts/icon.tsx';
import { timeOfDay } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import { nobodyYet, type Seat, seatAfter } from './cut-off.ts';
import classes from './signed-out.module.css';

/** Who sits or sat at this page, and whether calls were heard here until the session ended by itself. */
export function useSeat(session: Session | null | undefined, hears: boolean): Seat {
  const [seat, setSeat] = useState(nobodyYet);
  const changed = seat.session !== session || seat.hears !== hears;
  const next = changed ? seatAfter(seat, session, hears) : seat;
  if (changed) setSeat(next);
  return next;
}

/** No call reaches this desk: seen and heard until somebody signs in. */
export function SignedOut() {
  const [say, desk] = [useWords('shell'), useWords('desk')];
  const [since] = useState(() => timeOfDay(serverTime.now()));
  const state = useSound(signedOut);
  useTitle(say('titleSignedOut'));
  return (
    <div className={classes.signedOut} role="alert" data-sounds={state === 'armed'}>
      <Icon name={state === 'armed' ? 'warning' : 'silent'} size="1.5em" />
      <span>
        {say('signedOut', { since })} {state === 'not-armed' && desk('soundNotArmed')}
      </span>
    </div>
  );
}
