import { memo } from 'react';
import { Icon } from '../parts/icon.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { clockFace, useSecond } from '../parts/time.tsx';
import { language, useWordFor, useWords } from '../words/index.ts';
import { placeName, type Row, unanswered } from './model.ts';
import classes from './queue.module.css';

interface RowProps {
  readonly row: Row;
  readonly chosen: boolean;
  readonly choose: (id: string) => void;
}

/** One open incident in the queue: drawn anew only when it is another one, or its seconds move on. */
export const QueueRow = memo(function QueueRow({ row, chosen, choose }: RowProps) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const kindOf = useWordFor('common');
  const place = placeName(row) ?? say('placeUnknown');
  const waiting = unanswered(row);
  return (
    <button
      type="button"
      className={classes.row}
      data-priority={row.priority}
      data-unanswered={waiting}
      aria-current={chosen ? 'true' : undefined}
      onClick={() => choose(row.id)}
    >
      <span className={classes.line}>
        <span className={classes.badge}>
          <PriorityBadge priority={row.priority} />
        </span>
        <strong className={classes.place}>{place}</strong>
        <Age since={row.openedAt} />
      </span>
      <span className={classes.line}>
        <span className={classes.cut}>
          {kindOf(`kind.${row.kind}`)}
          {waiting && row.state !== 'open' && ` · ${row.soundedAgainAt ? say('soundsAgain') : common('state.open')}`} ·{' '}
          {common(`state.${row.state}`)}
          {row.holder && ` · ${row.holder.name}`}
        </span>
        {row.signalCount > 1 && <span title={say('pressedTimes', { count: row.signalCount })}>×{row.signalCount}</span>}
        {row.exercise && <span className={classes.mark}>{common('exercise')}</span>}
        {row.silent && <span className={classes.mark}>{say('silent')}</span>}
      </span>
      <span className={classes.line}>
        <span className={classes.orders}>
          <Orders states={row.orderStates} />
        </span>
        {row.deadline !== undefined && <Next deadline={row.deadline} steps={row.clock?.next} />}
      </span>
    </button>
  );
});

/** How many units stand where, in few signs. */
function Orders({ states }: { readonly states: Row['orderStates'] }) {
  const say = useWords('desk');
  const on = (states['accepted'] ?? 0) + (states['en-route'] ?? 0);
  const asked = (states['queued'] ?? 0) + (states['sent'] ?? 0) + (states['delivered'] ?? 0) + (states['read'] ?? 0);
  const parts = [
    asked > 0 && say('ordersAsked', { count: asked }),
    on > 0 && say('ordersOn', { count: on }),
    (states['arrived'] ?? 0) > 0 && say('ordersArrived', { count: states['arrived'] ?? 0 }),
  ].filter((part) => part !== false);
  return parts.join(' · ');
}

export function Age({ since }: { readonly since: string }) {
  const now = useSecond();
  return <time className={classes.age}>{clockFace(Math.max(0, now - Math.floor(Date.parse(since) / 1000)))}</time>;
}

/** What happens when the running clock ends, and how long that is from now. */
export function Next({ deadline, steps }: { readonly deadline: string; readonly steps: NonNullable<Row['clock']>['next'] | undefined }) {
  const say = useWords('desk');
  const now = useSecond();
  const left = Math.ceil(Date.parse(deadline) / 1000) - now;
  const said = (steps ?? []).map((step) => (step.unit === undefined ? step[language()] : `${step[language()]} ${step.unit}`));
  return (
    <span className={classes.next} data-late={left < 0} data-soon={left <= 10}>
      <Icon name="clock" size="1em" />
      <b>{clockFace(left)}</b>
      <span className={classes.cut}>{said.join(say('listed'))}</span>
    </span>
  );
}
