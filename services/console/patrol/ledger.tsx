import { NativeSelect, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useDeviceName } from '../parts/device-name.ts';
import { Heads } from '../parts/heads.tsx';
import { Ago, clockFace, dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './patrol.module.css';

const spans = [1, 7, 30];
const shownAtMost = 12;
/** Nothing tells of a view; a supervisor who watches the ledger sees it move. */
const askedAgain = 30_000;

/** Cameras at which nobody looked for some days, those never looked at first. */
export function Unseen() {
  const say = useWords('patrol');
  const [days, setDays] = useState(7);
  const { data, error } = useQuery({
    queryKey: ['rounds', 'unseen', days],
    queryFn: () => answer(api.GET('/api/v1/rounds/unseen', { params: { query: { days } } })),
    refetchInterval: askedAgain,
  });
  const items = data?.items ?? [];
  return (
    <section className={classes.card} aria-labelledby="patrol-unseen">
      <div className={classes.cardHead}>
        <Title order={2} size="h5" id="patrol-unseen">
          {say('unseen', { count: data?.items.length ?? '…' })}
        </Title>
        <NativeSelect
          size="xs"
          aria-label={say('unseenFor')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={spans.map((span) => ({ value: String(span), label: say('days', { count: span }) }))}
        />
      </div>
      <Trouble error={error} />
      {data && items.length === 0 && <Text c="var(--good)">{say('allSeen')}</Text>}
      <ul className={classes.rows}>
        {items.slice(0, shownAtMost).map(({ cameraId, name, lastSeenAt }) => (
          <li key={cameraId} className={classes.row}>
            <Link to={`/patrol/look/${cameraId}`}>{name}</Link>
            <span className={classes.end}>{lastSeenAt === undefined ? say('neverSeen') : <Ago at={lastSeenAt} />}</span>
          </li>
        ))}
      </ul>
      {items.length > shownAtMost && <Text size="sm">{say('moreCameras', { count: items.length - shownAtMost })}</Text>}
    </section>
  );
}

/** Who looked at which camera when. */
export function Ledger() {
  const say = useWords('patrol');
  const { data, error } = useQuery({
    queryKey: ['rounds', 'ledger'],
    queryFn: () => answer(api.GET('/api/v1/rounds/ledger', { params: { query: { limit: 20 } } })),
    refetchInterval: askedAgain,
  });
  return (
    <section className={classes.card} aria-labelledby="patrol-ledger">
      <Title order={2} size="h5" id="patrol-ledger">
        {say('ledger')}
      </Title>
      <Trouble error={error} />
      {data?.items.length === 0 && <Text c="var(--muted)">{say('nobodyLooked')}</Text>}
      {data && data.items.length > 0 && (
        <Table verticalSpacing={2}>
          <Heads of={[say('ledger.when'), say('ledger.who'), say('ledger.camera'), say('ledger.long'), say('ledger.why')]} />
          <Table.Tbody>
            {data.items.map((view) => (
              <Table.Tr key={view.id}>
                <Table.Td>{dateAndTime(view.beganAt)}</Table.Td>
                <Table.Td>{view.by}</Table.Td>
                <Table.Td>
                  <CameraName id={view.cameraId} />
                </Table.Td>
                <Table.Td>{view.endedAt === undefined ? say('stillLooking') : long(view.beganAt, view.endedAt)}</Table.Td>
                <Table.Td>{say(view.runId === undefined ? 'freely' : 'inRound')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

const long = (from: string, to: string): string => clockFace(Math.round((Date.parse(to) - Date.parse(from)) / 1000));

function CameraName({ id }: { readonly id: string }) {
  return useDeviceName(id);
}
