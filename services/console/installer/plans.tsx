import { Button, FileButton, Group, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api, Refused } from '../api/client.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import type { usePutDevice } from './place.tsx';
import { PlanPicture } from './plan-picture.tsx';
import { type Device, type Installed, type Plan, plansQuery } from './queries.ts';

/** The floor plans of a site, with its devices on them. */
export function Plans({ siteId, devices }: { readonly siteId: string; readonly devices: readonly Installed[] }) {
  const say = useWords('installer');
  const { data, error } = useQuery(plansQuery(siteId));
  const navigate = useNavigate();
  return (
    <Paper withBorder p="md" bg="var(--surface)" component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('plans')}
        </Title>
        <Trouble error={error} />
        {data?.items.map((plan) => (
          <Stack key={plan.id} gap="xs">
            <Group justify="space-between">
              <Text fw={600}>{plan.name}</Text>
              <RemovePlan plan={plan} />
            </Group>
            <PlanPicture plan={plan} devices={devices} onOpen={(id) => void navigate({ to: `/installer/device/${id}` })} />
          </Stack>
        ))}
        <AddPlan siteId={siteId} />
      </Stack>
    </Paper>
  );
}

const largest = 5 * 1024 * 1024;

function AddPlan({ siteId }: { readonly siteId: string }) {
  const say = useWords('installer');
  const [name, setName] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const client = useQueryClient();
  const adding = useMutation({
    mutationFn: async (picture: File) => {
      const query = new URLSearchParams({ name: name.trim() === '' ? picture.name : name.trim() });
      // The typed client sends JSON alone; this is the picture as it is.
      const response = await fetch(`/api/v1/sites/${siteId}/plans?${query}`, {
        method: 'POST',
        headers: { 'content-type': picture.type },
        body: picture,
      });
      const body: unknown = await response.json();
      if (!response.ok) throw new Refused(response.status, body as ConstructorParameters<typeof Refused>[1]);
    },
    onSuccess: () => {
      setName('');
      return client.invalidateQueries({ queryKey: ['sites', siteId] });
    },
  });
  const take = (picture: File | null): void => {
    if (!picture) return;
    setTooLarge(picture.size > largest);
    if (picture.size <= largest) adding.mutate(picture);
  };
  return (
    <Group align="end" gap="xs">
      <TextInput
        flex="1 1 10rem"
        label={say('planName')}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <FileButton accept="image/png,image/jpeg" onChange={take}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<Icon name="plus" />} loading={adding.isPending}>
            {say('addPlan')}
          </Button>
        )}
      </FileButton>
      {tooLarge && <Text role="alert">{say('planTooLarge')}</Text>}
      <Trouble error={adding.error} />
    </Group>
  );
}

function RemovePlan({ plan }: { readonly plan: Plan }) {
  const say = useWords('installer');
  const [sure, setSure] = useState(false);
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/sites/{id}/plans/{planId}', { params: { path: { id: plan.siteId, planId: plan.id } } })),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Button
      size="compact-sm"
      variant={sure ? 'filled' : 'subtle'}
      color={sure ? 'orange' : 'sky'}
      loading={removing.isPending}
      onClick={() => (sure ? removing.mutate() : setSure(true))}
    >
      {say(sure ? 'removeSure' : 'removePlan')}
    </Button>
  );
}

interface PlanPlaceProps {
  readonly device: Device;
  readonly siteId: string;
  readonly saving: ReturnType<typeof usePutDevice>;
}

/** Puts one device on a plan of its site: choose the plan, touch the place. */
export function PlanPlace({ device, siteId, saving }: PlanPlaceProps) {
  const say = useWords('installer');
  const { data } = useQuery(plansQuery(siteId));
  const [chosen, setChosen] = useState(device.plan?.planId);
  const plan = data?.items.find(({ id }) => id === (chosen ?? device.plan?.planId));
  if (!data || data.items.length === 0) return null;
  return (
    <Stack gap="xs">
      <Select
        label={say('onPlan')}
        clearable
        data={data.items.map(({ id, name }) => ({ value: id, label: name }))}
        value={plan?.id ?? null}
        onChange={(id) => {
          setChosen(id ?? undefined);
          if (id === null && device.plan) saving.mutate({ plan: undefined });
        }}
      />
      {plan && (
        <>
          <Text c="var(--muted)">{say('touchPlan')}</Text>
          <PlanPicture
            plan={plan}
            devices={[device]}
            chosen={device.id}
            onPlace={(x, y) => saving.mutate({ plan: { planId: plan.id, x, y } })}
          />
        </>
      )}
    </Stack>
  );
}
