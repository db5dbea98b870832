import '../parts/print.css';
import { Button, Checkbox, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './records.module.css';
import { False, Hours, Spots, Times } from './report-tables.tsx';

const spans = ['7', '30', '90', '365'] as const;
const day = 24 * 3_600_000;

function since(days: string, exercise: boolean) {
  const to = Date.now();
  const at = (instant: number) => new Date(instant).toISOString();
  return { from: at(to - Number(days) * day), to: at(to), exercise: exercise ? ('true' as const) : ('false' as const) };
}
type Asked = ReturnType<typeof since>;

const asked = (query: Asked) => ({
  queryKey: ['reports', query],
  queryFn: async () => {
    const params = { params: { query } };
    const [times, spots, wrong] = await Promise.all([
      answer(api.GET('/api/v1/reports/response-times', params)),
      answer(api.GET('/api/v1/reports/hot-spots', params)),
      answer(api.GET('/api/v1/reports/false-alarms', params)),
    ]);
    if (typeof times === 'string' || typeof spots === 'string' || typeof wrong === 'string') throw new Error('a report came as a table');
    return { times, spots, wrong };
  },
});

/** How soon somebody came, where it happens, and how many calls were for nothing: read, printed, or taken into Excel. */
export function Reports() {
  const [say, common] = [useWords('records'), useWords('common')];
  const { actor } = useSession();
  const [query, setQuery] = useState(() => since('7', false));
  const [days, setDays] = useState<string>('7');
  const exercise = query.exercise === 'true';
  const { data, error, refetch } = useQuery(asked(query));
  return (
    <Stack component="article" className={classes.page}>
      <Group data-print="leave">
        <Link to="/records">{common('back')}</Link>
        <Button ms="auto" size="compact-md" leftSection={<Icon name="print" />} onClick={() => print()}>
          {say('print')}
        </Button>
      </Group>
      <Title order={1} size="h3">
        {say('reports')}
      </Title>
      <Text>
        {say('between', { from: dateAndTime(query.from), to: dateAndTime(query.to) })} · {say(exercise ? 'exercises' : 'withoutExercises')}
      </Text>
      <Group align="end" data-print="leave" role="search" aria-label={say('filter')}>
        <NativeSelect
          label={say('span')}
          value={days}
          onChange={({ currentTarget }) => {
            setDays(currentTarget.value);
            setQuery(since(currentTarget.value, exercise));
          }}
          data={spans.map((value) => ({ value, label: say('days', { count: value }) }))}
        />
        <Checkbox
          label={say('exercises')}
          checked={exercise}
          onChange={({ currentTarget }) => setQuery(since(days, currentTarget.checked))}
        />
      </Group>
      <Trouble error={error} retry={() => void refetch()} />
      {!data && !error && <Loading what={say('reports')} />}
      {data && (
        <>
          <Part of="responseTimes" path="response-times" query={query}>
            <Times {...data.times} />
          </Part>
          <Part of="hotSites" path="hot-spots" query={query} part="sites">
            <Spots spots={data.spots.sites} />
          </Part>
          <Part of="hotGrids" path="hot-spots" query={query} part="grids">
            <Spots spots={data.spots.grids} />
          </Part>
          <Part of="hotHours" path="hot-spots" query={query} part="hours">
            <Hours hours={data.spots.hours} />
          </Part>
          <Part of="falseAlarms" path="false-alarms" query={query}>
            <False {...data.wrong} />
          </Part>
        </>
      )}
      <div className={classes.foot}>
        <Text size="sm">{say('printedBy', { name: actor.name, at: dateAndTime(query.to) })}</Text>
        <Text size="sm">{say('signature')} ____________________</Text>
      </div>
    </Stack>
  );
}

interface PartProps {
  readonly of: 'responseTimes' | 'hotSites' | 'hotGrids' | 'hotHours' | 'falseAlarms';
  readonly path: string;
  readonly query: Asked;
  readonly part?: string;
  readonly children: ReactNode;
}

function Part({ of, path, query, part, children }: PartProps) {
  const say = useWords('records');
  const address = (format: string) =>
    `/api/v1/reports/${path}?${new URLSearchParams({ ...query, ...(part === undefined ? {} : { part }), format })}`;
  return (
    <section aria-label={say(of)}>
      <Group>
        <Title order={2} size="h4">
          {say(of)}
        </Title>
        <Group ms="auto" gap="xs" data-print="leave">
          {(['xlsx', 'csv'] as const).map((format) => (
            <Button
              key={format}
              component="a"
              href={address(format)}
              download
              size="compact-sm"
              variant="subtle"
              aria-label={`${say(of)} ${format.toUpperCase()}`}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </Group>
      </Group>
      {children}
    </section>
  );
}
