import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { Row as Incident } from '../desk/model.ts';
import { Heads } from '../parts/heads.tsx';
import { Loading } from '../parts/loading.tsx';
import { MomentInput } from '../parts/moment-input.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { SiteSelect } from '../parts/site-select.tsx';
import { dateAndTime, momentOf } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import classes from './records.module.css';

const states = { all: '', open: 'open,acknowledged,dispatched,arrived', closed: 'closed' } as const;
type State = keyof typeof states;
const choices = Object.keys(states) as State[];

/** What is looked for. The times as an input for date and time gives them; '' is any. */
interface Wanted {
  readonly number: string;
  readonly siteId: string | undefined;
  readonly state: State;
  readonly since: string;
  readonly until: string;
}
const anything: Wanted = { number: '', siteId: undefined, state: 'all', since: '', until: '' };

const askedOf = ({ number, siteId, state, since, until }: Wanted) => ({
  ...(/^[1-9]\d{0,14}$/.test(number) ? { number: Number(number) } : {}),
  ...(siteId === undefined ? {} : { siteId }),
  ...(states[state] === '' ? {} : { state: states[state] }),
  ...(since === '' ? {} : { since: momentOf(since) }),
  ...(until === '' ? {} : { until: momentOf(until) }),
});

/** The incidents asked for, newest first. */
function useIncidents(wanted: Wanted) {
  const [asked] = useDebouncedValue(wanted, 250);
  const query = askedOf(asked);
  return useInfiniteQuery({
    queryKey: ['incidents', 'records', query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/incidents', { params: { query: { limit: 50, ...query, ...(pageParam === '' ? {} : { cursor: pageParam }) } } }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function List() {
  const [say, common] = [useWords('records'), useWords('common')];
  const [wanted, setWanted] = useState(anything);
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useIncidents(wanted);
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
      <Search wanted={wanted} want={(more) => setWanted({ ...wanted, ...more })} />
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

function Search({ wanted, want }: { readonly wanted: Wanted; readonly want: (more: Partial<Wanted>) => void }) {
  const say = useWords('records');
  const { number, siteId, state } = wanted;
  return (
    <Group align="end" role="search" aria-label={say('filter')}>
      <TextInput
        label={say('number')}
        inputMode="numeric"
        maxLength={15}
        className={classes.number}
        value={number}
        onChange={({ currentTarget }) => want({ number: currentTarget.value.replace(/\D/g, '') })}
      />
      <SiteSelect value={siteId} none={say('state.all')} onChange={(at) => want({ siteId: at })} />
      <NativeSelect
        label={say('state')}
        value={state}
        onChange={({ currentTarget }) => want({ state: choices.find((one) => one === currentTarget.value) ?? 'all' })}
        data={choices.map((value) => ({ value, label: say(`state.${value}`) }))}
      />
      {(['since', 'until'] as const).map((end) => (
        <MomentInput
          key={end}
          label={say(end)}
          value={wanted[end]}
          onChange={({ currentTarget }) => want({ [end]: currentTarget.value })}
        />
      ))}
    </Group>
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
