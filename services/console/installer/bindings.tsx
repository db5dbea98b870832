import { Button, MultiSelect, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { Trouble } from '../parts/trouble.tsx';
import { language, useWordFor, useWords } from '../words/index.ts';
import classes from './installer.module.css';
import { deviceQuery, devicesQuery, driversQuery, type Installation, type Installed, presetsQuery } from './queries.ts';
import { Mark } from './state.tsx';

interface BoundCamera {
  readonly id: string;
  readonly name: string;
  readonly preset?: string;
}

/** What a device belongs to: the cameras of a key, the ear and the fallback of a loudspeaker. */
export function DeviceBindings({ device, installation }: { readonly device: Installed; readonly installation: Installation }) {
  const say = useWords('installer');
  const put = usePut(`/api/v1/devices/{id}/bindings`, device.id);
  if (device.kind === 'key')
    return (
      <Section title={say('bindings')}>
        <Brings device={device} installation={installation} />
        <CameraPicker label={say('boundCameras')} hint={say('boundCamerasHint')} cameras={device.cameras ?? []} saving={put} />
      </Section>
    );
  if (device.kind === 'loudspeaker') return <SpeakerBindings device={device} installation={installation} />;
  if (device.kind === 'camera' && device.watches && device.watches.length > 0)
    return <Watched device={device} installation={installation} />;
  return null;
}

/** Cameras that are called up for every alarm of the site, wherever they stand. */
export function SiteCameras({ installation }: { readonly installation: Installation }) {
  const say = useWords('installer');
  const put = usePut('/api/v1/sites/{id}/bindings', installation.site.id);
  return (
    <Section title={say('siteCameras')}>
      <CameraPicker label={say('boundCameras')} hint={say('siteCamerasHint')} cameras={installation.cameras} saving={put} />
    </Section>
  );
}

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Paper withBorder p="md" bg="var(--surface)" component="section">
    <Stack gap="sm">
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  </Paper>
);

const listed = (names: readonly string[]): string => names.join(language() === 'zh' ? '、' : ', ');

interface Body {
  readonly cameras?: { id: string; preset?: string }[];
  readonly ear?: string | null;
  readonly fallback?: string | null;
}

function usePut(path: '/api/v1/devices/{id}/bindings' | '/api/v1/sites/{id}/bindings', id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ cameras = [], ...rest }: Body) =>
      path === '/api/v1/sites/{id}/bindings'
        ? answer(api.PUT(path, { params: { path: { id } }, body: { cameras } }))
        : answer(api.PUT(path, { params: { path: { id } }, body: Object.keys(rest).length > 0 ? rest : { cameras } })),
    onSettled: () => client.invalidateQueries(),
  });
}
type Saving = ReturnType<typeof usePut>;

