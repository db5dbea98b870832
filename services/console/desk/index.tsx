import { Center, Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLiveEvents } from '../api/use-live.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import { Bar } from './bar.tsx';
import classes from './desk.module.css';
import { Incident } from './incident.tsx';
import { byUrgency, type Row, severest, unanswered } from './model.ts';
import { Queue } from './queue.tsx';
import { UndoBar, UndoRoom } from './undo.tsx';
import { useQueue } from './use-queue.ts';
import { useSiren } from './use-siren.ts';
import { useTitle } from './use-title.ts';

const nothing: readonly Row[] = [];

/** The alarm desk: every open incident beside the one that is worked on. */
export default function Desk() {
  const { rows = nothing, error, retry } = useQueue();
  const [chosen, choose] = useChosen();
  const open = chosen !== undefined;
  const siren = useSiren(severest(rows), useRung());
  const order = useRef<readonly string[]>([]);
  const keepOrder = useCallback((ids: readonly string[]) => {
    order.current = ids;
  }, []);
  const step = (by: number): void => {
    const at = order.current.indexOf(chosen ?? '');
    const next = order.current[Math.min(order.current.length - 1, Math.max(0, at + by))];
    if (next !== undefined) choose(next);
  };
  useTitle(rows);
  // With nothing on the table, the most urgent call opens itself; an incident that is open never gives way to another.
  const first = useMemo(() => [...rows].sort(byUrgency).find(unanswered)?.id, [rows]);
  useEffect(() => {
    if (!open && first !== undefined) choose(first);
  }, [open, first, choose]);
  useKeys({ ArrowDown: () => step(1), ArrowUp: () => step(-1), m: siren.hush });
  return (
    <UndoRoom>
      <div className={classes.desk}>
        <Bar rows={rows} siren={siren} />
        <Queue rows={rows} chosen={chosen} choose={choose} onOrder={keepOrder} />
        <div className={classes.table}>
          <Trouble error={error} retry={retry} />
          {chosen === undefined ? <Idle /> : <Incident key={chosen} id={chosen} />}
          <UndoBar />
        </div>
      </div>
    </UndoRoom>
  );
}

function Idle() {
  const say = useWords('desk');
  return (
    <Center flex={1}>
      <Text c="var(--muted)" size="lg">
        {say('nothingOpen')}
      </Text>
    </Center>
  );
}

/** The incident that the address names; so it can be sent to a colleague, and stays after a reload. */
function useChosen(): readonly [string | undefined, (id: string) => void] {
  const { _splat } = useParams({ strict: false });
  const navigate = useNavigate();
  const choose = useCallback((id: string) => void navigate({ to: `/desk/${id}`, replace: true }), [navigate]);
  return [_splat === undefined || _splat === '' ? undefined : _splat, choose];
}

/** Counts the calls that came since the page was opened, the repeated ones too. */
function useRung(): number {
  const [rung, setRung] = useState(0);
  useLiveEvents(['incident.opened', 'incident.sounded'], () => setRung((count) => count + 1));
  return rung;
}
