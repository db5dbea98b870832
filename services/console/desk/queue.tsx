import { Button } from '@mantine/core';
import { type FocusEvent, memo, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import type { Row } from './model.ts';
import classes from './queue.module.css';
import { QueueRow } from './queue-row.tsx';
import { useDrawn } from './use-drawn.ts';
import { useMoment } from './use-moment.ts';
import { useOrder } from './use-order.ts';

/** What a row is high, in rem: all are alike, so that only those in sight need be drawn. */
const rowHeight = 4.75;
/** Milliseconds after a step within which the next one is meant from what the eye has just read. */
const stepping = 4000;

export interface QueueProps {
  readonly rows: readonly Row[];
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
}

/** What is open, the most urgent first. Nothing in it moves while the pointer is over it, or somebody goes through it by key. */
export const Queue = memo(function Queue({ rows, chosen, choose }: QueueProps) {
  const say = useWords('desk');
  const [over, setOver] = useState(false);
  const [focused, setFocused] = useState<string>();
  const [steps, stepped] = useMoment(stepping);
  const { ids, unsorted, sort } = useOrder(rows, over || steps);
  const by = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const at = ids.indexOf(chosen ?? '');
  const { scroller, places, show } = useDrawn(ids.length, [at, ids.indexOf(focused ?? '')]);
  // What was just acknowledged goes down the queue; whoever works at it must not lose it from sight.
  const follow = useEffectEvent((place: number) => place >= 0 && !over && show(place));
  useEffect(() => void follow(at), [at]);
  const step = (by: number): void => {
    const place = Math.min(ids.length - 1, Math.max(0, at + by));
    const id = ids[place];
    if (id === undefined) return;
    stepped();
    choose(id);
    show(place);
  };
  useKeys({ ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  const keep = ({ target }: FocusEvent<HTMLElement>): void => setFocused(target.closest('li')?.dataset['id']);
  return (
    <section className={classes.queue} aria-label={say('queue')}>
      <div ref={scroller} className={classes.window} onPointerEnter={() => setOver(true)} onPointerLeave={() => setOver(false)}>
        <ol
          className={classes.rows}
          data-count={ids.length}
          style={{ height: `${ids.length * rowHeight}rem` }}
          onFocus={keep}
          onBlur={() => setFocused(undefined)}
        >
          {places.map((place) => {
            const id = ids[place] ?? '';
            const row = by.get(id);
            return (
              <li key={id} data-id={id} aria-setsize={ids.length} aria-posinset={place + 1} style={{ top: `${place * rowHeight}rem` }}>
                {row ? <QueueRow row={row} chosen={id === chosen} choose={choose} /> : <p className={classes.gone}>{say('gone')}</p>}
              </li>
            );
          })}
        </ol>
      </div>
      {rows.length === 0 && <p className={classes.none}>{say('queueEmpty')}</p>}
      {unsorted && (
        <Button className={classes.late} radius={0} color="yellow" onClick={sort} leftSection={<Icon name="warning" />}>
          {say('unsorted')}
        </Button>
      )}
    </section>
  );
});