/** What a press here would bring, as it is now. */
function Brings({
  device: { callsUp = [], speaksAt = [] },
  installation,
}: {
  readonly device: Installed;
  readonly installation: Installation;
}) {
  const say = useWords('installer');
  const word = useWordFor('installer');
  const nameOf = (id: string): string => installation.devices.find((device) => device.id === id)?.name ?? id;
  return (
    <div>
      <Text fw={600}>{say('pressBrings')}</Text>
      {callsUp.length === 0 && <Mark standing="warning">{say('noCamera')}</Mark>}
      <ol>
        {callsUp.map(({ id, name, reason, distance, preset }) => (
          <li key={id}>
            {name}{' '}
            <span className={classes.detail}>
              {[
                word(`reason.${reason}`),
                distance !== undefined && distance > 0 && `${distance} m`,
                preset !== undefined && say('presetIs', { preset }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
      {speaksAt.length === 0 ? (
        <Mark standing="warning">{say('noSpeaker')}</Mark>
      ) : (
        <Text>{say('speaksAt', { names: listed(speaksAt.map(nameOf)) })}</Text>
      )}
    </div>
  );
}

interface CameraPickerProps {
  readonly label: string;
  readonly hint: string;
  readonly cameras: readonly BoundCamera[];
  readonly saving: Saving;
}

function CameraPicker({ label, hint, cameras, saving }: CameraPickerProps) {
  const common = useWords('common');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 250);
  const { data } = useQuery(devicesQuery(search, 'camera'));
  const [draft, setDraft] = useState<readonly BoundCamera[]>();
  const chosen = draft ?? cameras;
  const names = new Map([...cameras, ...chosen, ...(data?.items ?? [])].map(({ id, name }) => [id, name]));
  const change = (ids: readonly string[]) =>
    setDraft(ids.map((id) => chosen.find((camera) => camera.id === id) ?? { id, name: names.get(id) ?? id }));
  const save = () =>
    saving.mutate(
      { cameras: chosen.map(({ id, preset }) => ({ id, ...(preset === undefined ? {} : { preset }) })) },
      { onSuccess: () => setDraft(undefined) },
    );
  return (
    <>
      <MultiSelect
        label={label}
        description={hint}
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        filter={({ options }) => options}
        nothingFoundMessage={common('noneFound')}
        data={[...names].map(([id, name]) => ({ value: id, label: name }))}
        value={chosen.map(({ id }) => id)}
        onChange={change}
      />
      {chosen.map((camera) => (
        <PresetPicker
          key={camera.id}
          camera={camera}
          onChange={(next) => setDraft(chosen.map((one) => (one.id === next.id ? next : one)))}
        />
      ))}
      <Trouble error={saving.error} />
      {draft && (
        <Button loading={saving.isPending} onClick={save}>
          {common('save')}
        </Button>
      )}
    </>
  );
}

/** The preset that shows the place; only where the camera has any. */
function PresetPicker({ camera, onChange }: { readonly camera: BoundCamera; readonly onChange: (camera: BoundCamera) => void }) {
  const say = useWords('installer');
  const { data: device } = useQuery(deviceQuery(camera.id));
  const { data: drivers } = useQuery(driversQuery);
  // Of a camera that only comes to us by itself nothing can be asked.
  const reached = drivers?.items.some(({ kind, name, tries }) => kind === 'camera' && name === device?.driver && tries) === true;
  const { data } = useQuery({ ...presetsQuery(camera.id), enabled: reached });
  if (!data || data.items.length === 0) return null;
  return (
    <Select
      label={say('presetOf', { name: camera.name })}
      clearable
      data={data.items.map(({ token, name }) => ({ value: token, label: name }))}
      value={camera.preset ?? null}
      onChange={(preset) => onChange({ id: camera.id, name: camera.name, ...(preset === null ? {} : { preset }) })}
    />
  );
}

function SpeakerBindings({ device, installation }: { readonly device: Installed; readonly installation: Installation }) {
  const say = useWords('installer');
  const saving = usePut('/api/v1/devices/{id}/bindings', device.id);
  const of = (kind: Installed['kind']) =>
    installation.devices.filter((one) => one.kind === kind && one.id !== device.id).map(({ id, name }) => ({ value: id, label: name }));
  const oneDevice = device.ear !== undefined && !device.ear.bound;
  return (
    <Section title={say('bindings')}>
      {!device.ear && <Mark standing="warning">{say('noEar')}</Mark>}
      {oneDevice && <Mark standing="good">{say('ownEar')}</Mark>}
      <Select
        label={say('ear')}
        description={say('earHint')}
        clearable
        data={of('camera')}
        value={device.ear?.bound === true ? device.ear.id : null}
        onChange={(ear) => saving.mutate({ ear })}
      />
      <Select
        label={say('fallback')}
        description={say('fallbackHint')}
        clearable
        data={of('loudspeaker')}
        value={device.fallback ?? null}
        onChange={(fallback) => saving.mutate({ fallback })}
      />
      <Trouble error={saving.error} />
    </Section>
  );
}

function Watched({ device, installation }: { readonly device: Installed; readonly installation: Installation }) {
  const say = useWords('installer');
  const nameOf = (id: string): string =>
    id === installation.site.id ? installation.site.name : (installation.devices.find((one) => one.id === id)?.name ?? id);
  return (
    <Section title={say('bindings')}>
      <Text>{say('watches', { names: listed((device.watches ?? []).map(nameOf)) })}</Text>
    </Section>
  );
}
