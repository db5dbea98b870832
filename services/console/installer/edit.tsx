import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useFaultsUnder } from '../parts/faults.ts';
import { SiteSelect } from '../parts/site-select.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { Attempt } from './attempt.tsx';
import { bodyOf } from './device-body.ts';
import { type Device, driversQuery } from './queries.ts';
import { SettingsForm } from './settings-form.tsx';

interface Draft {
  readonly name: string;
  readonly siteId: string | undefined;
  readonly settings: Device['settings'];
}

/** Changes a registered device; what the form does not show stays as it is. */
export function EditDevice({ device, onDone }: { readonly device: Device; readonly onDone: () => void }) {
  const say = useWords('installer');
  const common = useWords('common');
  const { data: drivers } = useQuery(driversQuery);
  const [draft, setDraft] = useState<Draft>({ name: device.name, siteId: device.siteId, settings: device.settings });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const params = { path: { id: device.id } };
  const saving = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/devices/{id}', { params, body: bodyOf(device, draft) })),
    onSuccess: async () => {
      await client.invalidateQueries();
      onDone();
    },
  });
  const removing = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/devices/{id}', { params })),
    onSuccess: () => history.back(),
  });
  const faults = useFaultsUnder(saving.error, 'body');
  const settingFaults = useFaultsUnder(saving.error, 'body.settings');
  const driver = drivers?.items.find(({ kind, name }) => kind === device.kind && name === device.driver);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Paper withBorder p="md" bg="var(--surface)" component="section" aria-label={say('change')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={say('name')}
            required
            maxLength={200}
            error={faults['name']}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <SiteSelect value={draft.siteId} none={say('noSite')} onChange={(siteId) => change({ siteId })} />
          {driver && (
            <SettingsForm
              registered
              driver={driver}
              values={draft.settings}
              onChange={(settings) => change({ settings })}
              faults={settingFaults}
            />
          )}
          {driver?.tries && <Attempt driver={driver} settings={draft.settings} deviceId={device.id} />}
          <Trouble error={saving.error ?? removing.error} />
          <Group>
            <Button type="submit" loading={saving.isPending}>
              {common('save')}
            </Button>
            <Button variant="subtle" onClick={onDone}>
              {common('cancel')}
            </Button>
            <Button
              ms="auto"
              color="orange"
              variant={sure ? 'filled' : 'outline'}
              loading={removing.isPending}
              onClick={() => (sure ? removing.mutate() : setSure(true))}
            >
              {say(sure ? 'removeSure' : 'remove')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
