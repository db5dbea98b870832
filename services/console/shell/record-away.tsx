import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { serverTime } from '../api/server-time.ts';
import { askAnew, useLiveEvents, useLiveState } from '../api/use-live.ts';
import { useSecond } from '../parts/time.tsx';
import { language, useWords } from '../words/index.ts';
import { type Away, stillAway, type ToldAway } from './away.ts';
import classes from './frame.module.css';

/** The record is away: what was pressed meanwhile stands nowhere else, and units are on their way to it. */
export function RecordAway() {
  const say = useWords('shell');
  const now = useSecond();
  const client = useQueryClient();
  const { state } = useLiveState();
  const [last, setLast] = useState<ToldAway>();
  const away = stillAway(last, state, now);
  useLiveEvents(['record'], ({ type, data }) => {
    setLast(type === 'baiying.record.away.v1' ? { ...(data as unknown as Away), told: Math.floor(serverTime.now() / 1000) } : undefined);
  });
  // What was asked for meanwhile was not answered from the present.
  const is = away !== undefined;
  useEffect(() => {
    if (!is) return;
    return () => void askAnew(client);
  }, [is, client]);
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
