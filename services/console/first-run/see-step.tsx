import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { Icon } from '../parts/icon.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { Ago } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import type { Progress } from './state.ts';

/** The first call, answered here as an operator answers it, and closed as the test that it was. */
export function SeeStep({ pressed }: { readonly pressed: NonNullable<Progress['pressed']> }) {
  const say = useWords('firstRun');
  const word = useWordFor('common');
  const client = useQueryClient();
  const path = { id: pressed.incidentId };
  const { data: incident, error } = useQuery({
    queryKey: ['incidents', pressed.incidentId],
    queryFn: () => answer(api.GET('/api/v1/incidents/{id}', { params: { path } })),
  });
  const answering = useMutation({
    mutationFn: async () => {
      await answer(api.POST('/api/v1/incidents/{id}/acknowledge', { params: { path }, body: {} }));
      await answer(api.POST('/api/v1/incidents/{id}/close', { params: { path }, body: { disposition: 'test' } }));
    },
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Stack>
      <Title order={2} size="h3">
        <Icon name="alarm" /> {say('seen')}
      </Title>
      <Text>{say('seeIntro', { number: pressed.number })}</Text>
      {incident && (
        <Group>
          <PriorityBadge priority={incident.priority} />
          <strong>{word(`kind.${incident.kind}`)}</strong>
          <span>{word(`state.${incident.state}`)}</span>
          <Ago at={incident.openedAt} />
        </Group>
      )}
      <Button loading={answering.isPending} onClick={() => answering.mutate()} autoFocus>
        {say('acknowledge')} · {say('closeAsTest')}
      </Button>
      <Trouble error={answering.error ?? error} />
    </Stack>
  );
}
