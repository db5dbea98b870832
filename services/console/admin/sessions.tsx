import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import { Heads } from '../parts/heads.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './admin.module.css';
import { inWords } from './agent.ts';
import { sessionsQuery } from './requests.ts';

const from = ({ ip, agent }: { readonly ip: string; readonly agent: string }): string =>
  [ip, inWords(agent)].filter((part) => part !== undefined).join(' · ');

/** Where a person is signed in; each can be ended, or all. The one that asks stays. */
export function Sessions({ id }: { readonly id: string }) {
  const say = useWords('admin');
  const client = useQueryClient();
  const { data, error } = useQuery(sessionsQuery(id));
  const settled = () => client.invalidateQueries({ queryKey: ['accounts', id, 'sessions'] });
  const ending = useMutation({
    mutationFn: (sessionId: string) =>
      answer(api.DELETE('/api/v1/accounts/{id}/sessions/{sessionId}', { params: { path: { id, sessionId } } })),
    onSettled: settled,
  });
  const endingAll = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/accounts/{id}/sessions', { params: { path: { id } } })),
    onSettled: settled,
  });
  const items = data?.items ?? [];
  return (
    <section className={classes.card} aria-labelledby="account-sessions">
      <Group justify="space-between">
        <Title order={3} size="h5" id="account-sessions">
          {say('sessions')}
        </Title>
        <Button
          size="compact-sm"
          variant="default"
          loading={endingAll.isPending}
          disabled={items.length === 0}
          onClick={() => endingAll.mutate()}
        >
          {say('endAll')}
        </Button>
      </Group>
      <Trouble error={error ?? ending.error ?? endingAll.error} />
      {data && items.length === 0 && <Text c="var(--muted)">{say('noSessions')}</Text>}
      {items.length > 0 && (
        <Table>
          <Heads of={[say('from'), say('openedAt'), say('seenAt')]} acts />
          <Table.Tbody>
            {items.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>
                  {from(session)}
                  <div className={classes.agent}>{session.agent}</div>
                </Table.Td>
                <Table.Td>{dateAndTime(session.openedAt)}</Table.Td>
                <Table.Td>{dateAndTime(session.seenAt)}</Table.Td>
                <Table.Td>
                  {session.current ? (
                    say('current')
                  ) : (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={say('endSession', { from: from(session) })}
                      onClick={() => ending.mutate(session.id)}
                    >
                      {say('revokeShort')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
