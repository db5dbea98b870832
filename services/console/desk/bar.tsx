import { Button, Kbd } from '@mantine/core';
import { Icon } from '../parts/icon.tsx';
import { PriorityShape, priorityOf } from '../parts/priority.tsx';
import { clockFace } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import classes from './bar.module.css';
import { type Row, unanswered } from './model.ts';
import { useHidden } from './use-hidden.ts';
import type { Sounding } from './use-siren.ts';

const priorities = [1, 2, 3, 4] as const;

/** How much waits, whether it can be heard, and what happened while nobody looked. */
export function Bar({ rows, siren }: { readonly rows: readonly Row[]; readonly siren: Sounding }) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const waiting = rows.filter(unanswered).length;
  return (
    <header className={classes.bar}>
      <h1 className={classes.title}>{say('title')}</h1>
      <span className={classes.waiting} data-any={waiting > 0} role="status">
        <b>{waiting}</b> {say('waiting')}
      </span>
      <ul className={classes.counts} aria-label={say('bySeverity')}>
        {priorities.map((priority) => (
          <li key={priority} data-priority={priority}>
            <PriorityShape priority={priorityOf(priority)} /> {common(`priority${priority}`)}{' '}
            <b>{rows.filter((row) => row.priority === priority).length}</b>
          </li>
        ))}
      </ul>
      <Away rows={rows} />
      <Sound siren={siren} />
    </header>
  );
}

function Sound({ siren }: { readonly siren: Sounding }) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const { state, what, quiet } = siren;
  if (state === 'not-armed')
    return (
      <Button className={classes.notArmed} leftSection={<Icon name="silent" />}>
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
        <Button size="compact-sm" variant="default" onClick={siren.hush}>
          {say('hush')} <Kbd ml={6}>M</Kbd>
        </Button>
      )}
    </span>
  );
}

/** What the desk missed while its page was hidden, until somebody has read it. */
function Away({ rows }: { readonly rows: readonly Row[] }) {
  const say = useWords('desk');
  const { missed, read } = useHidden();
  if (!missed) return null;
  const within = (at: number): boolean => at >= missed.from * 1000 && at <= missed.to * 1000;
  const count = rows.filter(({ openedAt }) => within(Date.parse(openedAt))).length;
  return (
    <span className={classes.away} role="alert">
      <Icon name="warning" size="1.1em" />
      {say('wasHidden', { time: clockFace(missed.to - missed.from), count })}
      <Button size="compact-sm" variant="white" onClick={read}>
        {say('understood')}
      </Button>
    </span>
  );
}
