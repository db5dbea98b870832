import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { useDeviceName } from '../parts/device-name.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './patrol.module.css';
import { cameras, type RunStop } from './requests.ts';

interface StopListProps {
  readonly stops: readonly RunStop[];
  readonly change: (stops: readonly RunStop[]) => void;
}

const usualDwell = 20;

/** The stops of a plan in their order, each with its camera, what it is to show, and for how long. */
export function StopList({ stops, change }: StopListProps) {
  const say = useWords('patrol');
  const { data, error } = useQuery(cameras);
  const put = (at: number, stop: RunStop) => change(stops.map((known, place) => (place === at ? stop : known)));
  const swap = (at: number) =>
    change(stops.map((stop, place) => (place === at ? stops[at + 1] : place === at + 1 ? stops[at] : stop) ?? stop));
  return (
    <Stack gap="xs" component="section" aria-label={say('stops')}>
      <Title order={2} size="h5">
        {say('stops')}
      </Title>
      <Trouble error={error} />
      {stops.length === 0 && <Text c="var(--muted)">{say('noStops')}</Text>}
      <ol className={classes.stops}>
        {stops.map((stop, at) => (
          <StopRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a camera may come twice, and a stop has no other name than its place.
            key={`${at} ${stop.cameraId}`}
            stop={stop}
            put={(next) => put(at, next)}
            up={at > 0 ? () => swap(at - 1) : undefined}
            down={at < stops.length - 1 ? () => swap(at) : undefined}
            remove={() => change(stops.filter((_stop, place) => place !== at))}
          />
        ))}
      </ol>
      <Select
        label={say('addStop')}
        searchable
        clearable
        limit={100}
        value={null}
        data={(data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(cameraId) =>
          cameraId !== null && change([...stops, { cameraId, dwellSeconds: stops.at(-1)?.dwellSeconds ?? usualDwell }])
        }
      />
    </Stack>
  );
}

interface StopRowProps {
  readonly stop: RunStop;
  readonly put: (stop: RunStop) => void;
  readonly up: (() => void) | undefined;
  readonly down: (() => void) | undefined;
  readonly remove: () => void;
}

function StopRow({ stop, put, up, down, remove }: StopRowProps) {
  const say = useWords('patrol');
  const common = useWords('common');
  const name = useDeviceName(stop.cameraId);
  const presets = useQuery({
    queryKey: ['cameras', stop.cameraId, 'presets'],
    queryFn: () => answer(api.GET('/api/v1/cameras/{id}/presets', { params: { path: { id: stop.cameraId } } })),
    staleTime: 300_000,
    retry: false,
    enabled: false,
  });
  const known = presets.data?.items ?? [];
  const { preset, ...rest } = stop;
  const choices = [
    ...(preset === undefined || known.some(({ token }) => token === preset) ? [] : [{ value: preset, label: preset }]),
    ...known.map((one) => ({ value: one.token, label: one.name })),
  ];
  return (
    <li>
      <Group gap="xs" wrap="nowrap">
        <Text flex={1} fw={600} truncate>
          {name}
        </Text>
        {presets.isFetched || preset !== undefined ? (
          <Select
            aria-label={say('preset')}
            placeholder={say('noPreset')}
            clearable
            size="xs"
            value={preset ?? null}
            data={choices}
            onChange={(token) => put(token === null ? rest : { ...rest, preset: token })}
          />
        ) : (
          <Button size="compact-sm" variant="subtle" loading={presets.isFetching} onClick={() => void presets.refetch()}>
            {say('preset')}
          </Button>
        )}
        <NumberInput
          aria-label={say('dwell')}
          size="xs"
          w="6.5rem"
          min={3}
          max={3600}
          suffix={` ${say('secondsShort')}`}
          value={stop.dwellSeconds}
          onChange={(value) => put({ ...stop, dwellSeconds: Math.max(3, Number(value) || usualDwell) })}
        />
        <ActionIcon variant="subtle" aria-label={say('earlier')} disabled={!up} onClick={up}>
          <Icon name="up" />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={say('later')} disabled={!down} onClick={down}>
          <Icon name="down" />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={`${common('remove')} ${name}`} onClick={remove}>
          <Icon name="cross" />
        </ActionIcon>
      </Group>
    </li>
  );
}
