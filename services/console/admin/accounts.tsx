import { Badge, Button, MultiSelect, PasswordInput, Stack, Table, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { mayDo, useSession } from '../api/session.ts';
import { Heads } from '../parts/heads.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import classes from './admin.module.css';
import { accountsQuery, type Role, roles } from './requests.ts';
import { complete, type Served, Serves } from './serves.tsx';

/** People: who they are and what they may do. */
export function Accounts() {
  const say = useWords('admin');
  const common = useWords('common');
  const roleOf = useWordFor('admin');
  const edits = mayDo(useSession(), []);
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery(accountsQuery);
  return (
    <Stack>
      {edits && <NewAccount />}
      <Trouble error={error} />
      <Table>
        <Heads of={(['username', 'roles', 'state', 'createdAt'] as const).map((head) => say(head))} />
        <Table.Tbody>
          {data?.pages
            .flatMap(({ items }) => items)
            .map((account) => (
              <Table.Tr key={account.id}>
                <Table.Td>{edits ? <Link to={`/admin/accounts/${account.id}`}>{account.username}</Link> : account.username}</Table.Td>
                <Table.Td>{account.roles.map((role) => roleOf(`role.${role}`)).join('、')}</Table.Td>
                <Table.Td>
                  <Badge variant="outline" color={account.active ? 'green' : 'gray'}>
                    {say(account.active ? 'active' : 'inactive')}
                  </Badge>
                </Table.Td>
                <Table.Td>{dateAndTime(account.createdAt)}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          {common('more')}
        </Button>
      )}
    </Stack>
  );
}

/** The choice of roles, in words. */
export function useRoleChoice(): { value: Role; label: string }[] {
  const say = useWords('admin');
  return roles.map((value) => ({ value, label: say(`role.${value}`) }));
}

function NewAccount() {
  const say = useWords('admin');
  const common = useWords('common');
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<string[]>(['operator']);
  const [served, setServed] = useState<Served>({ stationIds: [] });
  const choice = useRoleChoice();
  const making = useMutation({
    mutationFn: ({ username, password }: { username: string; password: string }) =>
      answer(
        api.POST('/api/v1/accounts', {
          body: { username, password, ...served, roles: roles.filter((role) => chosen.includes(role)) },
        }),
      ),
    onSuccess: async () => {
      form.current?.reset();
      setServed({ stationIds: [] });
      await client.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    making.mutate({ username: String(given.get('username')), password: String(given.get('password')) });
  };
  return (
    <form ref={form} className={classes.card} onSubmit={submit} aria-labelledby="new-account">
      <Title order={2} size="h5" id="new-account" mb="xs">
        {say('newAccount')}
      </Title>
      <div className={classes.fields}>
        <TextInput name="username" label={say('username')} required maxLength={64} autoComplete="off" />
        <PasswordInput name="password" label={say('password')} required minLength={8} maxLength={256} autoComplete="new-password" />
        <MultiSelect label={say('roles')} data={choice} value={chosen} onChange={setChosen} />
        <Serves officer={chosen.includes('officer')} value={served} onChange={setServed} />
        <Button type="submit" loading={making.isPending} disabled={!complete(chosen, served)}>
          {common('add')}
        </Button>
      </div>
      <Trouble error={making.error} />
    </form>
  );
}
