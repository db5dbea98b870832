import { Button, Checkbox, Chip, Group, NativeSelect, NumberInput, SegmentedControl, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './patrol.module.css';
import { blank, bodyOf, type Draft, draftOf } from './plan-draft.ts';
import { rounds } from './requests.ts';
import { StopList } from './stop-list.tsx';

const week = [1, 2, 3, 4, 5, 6, 7] as const;

/** One plan, changed by a supervisor; `new` makes one. */
export function Plan({ id }: { readonly id: string }) {
  const say = useWords('patrol');
  const plans = useQuery(rounds);
  const stations = useQuery({ queryKey: ['stations'], queryFn: () => answer(api.GET('/api/v1/stations')) });
  return (
    <Loaded query={plans} what={say('plans')}>
      {({ items }) => (
        <Loaded query={stations} what={say('plans')}>
          {({ items: all }) => {
            const known = items.find((round) => round.id === id);
            return <Form id={known?.id} first={known ? draftOf(known) : blank(all[0]?.id ?? '')} stations={all} />;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

interface FormProps {
  readonly id: string | undefined;
  readonly first: Draft;
  readonly stations: readonly { readonly id: string; readonly name: string }[];
}

function Form({ id, first, stations }: FormProps) {
  const say = useWords('patrol');
  const common = useWords('common');
  const [draft, setDraft] = useState(first);
  const change = (more: Partial<Draft>) => setDraft({ ...draft, ...more });
  const { saving, removing } = useWriting(id);
  const { body, faults } = bodyOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body) saving.mutate(body);
  };
  return (
    <form className={classes.plan} onSubmit={submit}>
      <Title order={1} size="h3">
        {say(id === undefined ? 'newPlan' : 'changePlan')}
      </Title>
      <Stack gap="md">
        <TextInput
          label={say('planName')}
          required
          maxLength={200}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={say('station')}
          value={draft.stationId}
          data={stations.map((station) => ({ value: station.id, label: station.name }))}
          onChange={(event) => change({ stationId: event.currentTarget.value })}
        />
        <When draft={draft} change={change} wrong={faults.includes('times')} />
        <Group>
          <NumberInput
            label={say('grace')}
            min={1}
            max={240}
            value={draft.grace}
            onChange={(value) => change({ grace: Number(value) || 15 })}
          />
          <div>
            <SegmentedControl
              aria-label={say('atOnce')}
              value={String(draft.atOnce)}
              onChange={(value) => change({ atOnce: Number(value) })}
              data={[1, 2, 3, 4].map((count) => ({ value: String(count), label: say('pictures', { count }) }))}
            />
          </div>
          <Checkbox label={say('active')} checked={draft.active} onChange={(event) => change({ active: event.currentTarget.checked })} />
        </Group>
        <StopList stops={draft.stops} change={(stops) => change({ stops })} />
        <Trouble error={saving.error ?? removing.error} />
        <Group>
          <Button type="submit" disabled={!body} loading={saving.isPending}>
            {common('save')}
          </Button>
          <Button component={Link} to="/patrol" variant="default">
            {common('cancel')}
          </Button>
          {id !== undefined && (
            <Button ms="auto" color="orange" variant="outline" loading={removing.isPending} onClick={() => removing.mutate()}>
              {say('removePlan')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

type Body = NonNullable<ReturnType<typeof bodyOf>['body']>;

function useWriting(id: string | undefined) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const over = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ['rounds'] });
    await navigate({ to: '/patrol' });
  };
  const path = { params: { path: { id: id ?? '' } } };
  const saving = useMutation({
    mutationFn: async (body: Body) => {
      if (id === undefined) await answer(api.POST('/api/v1/rounds', { body }));
      else await answer(api.PUT('/api/v1/rounds/{id}', { ...path, body }));
    },
    onSuccess: over,
  });
  const removing = useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/rounds/{id}', path)), onSuccess: over });
  return { saving, removing };
}

interface WhenProps {
  readonly draft: Draft;
  readonly change: (more: Partial<Draft>) => void;
  readonly wrong: boolean;
}

function When({ draft, change, wrong }: WhenProps) {
  const say = useWords('patrol');
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={say('when')}
        value={draft.way}
        onChange={(way) => change({ way: way === 'minutes' ? 'minutes' : 'times' })}
        data={[
          { value: 'times', label: say('atTimes') },
          { value: 'minutes', label: say('atMinutes') },
        ]}
      />
      {draft.way === 'times' ? (
        <TextInput
          label={say('times')}
          value={draft.times}
          error={wrong ? say('timesWrong') : undefined}
          onChange={(event) => change({ times: event.currentTarget.value })}
        />
      ) : (
        <Group>
          <NumberInput
            label={say('minutes')}
            min={5}
            max={1440}
            value={draft.minutes}
            onChange={(value) => change({ minutes: Number(value) || 60 })}
          />
          <TextInput type="time" label={say('from')} value={draft.from} onChange={(event) => change({ from: event.currentTarget.value })} />
          <TextInput type="time" label={say('to')} value={draft.to} onChange={(event) => change({ to: event.currentTarget.value })} />
        </Group>
      )}
      <Chip.Group multiple value={draft.days.map(String)} onChange={(days) => change({ days: days.map(Number) })}>
        <Group gap={6} role="group" aria-label={say('daysOfWeek')}>
          {week.map((day) => (
            <Chip key={day} value={String(day)} size="sm" variant="outline">
              {say(`day.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Stack>
  );
}
