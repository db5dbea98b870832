import { Button } from '@mantine/core';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { clockFace, useSecond } from '../parts/time.tsx';
import { language, useWordFor, useWords } from '../words/index.ts';
import { arranged, type Row, unanswered } from './model.ts';
import classes from './queue.module.css';

export interface QueueProps {
  readonly rows: readonly Row[];
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
  /** Told of the order on the screen, for the keys that go up and down in it. */
  readonly onOrder: (ids: readonly string[]) => void;
}

/** What is open, the most urgent first. Nothing in it moves while the pointer is over it. */
export function Queue({ rows, chosen, choose, onOrder }: QueueProps) {
  const say = useWords('desk');
  const [over, setOver] = useState(false);
  const order = useOrder(rows, over);
  const by = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const late = order.unsorted;
  useEffect(() => onOrder(order.ids), [order.ids, onOrder]);
  return (
    <section className={classes.queue} aria-label={say('queue')}>
      <ol className={classes.rows} onPointerEnter={() => setOver(true)} onPointerLeave={() => setOver(false)}>
        {order.ids.map((id) => {
          const row = by.get(id);
          return row && <QueueRow key={id} row={row} chosen={id === chosen} choose={choose} />;
        })}
      </ol>
      {rows.length === 0 && <p className={classes.none}>{say('queueEmpty')}</p>}
      {late && (
        <Button className={classes.late} radius={0} color="yellow" onClick={order.sort} leftSection={<Icon name="warning" />}>
          {say('unsorted')}
        </Button>
      )}
    </section>
  );
}

function useOrder(
  rows: readonly Row[],
  held: boolean,
): { readonly ids: readonly string[]; readonly unsorted: boolean; readonly sort: () => void } {
  const shown = useRef<readonly string[]>([]);
  const [sortings, setSortings] = useState(0);
  const wished = useRef(0);
  const sorted = useMemo(() => arranged(rows, [], false), [rows]);
  const ids = useMemo(() => {
    const asked = wished.current !== sortings;
    wished.current = sortings;
    const next = held && !asked ? arranged(rows, shown.current, true) : sorted;
    const same = next.length === shown.current.length && next.every((id, index) => id === shown.current[index]);
    if (!same) shown.current = next;
    return shown.current;
  }, [rows, sorted, held, sortings]);
  const unsorted = held && ids.some((id, index) => id !== sorted[index]);
  return { ids, unsorted, sort: () => setSortings((count) => count + 1) };
}

interface RowProps {
  readonly row: Row;
  readonly chosen: boolean;
  readonly choose: (id: string) => void;
}

const QueueRow = memo(function QueueRow({ row, chosen, choose }: RowProps) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const kindOf = useWordFor('common');
  const place = row.siteName ?? row.deviceName ?? row.gridName ?? row.stationName ?? say('placeUnknown');
  const waiting = unanswered(row);
  return (
    <li>
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
            {kindOf(`kind.${row.kind}`)} · {common(`state.${row.state}`)}
            {row.holder && ` · ${row.holder.name}`}
          </span>
          {row.signalCount > 1 && <span title={say('pressedTimes', { count: row.signalCount })}>×{row.signalCount}</span>}
          {row.exercise && <span className={classes.mark}>{common('exercise')}</span>}
          {row.silent && <span className={classes.mark}>{say('silent')}</span>}
        </span>
        <span className={classes.line}>
          <span className={classes.cut}>
            <Orders states={row.orderStates} />
          </span>
          {row.deadline && <Next deadline={row.deadline} />}
        </span>
      </button>
    </li>
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
export function Next({ deadline }: { readonly deadline: NonNullable<Row['deadline']> }) {
  const say = useWords('desk');
  const now = useSecond();
  const left = Math.ceil(Date.parse(deadline.dueAt) / 1000) - now;
  const steps = (deadline.next ?? []).map((step) => (step.unit === undefined ? step[language()] : `${step[language()]} ${step.unit}`));
  return (
    <span className={classes.next} data-late={left < 0} data-soon={left <= 10}>
      <Icon name="clock" size="1em" />
      <b>{clockFace(left)}</b> {steps.join(say('listed'))}
    </span>
  );
}
