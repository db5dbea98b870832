import { Button, Kbd } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import classes from './undo.module.css';

/** How long something just done can be taken back. */
export const undoFor = 5000;

export interface Undoable {
  readonly what: 'dispatched' | 'closing' | 'ticked' | 'unticked' | 'handed';
  readonly values?: Readonly<Record<string, string | number>>;
  readonly undo: () => void;
  /** For what cannot be taken back once it is done: it is done when the time is over. */
  readonly otherwise?: () => void;
}

interface Undo {
  /** Says what was done, for as long as it can be taken back. What was offered before takes its course. */
  offer(done: Undoable): void;
  /** Takes back what was done last, if it still can be. */
  undo(): void;
  readonly last: Held | undefined;
}

/** Counted, so that another thing has another count of seconds. */
interface Held {
  readonly done: Undoable;
  readonly count: number;
}

const Place = createContext<Undo | undefined>(undefined);

export function useUndo(): Undo {
  const undo = useContext(Place);
  if (!undo) throw new Error('there is no desk around');
  return undo;
}

export function UndoRoom({ children }: { readonly children: ReactNode }) {
  const [last, setLast] = useState<Held>();
  const waiting = useRef<{ readonly done: Undoable; readonly timer: ReturnType<typeof setTimeout> }>(undefined);
  const settle = useCallback((act: 'undo' | 'otherwise') => {
    const held = waiting.current;
    if (!held) return;
    clearTimeout(held.timer);
    waiting.current = undefined;
    setLast(undefined);
    held.done[act]?.();
  }, []);
  const offer = useCallback(
    (done: Undoable) => {
      settle('otherwise');
      waiting.current = { done, timer: setTimeout(() => settle('otherwise'), undoFor) };
      setLast({ done, count: Date.now() });
    },
    [settle],
  );
  // Whoever leaves the desk within these seconds meant what was pressed.
  useEffect(() => () => settle('otherwise'), [settle]);
  const value = useMemo(() => ({ last, offer, undo: () => settle('undo') }), [last, offer, settle]);
  return <Place value={value}>{children}</Place>;
}

/** Always in the same place, and empty when there is nothing to take back. */
export function UndoBar() {
  const say = useWords('desk');
  const { last, undo } = useUndo();
  return (
    <div className={classes.bar} role="status" data-held={last !== undefined}>
      {last && (
        <>
          <Icon name="check" />
          <span>{say(`undo.${last.done.what}`, last.done.values)}</span>
          <Button size="compact-md" variant="white" c="black" onClick={undo}>
            {say('undo')} <Kbd ml="xs">Z</Kbd>
          </Button>
          <span className={classes.left} key={last.count} aria-hidden="true" />
        </>
      )}
    </div>
  );
}
