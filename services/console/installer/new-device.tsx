import { Button, Group, Paper, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useFaultsUnder } from '../parts/faults.ts';
import { Icon } from '../parts/icon.tsx';
import { SiteSelect } from '../parts/site-select.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language, useWords } from '../words/index.ts';
import { Attempt } from './attempt.tsx';
import { Heading } from './heading.tsx';
import { LinkButton } from './link-button.tsx';
import { type DeviceKind, type Driver, driversQuery, kinds } from './queries.ts';
import { fieldsOf, type Values } from './schema.ts';
import { Secret } from './secret.tsx';
import { SettingsForm } from './settings-form.tsx';

interface Draft {
  readonly kind: DeviceKind;
  readonly driver: string;
  readonly name: string;
  readonly id: string;
  readonly siteId: string | undefined;
  readonly settings: Values;
}

/** Registers one device: what it is, where it stands, how it is reached, and then its secret. */
export function NewDevice({ siteId }: { readonly siteId?: string }) {
  const say = useWords('installer');
  const { data: drivers, error } = useQuery(driversQuery);
  const back = siteId === undefined ? '/installer' : `/installer/sites/${siteId}`;
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: ({ id, siteId: at, ...draft }: Draft) =>
      answer(
        api.POST('/api/v1/devices', { body: { ...draft, ...(id === '' ? {} : { id }), ...(at === undefined ? {} : { siteId: at }) } }),
      ),
    onSuccess: () => client.invalidateQueries(),
  });
  const saved = saving.data;
  return (
    <Stack>
      <Heading title={saved ? saved.device.name : say('new')} back={back} />
      <Trouble error={error} />
      {drivers && !saved && <DeviceForm drivers={drivers.items} siteId={siteId} saving={saving} />}
      {saved && (
        <>
          {drivers?.items.find(({ kind, name }) => kind === saved.device.kind && name === saved.device.driver)?.signsIn && (
            <Secret {...saved} />
          )}
          <Group>
            <LinkButton to={`/installer/device/${saved.device.id}`} size="md" leftSection={<Icon name="check" />}>
              {say('toCard')}
            </LinkButton>
            <Button variant="default" size="md" leftSection={<Icon name="plus" />} onClick={() => saving.reset()}>
              {say('another')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

interface DeviceFormProps {
  readonly drivers: readonly Driver[];
  readonly siteId: string | undefined;
  readonly saving: { readonly mutate: (draft: Draft) => void; readonly error: unknown; readonly isPending: boolean };
}

function DeviceForm({ drivers, siteId, saving }: DeviceFormProps) {
  const say = useWords('installer');
  const common = useWords('common');
  const [draft, setDraft] = useState<Draft>({ kind: 'key', driver: 'mqtt', name: '', id: '', siteId, settings: {} });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const ofKind = drivers.filter(({ kind }) => kind === draft.kind);
  const driver = ofKind.find(({ name }) => name === draft.driver) ?? ofKind[0];
  const faults = useFaultsUnder(saving.error, 'body');
  const settingFaults = useFaultsUnder(saving.error, 'body.settings');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(draft);
  };
  if (!driver) return null;
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          fullWidth
          aria-label={say('kind')}
          value={draft.kind}
          onChange={(value) => {
            const kind = kinds.find((one) => one === value) ?? 'key';
            // An ONVIF camera is what most sites have.
            change({ kind, driver: kind === 'camera' ? 'onvif' : 'mqtt', settings: {} });
          }}
          data={kinds.map((kind) => ({ value: kind, label: common(`device.${kind}`) }))}
        />
        <Select
          label={say('driver')}
          allowDeselect={false}
          value={driver.name}
          onChange={(name) => change({ driver: name ?? driver.name, settings: {} })}
          data={ofKind.map(({ name, title }) => ({ value: name, label: title[language()] }))}
        />
        <TextInput
          label={say('name')}
          description={say('nameHint')}
          required
          maxLength={200}
          error={faults['name']}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <SiteSelect value={draft.siteId} none={say('noSite')} onChange={(at) => change({ siteId: at })} />
        <TextInput
          label={say('id')}
          description={say('idHint')}
          pattern="[a-z0-9\-]{1,64}"
          error={faults['id']}
          value={draft.id}
          onChange={(event) => change({ id: event.currentTarget.value.toLowerCase() })}
        />
        <Reach driver={driver} settings={draft.settings} faults={settingFaults} onChange={(settings) => change({ settings })} />
        <Trouble error={saving.error} />
        <Button type="submit" size="lg" loading={saving.isPending}>
          {say('register')}
        </Button>
      </Stack>
    </form>
  );
}

interface ReachProps {
  readonly driver: Driver;
  readonly settings: Values;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (settings: Values) => void;
}

/** How it is reached, where the driver wants to know anything of that. */
function Reach({ driver, settings, faults, onChange }: ReachProps) {
  if (!driver.tries && fieldsOf(driver.settings, language()).length === 0) return null;
  return (
    <Paper withBorder p="md" bg="var(--surface)">
      <Stack>
        <SettingsForm key={`${driver.kind} ${driver.name}`} driver={driver} values={settings} onChange={onChange} faults={faults} />
        {driver.tries && <Attempt driver={driver} settings={settings} />}
      </Stack>
    </Paper>
  );
}
