import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { Row as Incident } from '../desk/model.ts';
import { Heads } from '../parts/heads.tsx';
import { Loading } from '../parts/loading.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import classes from './records.module.css';

const states = { all: '', open: 'open,acknowledged,dispatched,arrived', closed: 'closed' } as const;
type State = keyof typeof states;
const choices = Object.keys(states) as State[];

/** The incidents asked for, newest first. @param since as an input for date and time gives it, in the time of this machine */
function useIncidents(state: State, since: string) {
  const wanted = {
    ...(states[state] === '' ? {} : { state: states[state] }),
    ...(since === '' ? {} : { since: new Date(since).toISOString() }),
  };
  return useInfiniteQuery({
    queryKey: ['incidents', 'records', wanted],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/incidents', { params: { query: { limit: 50, ...wanted, ...(pageParam === '' ? {} : { cursor: pageParam }) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

export function List() {
  const [say, common] = [useWords('records'), useWords('common')];
  const [state, setState] = useState<State>('all');
  const [since, setSince] = useState('');
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useIncidents(state, since);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack className={classes.page}>
      <Group justify="space-between">
        <Title order={1} size="h3">
          {say('title')}
        </Title>
        <Button component={Link} to="/records/reports" variant="default">
          {say('reports')}
        </Button>
      </Group>
      <Group align="end" role="search" aria-label={say('filter')}>
        <NativeSelect
          label={say('state')}
          value={state}
          onChange={({ currentTarget }) => setState(choices.find((one) => one === currentTarget.value) ?? 'all')}
          data={choices.map((value) => ({ value, label: say(`state.${value}`) }))}
        />
        <TextInput
          type="datetime-local"
          label={say('since')}
          value={since}
          onChange={({ currentTarget }) => setSince(currentTarget.value)}
        />
      </Group>
      <Trouble error={error} retry={() => void refetch()} />
      {!data && !error && <Loading what={say('title')} />}
      {data && items.length === 0 && <Text c="var(--muted)">{say('none')}</Text>}
      {items.length > 0 && (
        <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': say('title') } }}>
          <Table verticalSpacing={6}>
            <Heads of={(['number', 'openedAt', 'what', 'where', 'state', 'disposition'] as const).map((head) => say(head))} />
            <Table.Tbody>
              {items.map((incident) => (
                <Row key={incident.id} incident={incident} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {hasNextPage && (
        <Button variant="subtle" loading={isFetching} onClick={() => void fetchNextPage()}>
          {common('more')}
        </Button>
      )}
    </Stack>
  );
}

function Row({ incident }: { readonly incident: Incident }) {
  const [say, desk, common] = [useWords('records'), useWords('desk'), useWords('common')];
  const kindOf = useWordFor('common');
  const { id, number, openedAt, priority, kind, exercise, state, disposition } = incident;
  return (
    <Table.Tr>
      <Table.Td>
        <Link to={`/records/${id}`}>{say('numbered', { number })}</Link>
      </Table.Td>
      <Table.Td>{dateAndTime(openedAt)}</Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <PriorityBadge priority={priority} />
          {kindOf(`kind.${kind}`)}
          {exercise && (
            <Badge color="gray" variant="outline">
              {common('exercise')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{incident.siteName ?? incident.deviceName ?? incident.gridName ?? desk('placeUnknown')}</Table.Td>
      <Table.Td>{common(`state.${state}`)}</Table.Td>
      <Table.Td>{disposition === undefined ? say('notYet') : desk(`disposition.${disposition}`)}</Table.Td>
    </Table.Tr>
  );
}
