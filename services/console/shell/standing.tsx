import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { serverTime } from '../api/server-time.ts';
import { askAnew, useLiveEvents, useLiveState } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { useSecond } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import classes from './frame.module.css';
import { RecordAway, useRecordAway } from './record-away.tsx';
import { WorkerSilent } from './worker-silent.tsx';

/** A clock this far out misleads whoever compares times, milliseconds. */
const clockBound = 5000;
/** While the line is lost it is asked this often whether anybody is signed in, milliseconds. */
const askEach = 15_000;

/** Whether the screen shows the present: the line to the server, and this machine's clock. Each trouble is an alarm of its own. */
export function Standing() {
  const say = useWords('shell');
  const now = useSecond();
  const state = useLiveState();
  const away = useRecordAway();
  const client = useQueryClient();
  // What passed before the place at which the line begins is told by nobody: everything is asked anew.
  useLiveEvents(['stream.reset'], () => void askAnew(client));
  // A session that ended looks like a lost line; only asking tells, and the server may be there again at any time.
  const lost = state.state === 'lost';
  useEffect(() => {
    if (!lost) return;
    const ask = () => void client.invalidateQueries({ queryKey: ['session'] });
    ask();
    const timer = setInterval(ask, askEach);
    return () => clearInterval(timer);
  }, [lost, client]);
  const ahead = serverTime.ahead ?? 0;
  const off = Math.round(Math.abs(ahead) / 1000);
  return (
    <>
      {state.state !== 'lost' && away === undefined && (
        <span className={classes.state} data-state={state.state}>
          <Icon name={state.state === 'live' ? 'check' : 'clock'} size="1em" />
          {say(state.state)}
        </span>
      )}
      {state.state === 'lost' && (
        <div className={classes.lost} role="alert">
          {say('lost', { seconds: Math.max(0, now - Math.floor(state.since / 1000)) })}
        </div>
      )}
      {away && <RecordAway away={away} />}
      <WorkerSilent />
      {Math.abs(ahead) > clockBound && (
        <div className={classes.lost} role="alert">
          {say(ahead > 0 ? 'clockAhead' : 'clockBehind', { seconds: off })}
        </div>
      )}
    </>
  );
}
