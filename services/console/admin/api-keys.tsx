import { Button, MultiSelect, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { mayDo, useSession } from '../api/session.ts';
import { Heads } from '../parts/heads.tsx';
import { MomentInput } from '../parts/moment-input.tsx';
import { dateAndTime, momentOf } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import { useRoleChoice } from './accounts.tsx';
import classes from './admin.module.css';
import { Once } from './once.tsx';
import { type ApiKey, apiKeysQuery, roles, scopes } from './requests.ts';

/** Keys for other systems. */
export function ApiKeys() {
  const say = useWords('admin');
  const common = useWords('common');
  const edits = mayDo(useSession(), []);
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery(apiKeysQuery);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack>
      {edits && <NewKey />}
      <Trouble error={error} />
      {data && items.length === 0 && <Text c="var(--muted)">{say('noKeys')}</Text>}
      {items.length > 0 && (
        <Table>
          <Heads of={(['keyName', 'roles', 'createdBy', 'expiresAt', 'lastUsedAt'] as const).map((head) => say(head))} acts={edits} />
          <Table.Tbody>
            {items.map((item) => (
              <Row key={item.id} item={item} edits={edits} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          {common('more')}
        </Button>
      )}
    </Stack>
  );
}

function Row({ item, edits }: { readonly item: ApiKey; readonly edits: boolean }) {
  const say = useWords('admin');
  const word = useWordFor('admin');
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: item.id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
  const may = [...item.roles.map((role) => word(`role.${role}`)), ...item.scopes.map((scope) => word(`scope.${scope}`))];
  return (
    <Table.Tr>
      <Table.Td>{item.name}</Table.Td>
      <Table.Td>{may.join('、')}</Table.Td>
      <Table.Td>
        {item.createdBy} · {dateAndTime(item.createdAt)}
      </Table.Td>
      <Table.Td>{item.expiresAt ? dateAndTime(item.expiresAt) : say('never')}</Table.Td>
      <Table.Td>{item.lastUsedAt ? dateAndTime(item.lastUsedAt) : say('never')}</Table.Td>
      {edits && (
        <Table.Td>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={revoking.isPending}
            aria-label={say('revoke', { name: item.name })}
            onClick={() => revoking.mutate()}
          >
            {say('revokeShort')}
          </Button>
          <Trouble error={revoking.error} />
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function NewKey() {
  const say = useWords('admin');
  const common = useWords('common');
  const client = useQueryClient();
  const choice = useRoleChoice();
  const [chosen, setChosen] = useState<string[]>(['integrator']);
  const [narrowed, setNarrowed] = useState<string[]>([]);
  const making = useMutation({
    mutationFn: ({ name, expiresAt }: { name: string; expiresAt: string }) => {
      const ends = expiresAt === '' ? {} : { expiresAt: momentOf(expiresAt) };
      const body = {
        name,
        roles: roles.filter((role) => chosen.includes(role)),
        scopes: scopes.filter((scope) => narrowed.includes(scope)),
        ...ends,
      };
      return answer(api.POST('/api/v1/api-keys', { body }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    making.mutate({ name: String(given.get('name')), expiresAt: String(given.get('expiresAt')) });
  };
  return (
    <form className={classes.card} onSubmit={submit} aria-labelledby="new-key">
      <Title order={2} size="h5" id="new-key" mb="xs">
        {say('newApiKey')}
      </Title>
      <div className={classes.fields}>
        <TextInput name="name" label={say('keyName')} required maxLength={100} />
        <MultiSelect label={say('roles')} data={choice} value={chosen} onChange={setChosen} />
        <MultiSelect
          label={say('scopes')}
          data={scopes.map((value) => ({ value, label: say(`scope.${value}`) }))}
          value={narrowed}
          onChange={setNarrowed}
        />
        <MomentInput name="expiresAt" label={say('expiresAt')} />
        <Button type="submit" loading={making.isPending} disabled={chosen.length === 0}>
          {common('add')}
        </Button>
      </div>
      <Trouble error={making.error} />
      {making.data && <Once title={say('keyOnce')} hint={say('keyOnceHint')} name={say('apiKey')} value={making.data.key} />}
    </form>
  );
}
