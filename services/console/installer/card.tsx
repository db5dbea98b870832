import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { LivePicture } from '../parts/live-picture/live-picture.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Ago } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language, useWords } from '../words/index.ts';
import { DeviceBindings } from './bindings.tsx';
import { Doctor } from './doctor.tsx';
import { EditDevice } from './edit.tsx';
import { Heading } from './heading.tsx';
import classes from './installer.module.css';
import { LinkButton } from './link-button.tsx';
import { Place } from './place.tsx';
import { type Device, deviceQuery, driversQuery, installationQuery } from './queries.ts';
import { Secret } from './secret.tsx';
import { Connection } from './state.tsx';
import { WalkTest } from './walk-test.tsx';

/** The card of one device: what its label leads to. */
export function DeviceCard({ id }: { readonly id: string }) {
  const say = useWords('installer');
  useRefetchOn(['register.', 'device.', 'camera.'], ['devices', id]);
  return (
    <Loaded query={useQuery(deviceQuery(id))} what={say('device')}>
      {(device) => <Card device={device} />}
    </Loaded>
  );
}

function Card({ device }: { readonly device: Device }) {
  const say = useWords('installer');
  const [editing, setEditing] = useState(false);
  const { id } = device;
  return (
    <Stack>
      <Heading title={device.name} back={device.siteId === undefined ? '/installer' : `/installer/sites/${device.siteId}`}>
        <Button variant="default" onClick={() => setEditing(!editing)} aria-expanded={editing}>
          {say('change')}
        </Button>
        <LinkButton to={`/installer/labels/${id}`} variant="default" leftSection={<Icon name="print" />}>
          {say('label')}
        </LinkButton>
      </Heading>
      <Facts device={device} />
      {editing && <EditDevice key={device.id} device={device} onDone={() => setEditing(false)} />}
      <WalkTest device={device} />
      <Doctor id={id} />
      {device.kind === 'camera' && <Watch id={id} />}
      <Bound device={device} />
      <Place device={device} />
      <NewSecret device={device} />
    </Stack>
  );
}

function Facts({ device }: { readonly device: Device }) {
  const say = useWords('installer');
  const common = useWords('common');
  const { data: drivers } = useQuery(driversQuery);
  const driver = drivers?.items.find(({ kind, name }) => kind === device.kind && name === device.driver);
  return (
    <div className={classes.detail}>
      <Connection state={device.state} />
      <span>{common(`device.${device.kind}`)}</span>
      <span>{driver?.title[language()] ?? device.driver}</span>
      <span>{say('idIs', { id: device.id })}</span>
      {device.lastSeenAt !== undefined && (
        <span>
          {say('heard')} <Ago at={device.lastSeenAt} />
        </span>
      )}
    </div>
  );
}

/** The picture runs while it is looked at: a phone on a mast has little to spare. */
function Watch({ id }: { readonly id: string }) {
  const say = useWords('installer');
  const [watching, setWatching] = useState(false);
  return (
    <Stack gap="xs">
      <Button variant="default" leftSection={<Icon name={watching ? 'stop' : 'play'} />} onClick={() => setWatching(!watching)}>
        {say(watching ? 'stopPicture' : 'livePicture')}
      </Button>
      {watching && <LivePicture cameraId={id} />}
    </Stack>
  );
}

function Bound({ device }: { readonly device: Device }) {
  const { data } = useQuery({ ...installationQuery(device.siteId ?? ''), enabled: device.siteId !== undefined });
  const installed = data?.devices.find(({ id }) => id === device.id);
  return data && installed ? <DeviceBindings device={installed} installation={data} /> : null;
}

/** A new secret is for a device that was lost or is set up anew; the old one stops at once, so it is asked twice. */
function NewSecret({ device }: { readonly device: Device }) {
  const say = useWords('installer');
  const common = useWords('common');
  const [sure, setSure] = useState(false);
  const client = useQueryClient();
  const renewing = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/devices/{id}/secret', { params: { path: { id: device.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['devices', device.id] }),
    onSettled: () => setSure(false),
  });
  const { data: drivers } = useQuery(driversQuery);
  if (!drivers?.items.find(({ kind, name }) => kind === device.kind && name === device.driver)?.signsIn) return null;
  return (
    <Paper withBorder p="md" bg="var(--surface)" component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('secret')}
        </Title>
        {renewing.data ? (
          <Secret {...renewing.data} />
        ) : (
          <>
            <Text c="var(--muted)">{say('secretKept')}</Text>
            <Group>
              <Button
                variant={sure ? 'filled' : 'light'}
                color={sure ? 'orange' : 'sky'}
                loading={renewing.isPending}
                onClick={() => (sure ? renewing.mutate() : setSure(true))}
              >
                {say(sure ? 'renewSure' : 'renew')}
              </Button>
              {sure && (
                <Button variant="subtle" onClick={() => setSure(false)}>
                  {common('cancel')}
                </Button>
              )}
            </Group>
          </>
        )}
        <Trouble error={renewing.error} />
      </Stack>
    </Paper>
  );
}
