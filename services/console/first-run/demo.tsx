import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '../api/client.ts';
import { timeOfDay } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './first-run.module.css';
import { type Progress, progressQuery } from './state.ts';

type State = Progress['demo']['state'];
const busy: readonly State[] = ['starting', 'ending'];
/** Starting and ending have no event; they take seconds, and somebody waits for them. */
const askEach = 2_000;

/** The simulated county, one click away, and clearly an exercise. */
export function Demo({ demo }: { readonly demo: Progress['demo'] }) {
  const say = useWords('firstRun');
  const common = useWords('common');
  const client = useQueryClient();
  const { state, detail, endsAt } = demo;
  useQuery({ ...progressQuery, refetchInterval: busy.includes(state) ? askEach : false });
  const settled = () => client.invalidateQueries({ queryKey: ['setup'] });
  const starting = useMutation({ mutationFn: () => answer(api.POST('/api/v1/setup/demo', { body: {} })), onSettled: settled });
  const ending = useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/setup/demo')), onSettled: settled });
  // Beside places of one's own no county is simulated.
  if (state === 'unavailable') return null;
  const startable = state === 'absent' || state === 'at-rest';
  return (
    <aside className={classes.card} aria-labelledby="demo-title">
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h4" id="demo-title">
            {say('demoTitle')}
          </Title>
          <Badge color="yellow" variant="outline">
            {common('exercise')}
          </Badge>
        </Group>
        <Text size="sm">{say('demoIntro')}</Text>
        <Text role="status" fw={700}>
          {say(`demo.${state}`)}
        </Text>
        {endsAt && (
          <Text size="sm" c="var(--muted)">
            {say('demoEnds', { at: timeOfDay(endsAt) })}
          </Text>
        )}
        {detail && <Text size="sm">{detail}</Text>}
        {state === 'alive' && (
          <Button component={Link} to="/">
            {say('demoLook')}
          </Button>
        )}
        {startable && (
          <Button variant="default" loading={starting.isPending} onClick={() => starting.mutate()}>
            {say(state === 'absent' ? 'demoStart' : 'demoAgain')}
          </Button>
        )}
        {(state === 'alive' || state === 'at-rest') && (
          <Button variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
            {say('demoEnd')}
          </Button>
        )}
        <Trouble error={starting.error ?? ending.error} />
      </Stack>
    </aside>
  );
}
