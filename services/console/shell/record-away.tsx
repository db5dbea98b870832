import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { serverTime } from '../api/server-time.ts';
import { askAnew, useLiveEvents, useLiveState } from '../api/use-live.ts';
import { timeOfDay, useSecond } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import { type Away, stillAway, type ToldAway } from './away.ts';
import classes from './frame.module.css';

/** What is told while the record is away; undefined while it is there. */
export function useRecordAway(): Away | undefined {
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
  return away;
}

/** The record is away: what was pressed meanwhile stands nowhere else, and units are on their way to it. */
export function RecordAway({ away }: { readonly away: Away }) {
  const say = useWords('shell');
  const now = useSecond();
  return (
    <div className={classes.lost} role="alert">
      {say('recordAway', { seconds: Math.max(0, now - Math.floor(Date.parse(away.since) / 1000)), waiting: away.waiting })}
      {away.sentFor.map(({ at, device, site, units }) => (
        <div key={`${at} ${device}`}>
          {say('sentFor', { at: timeOfDay(at), place: site === undefined ? device : `${site} · ${device}`, units: units.join(say('and')) })}
        </div>
      ))}
    </div>
  );
}
