import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLiveEvents } from '../api/use-live.ts';
import { useSecond } from '../parts/time.tsx';
import { language, useWords } from '../words/index.ts';
import classes from './frame.module.css';

/** What baiying.record.away.v1 says. */
interface Away {
  readonly since: string;
  readonly waiting: number;
  readonly sentFor: readonly { readonly at: string; readonly device: string; readonly site?: string; readonly units: readonly string[] }[];
}

/** The record is away: what was pressed meanwhile stands nowhere else, and units are on their way to it. */
export function RecordAway() {
  const say = useWords('shell');
  const now = useSecond();
  const client = useQueryClient();
  const [away, setAway] = useState<Away>();
  useLiveEvents(['record'], ({ type, data }) => {
    if (type === 'baiying.record.away.v1') return setAway(data as unknown as Away);
    setAway(undefined);
    void client.invalidateQueries();
  });
  if (!away) return null;
  const time = (at: string) => new Date(at).toLocaleTimeString(language() === 'zh' ? 'zh-CN' : 'en-GB', { hour12: false });
  return (
    <div className={classes.lost} role="alert">
      {say('recordAway', { seconds: Math.max(0, now - Math.floor(Date.parse(away.since) / 1000)), waiting: away.waiting })}
      {away.sentFor.map(({ at, device, site, units }) => (
        <div key={`${at} ${device}`}>
          {say('sentFor', { at: time(at), place: site === undefined ? device : `${site} · ${device}`, units: units.join(say('and')) })}
        </div>
      ))}
    </div>
  );
}
