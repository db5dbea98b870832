import { Button, Kbd } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { type Row, severest, unanswered } from '../desk/model.ts';
import { hush } from '../desk/quiet.ts';
import { useHidden } from '../desk/use-hidden.ts';
import { useFollowedQueue } from '../desk/use-queue.ts';
import { useSiren } from '../desk/use-siren.ts';
import { useTitle } from '../desk/use-title.ts';
import { Icon } from '../parts/icon.tsx';
import { priorityOf } from '../parts/priority.tsx';
import { clockFace } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './alarm.module.css';

const none: readonly Row[] = [];

/** What must be seen and heard on every page: how many calls nobody has answered, and whether the alarm can sound. */
export function Alarm() {
  const say = useWords('desk');
  const { rows = none, error, retry } = useFollowedQueue();
  const atDesk = useLocation({ select: ({ pathname }) => pathname.startsWith('/desk') });
  const waiting = rows.filter(unanswered).length;
  useTitle(waiting === 0 ? undefined : say('titleWaiting', { count: waiting }));
  return (
    <>
      <span className={classes.waiting} data-any={waiting > 0} role="status">
        <Link to="/desk" disabled={atDesk}>
          <b>{waiting}</b> {say('waiting')}
        </Link>
      </span>
      <Sound severity={severest(rows)} desk={atDesk} />
      <Away rows={rows} />
      <Trouble error={error} retry={retry} />
    </>
  );
}

function Sound({ severity, desk }: { readonly severity: number | undefined; readonly desk: boolean }) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const { state, what, quiet } = useSiren(severity, desk);
  if (state === 'not-armed')
    return (
      <Button size="compact-md" className={classes.notArmed} leftSection={<Icon name="silent" />}>
        {say('soundNotArmed')}
      </Button>
    );
  const sounding = typeof what === 'number' ? common(`priority${priorityOf(what)}`) : what && say(`sounds.${what}`);
  return (
    <span className={classes.sound}>
      <span role="status" data-sounds={what !== undefined} className={classes.armed}>
        <Icon name={quiet > 0 ? 'silent' : 'sound'} size="1.1em" />
        {quiet > 0 ? say('quietFor', { seconds: quiet }) : sounding ? say('soundsFor', { what: sounding }) : say('soundArmed')}
      </span>
      {typeof what === 'number' && (
        <Button size="compact-sm" variant="default" onClick={hush}>
          {say('hush')} {desk && <Kbd ml={6}>M</Kbd>}
        </Button>
      )}
    </span>
  );
}

/** What was missed while the page was hidden, until somebody has read it. */
function Away({ rows }: { readonly rows: readonly Row[] }) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const { missed, read } = useHidden();
  if (!missed) return null;
  const within = (at: number): boolean => at >= missed.from * 1000 && at <= missed.to * 1000;
  const count = rows.filter(({ openedAt }) => within(Date.parse(openedAt))).length;
  return (
    <span className={classes.away} role="alert">
      <Icon name="warning" size="1.1em" />
      {say('wasHidden', { time: clockFace(missed.to - missed.from), count })}
      <Button size="compact-sm" variant="white" c="black" onClick={read}>
        {common('understood')}
      </Button>
    </span>
  );
}
