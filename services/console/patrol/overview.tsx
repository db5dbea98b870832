import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { serverTime } from '../api/server-time.ts';
import { mayDo, useSession } from '../api/session.ts';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { clockFace, dateAndTime, timeOfDay, useSecond } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWords } from '../words/index.ts';
import { Ledger, Unseen } from './ledger.tsx';
import classes from './patrol.module.css';
import { Report } from './report.tsx';
import { begin, missedRuns, openRuns, type Round, type Run, rounds } from './requests.ts';
import { scheduleText } from './schedule.ts';

/** What is to be done now, what nobody did, and which cameras nobody looks at. */
export function Overview() {
  const say = useWords('patrol');
  useRefetchOn(['round.'], ['runs']);
  useRefetchOn(['round.'], ['rounds']);
  useRefetchOn(['round.'], ['reports', 'rounds']);
  return (
    <div className={classes.overview}>
      <header className={classes.head}>
        <Title order={1} size="h3">
          {say('title')}
        </Title>
        <Group gap="xs" ms="auto">
          <Button component={Link} to="/patrol/look" variant="default" leftSection={<Icon name="camera" />}>
            {say('freeLook')}
          </Button>
        </Group>
      </header>
      <div className={classes.column}>
        <ToDo />
        <Missed />
        <Plans />
      </div>
      <div className={classes.column}>
        <Unseen />
        <Report />
        <Ledger />
      </div>
    </div>
  );
}

const useBeginning = () => {
  const navigate = useNavigate();
  return useMutation({ mutationFn: begin, onSuccess: ({ id }) => navigate({ to: `/patrol/run/${id}` }) });
};

function ToDo() {
  const say = useWords('patrol');
  const { data, error } = useQuery(openRuns);
  const beginning = useBeginning();
  const navigate = useNavigate();
  const runs = [...(data?.items ?? [])].sort((a, b) => order(a) - order(b));
  const take = (run: Run) => {
    if (run.state === 'under-way') void navigate({ to: `/patrol/run/${run.id}` });
    else beginning.mutate(run.roundId);
  };
  const [first] = runs;
  useKeys({ Enter: first && (() => take(first)) });
  return (
    <section className={classes.card} aria-labelledby="patrol-todo">
      <Title order={2} size="h5" id="patrol-todo">
        {say('todo')}
      </Title>
      <Trouble error={error ?? beginning.error} />
      {data && runs.length === 0 && <Text c="var(--muted)">{say('nothingToDo')}</Text>}
      <ul className={classes.rows}>
        {runs.map((run, at) => (
          <li key={run.id} className={classes.row} data-state={run.state}>
            <Icon name={run.state === 'due' ? 'clock' : 'play'} />
            <strong>{run.name}</strong>
            <Waiting run={run} />
            <Button ms="auto" loading={beginning.isPending} onClick={() => take(run)} autoFocus={at === 0}>
              {say(run.state === 'due' ? 'begin' : 'goOn')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Those that run out first. */
const order = ({ state, startBy }: Run): number => (state === 'due' ? Date.parse(startBy ?? '') : Number.POSITIVE_INFINITY);

function Waiting({ run }: { readonly run: Run }) {
  const say = useWords('patrol');
  const now = useSecond();
  if (run.state === 'under-way')
    return <span>{say('underWayBy', { who: run.begunBy ?? '', found: run.found.length, all: run.stops.length })}</span>;
  const left = Math.ceil(Date.parse(run.startBy ?? '') / 1000 - now);
  return (
    <span data-late={left < 120}>
      {say('dueAt', { time: timeOfDay(run.dueAt ?? '').slice(0, 5) })} · {say('startWithin', { left: clockFace(left) })}
    </span>
  );
}

const day = 24 * 3_600_000;

function Missed() {
  const say = useWords('patrol');
  // The hour is enough: a list that is asked anew each second would never stand still.
  const [since] = useState(() => new Date(Math.floor((serverTime.now() - day) / 3_600_000) * 3_600_000).toISOString());
  const { data, error } = useQuery(missedRuns(since));
  if (data?.items.length === 0) return null;
  return (
    <section className={classes.card} aria-labelledby="patrol-missed">
      <Title order={2} size="h5" id="patrol-missed">
        {say('missed', { count: data?.items.length ?? 0 })}
      </Title>
      <Trouble error={error} />
      <ul className={classes.rows}>
        {data?.items.map((run) => (
          <li key={run.id} className={classes.row} data-state="missed">
            <Icon name="warning" />
            <strong>{run.name}</strong>
            <span>{say('wasDueAt', { time: dateAndTime(run.dueAt ?? '') })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Plans() {
  const say = useWords('patrol');
  const session = useSession();
  const { data, error } = useQuery(rounds);
  const beginning = useBeginning();
  const client = useQueryClient();
  const edits = mayDo(session, ['supervisor']);
  return (
    <section className={classes.card} aria-labelledby="patrol-plans">
      <Group>
        <Title order={2} size="h5" id="patrol-plans">
          {say('plans')}
        </Title>
        {edits && (
          <Button component={Link} to="/patrol/plan/new" ms="auto" size="compact-md" variant="default" leftSection={<Icon name="plus" />}>
            {say('newPlan')}
          </Button>
        )}
      </Group>
      <Trouble error={error ?? beginning.error} retry={() => void client.invalidateQueries({ queryKey: ['rounds'] })} />
      {data?.items.length === 0 && <Text c="var(--muted)">{say('noPlans')}</Text>}
      {data && data.items.length > 0 && (
        <Table verticalSpacing={4}>
          <Table.Tbody>
            {data.items.map((round) => (
              <PlanRow key={round.id} round={round} edits={edits} begin={() => beginning.mutate(round.id)} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function PlanRow({ round, edits, begin: start }: { readonly round: Round; readonly edits: boolean; readonly begin: () => void }) {
  const say = useWords('patrol');
  const common = useWords('common');
  return (
    <Table.Tr>
      <Table.Td fw={600}>{round.name}</Table.Td>
      <Table.Td>{scheduleText(round.every, say)}</Table.Td>
      <Table.Td>{say('stopCount', { count: round.stops.length })}</Table.Td>
      <Table.Td>
        {round.nextDueAt === undefined ? say('asleep') : say('nextAt', { time: dateAndTime(round.nextDueAt).slice(0, -3) })}
      </Table.Td>
      <Table.Td>
        <Group gap={4} justify="end" wrap="nowrap">
          {edits && (
            <Button component={Link} to={`/patrol/plan/${round.id}`} size="compact-sm" variant="subtle">
              {common('edit')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={start}>
            {say('beginNow')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
