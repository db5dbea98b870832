import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { withLocalTimes } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { doctorQuery, type WalkTest } from './queries.ts';
import { Mark } from './state.tsx';

/** Why a press here would not be answered. */
export function Doctor({ id }: { readonly id: string }) {
  const say = useWords('installer');
  const { data, error, refetch, isFetching } = useQuery(doctorQuery(id));
  useRefetchOn(['device.', 'register.'], ['devices', id, 'doctor']);
  return (
    <Paper withBorder p="md" bg="var(--surface)" component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('doctor')}
        </Title>
        <Text c="var(--muted)">{say('doctorAsks')}</Text>
        <Trouble error={error} />
        {data?.findings.length === 0 && <Mark standing="good">{say('doctorWell')}</Mark>}
        {data && <Findings findings={data.findings} />}
        <Button variant="default" w="fit-content" loading={isFetching} onClick={() => void refetch()}>
          {say('askAgain')}
        </Button>
      </Stack>
    </Paper>
  );
}

/** Each with what to do about it. */
export function Findings({ findings }: { readonly findings: WalkTest['findings'] }) {
  return (
    <>
      {findings.map(({ code, text, do: remedy }) => (
        <Alert key={`${code} ${text}`} color="orange" variant="outline" icon={<Icon name="warning" />} title={withLocalTimes(text)}>
          {remedy}
        </Alert>
      ))}
    </>
  );
}
