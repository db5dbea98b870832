import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { answer, api, Refused } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { useRefetchOn } from '../../api/use-live.ts';
import { useWords } from '../../words/index.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useSecond } from '../time.tsx';
import { Trouble } from '../trouble.tsx';
import classes from './camera-controls.module.css';
import { aim, turn, type Way } from './turn.ts';

/** Turns a camera and sends it to its presets; says who holds it. */
export function CameraControls({ cameraId, incidentId }: { readonly cameraId: string; readonly incidentId?: string }) {
  const say = useWords('cameraControls');
  const client = useQueryClient();
  const [refused, setRefused] = useState<unknown>();
  const path = { params: { path: { id: cameraId } } };
  const presets = useQuery({
    queryKey: ['cameras', cameraId, 'presets'],
    queryFn: () => answer(api.GET('/api/v1/cameras/{id}/presets', path)),
    staleTime: 300_000,
    retry: false,
  });
  const going = useMutation({
    mutationFn: (preset: string) => aim(cameraId, { preset, ...(incidentId === undefined ? {} : { incidentId }) }),
    onMutate: () => setRefused(undefined),
    onSettled: () => client.invalidateQueries({ queryKey: ['cameras', cameraId, 'ptz'] }),
  });
  if (presets.error instanceof Refused && presets.error.problem?.code === 'not-implemented')
    return (
      <Text size="sm" c="var(--muted)">
        {say('fixed')}
      </Text>
    );
  return (
    <Stack gap="sm" component="section" aria-label={say('title')}>
      <Holder cameraId={cameraId} />
      <Pad key={cameraId} cameraId={cameraId} failed={setRefused} />
      {presets.data && presets.data.items.length > 0 && (
        <Group gap="xs" role="group" aria-label={say('presets')}>
          {presets.data.items.map(({ token, name }) => (
            <Button key={token} size="compact-md" variant="default" disabled={going.isPending} onClick={() => going.mutate(token)}>
              {name}
            </Button>
          ))}
        </Group>
      )}
      <Trouble error={refused ?? going.error ?? presets.error} />
    </Stack>
  );
}

const places: readonly (readonly [Way, IconName])[] = [
  ['up', 'up'],
  ['left', 'left'],
  ['right', 'right'],
  ['down', 'down'],
  ['in', 'plus'],
  ['out', 'minus'],
];
const byKey: Readonly<Record<string, Way>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  '+': 'in',
  '=': 'in',
  '-': 'out',
};

function Pad({ cameraId, failed }: { readonly cameraId: string; readonly failed: (error: unknown) => void }) {
  const say = useWords('cameraControls');
  const client = useQueryClient();
  const stop = useRef<() => void>(undefined);
  const end = (): void => {
    if (!stop.current) return;
    stop.current();
    stop.current = undefined;
    void client.invalidateQueries({ queryKey: ['cameras', cameraId, 'ptz'] });
  };
  const begin = (way: Way): void => {
    stop.current?.();
    failed(undefined);
    stop.current = turn(cameraId, way, failed);
  };
  useEffect(() => () => stop.current?.(), []);
  const pressed = (event: KeyboardEvent): void => {
    const way = byKey[event.key] ?? (event.key === 'Enter' || event.key === ' ' ? wayOf(event.target) : undefined);
    if (!way || event.shiftKey) return;
    event.preventDefault();
    if (!event.repeat) begin(way);
  };
  return (
    <fieldset aria-label={say('pad')} title={say('pad')} className={classes.pad} onKeyDown={pressed} onKeyUp={end} onBlur={end}>
      {places.map(([way, icon]) => (
        <ActionIcon
          key={way}
          size="lg"
          variant="default"
          className={classes[way]}
          data-way={way}
          aria-label={say(way)}
          onPointerDown={() => begin(way)}
          onPointerUp={end}
          onPointerLeave={end}
        >
          <Icon name={icon} />
        </ActionIcon>
      ))}
    </fieldset>
  );
}

const wayOf = (target: EventTarget): Way | undefined =>
  target instanceof HTMLElement ? (target.closest<HTMLElement>('[data-way]')?.dataset['way'] as Way | undefined) : undefined;

function Holder({ cameraId }: { readonly cameraId: string }) {
  const say = useWords('cameraControls');
  const { actor } = useSession();
  const client = useQueryClient();
  const key = ['cameras', cameraId, 'ptz'];
  useRefetchOn(['camera.held'], key);
  const path = { params: { path: { id: cameraId } } };
  const { data } = useQuery({ queryKey: key, queryFn: () => answer(api.GET('/api/v1/cameras/{id}/ptz', path)) });
  const letting = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/cameras/{id}/ptz', path)),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  const now = useSecond();
  const lease = data?.lease;
  const seconds = lease ? Math.ceil(Date.parse(lease.until) / 1000 - now) : 0;
  if (!lease || seconds <= 0) return null;
  const own = lease.holder === actor.name;
  return (
    <Group gap="xs">
      <Text size="sm" c={own ? 'var(--good)' : 'var(--warning)'}>
        {own ? say('yours', { seconds }) : say('held', { holder: lease.holder, seconds })}
      </Text>
      {own && (
        <Button size="compact-sm" variant="default" onClick={() => letting.mutate()}>
          {say('letGo')}
        </Button>
      )}
      <Trouble error={letting.error} />
    </Group>
  );
}
