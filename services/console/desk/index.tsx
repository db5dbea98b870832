import { Center, Text } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { Loading } from '../parts/loading.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import { Bar } from './bar.tsx';
import classes from './desk.module.css';
import { Incident } from './incident.tsx';
import { byUrgency, type Row, unanswered } from './model.ts';
import { Queue } from './queue.tsx';
import { hush } from './quiet.ts';
import { UndoBar, UndoRoom } from './undo.tsx';
import { useQueue } from './use-queue.ts';

const nothing: readonly Row[] = [];

/** The alarm desk: every open incident beside the one that is worked on. */
export default function Desk() {
  const say = useWords('desk');
  const { rows: known, error } = useQueue();
  const rows = known ?? nothing;
  const [chosen, choose] = useChosen();
  const open = chosen !== undefined;
  // With nothing on the table, the most urgent call opens itself; an incident that is open never gives way to another.
  const first = useMemo(() => [...rows].sort(byUrgency).find(unanswered)?.id, [rows]);
  useEffect(() => {
    if (!open && first !== undefined) choose(first);
  }, [open, first, choose]);
  useKeys({ m: hush });
  return (
    <UndoRoom>
      <div className={classes.desk}>
        <Bar rows={rows} />
        {/* What is not known yet must not look as if nothing were open. */}
        {known ? <Queue rows={rows} chosen={chosen} choose={choose} /> : !error && <Loading what={say('queue')} />}
        <div className={classes.table}>
          {chosen === undefined ? known && <Idle /> : <Incident id={chosen} />}
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
