import { useState } from 'react';
import { useLiveEvents } from '../api/use-live.ts';
import { language, useWords } from '../words/index.ts';
import classes from './frame.module.css';

/** What baiying.worker.silent.v1 says. */
interface Silent {
  readonly queue: string;
  readonly lane: 'urgent' | 'routine';
  readonly since: string;
}

/** A lane whose worker takes nothing: what is pressed may be late on this screen until it is back. */
export function WorkerSilent() {
  const say = useWords('shell');
  const [silent, setSilent] = useState<readonly Silent[]>([]);
  useLiveEvents(['worker.'], ({ type, data }) => {
    const news = data as unknown as Silent;
    setSilent((known) => [...known.filter(({ queue }) => queue !== news.queue), ...(type === 'baiying.worker.silent.v1' ? [news] : [])]);
  });
  return silent.map(({ queue, lane, since }) => (
    <div key={queue} className={classes.lost} role="alert">
      {say('workerSilent', {
        lane: say(`lane.${lane}`),
        since: new Date(since).toLocaleTimeString(language() === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false }),
      })}
    </div>
  ));
}
