import { Button, Kbd } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './undo.module.css';
import { type Failed, type Undoing, undoingOf } from './undoing.ts';

const Place = createContext<Undoing | undefined>(undefined);

export function useUndo(): Undoing {
  const undo = useContext(Place);
  if (!undo) throw new Error('there is no desk around');
  return undo;
}

export function UndoRoom({ children }: { readonly children: ReactNode }) {
  const undoing = undoingOf(useSession().actor.name);
  // Whoever leaves the desk within these seconds meant what was pressed.
  useEffect(() => () => undoing.settle(), [undoing]);
  return <Place value={undoing}>{children}</Place>;
}

/** Always in the same place, and empty when there is nothing to take back. What was not done stands over it until it is seen to. */
export function UndoBar() {
  const say = useWords('desk');
  const undo = useUndo();
  const { last, failed } = useSyncExternalStore(undo.watch, undo.shown);
  return (
    <>
      {failed.map((one) => (
        <NotDone key={one.otherwise.incidentId} failed={one} />
      ))}
      <div className={classes.bar} role="status" data-held={last !== undefined}>
        {last && (
          <>
            <Icon name="check" />
            <span>{say(`undo.${last.done.what}`, last.done.values)}</span>
            <Button size="compact-md" variant="white" c="black" onClick={() => undo.undo()}>
              {say('undo')} <Kbd ml="xs">Z</Kbd>
            </Button>
            <span className={classes.left} key={last.count} aria-hidden="true" />
          </>
        )}
      </div>
    </>
  );
}

function NotDone({ failed }: { readonly failed: Failed }) {
  const say = useWords('desk');
  const common = useWords('common');
  const undo = useUndo();
  const { incidentId } = failed.otherwise;
  return (
    <div className={classes.failed}>
      <Link to={`/desk/${incidentId}`}>{say('notClosed', failed.done.values)}</Link>
      <Trouble error={failed.error} retry={() => undo.retry(failed)} />
      <Button size="xs" variant="default" onClick={() => undo.forget(incidentId)}>
        {common('understood')}
      </Button>
    </div>
  );
}
