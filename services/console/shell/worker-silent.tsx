import { useState } from 'react';
import { useLiveEvents } from '../api/use-live.ts';
import { timeOfDay, useSecond } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import classes from './frame.module.css';
import { type Silent, stillSilent, type ToldSilent } from './silent.ts';

/** A lane whose worker takes nothing: what is pressed may be late on this screen until it is back. */
export function WorkerSilent() {
  const say = useWords('shell');
  const now = useSecond();
  const [silent, setSilent] = useState<readonly ToldSilent[]>([]);
  useLiveEvents(['worker.'], ({ type, time, data }) => {
    const news = { ...(data as unknown as Silent), told: Math.floor(Date.parse(time) / 1000) };
    setSilent((known) => [...known.filter(({ queue }) => queue !== news.queue), ...(type === 'baiying.worker.silent.v1' ? [news] : [])]);
  });
  return stillSilent(silent, now).map(({ queue, lane, since }) => (
    <div key={queue} className={classes.lost} role="alert">
      {say('workerSilent', {
        lane: say(`lane.${lane}`),
        since: timeOfDay(since),
      })}
    </div>
  ));
}
