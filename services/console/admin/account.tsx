import { Button, Group, MultiSelect, PasswordInput, SegmentedControl, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { Loaded } from '../parts/loaded.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { useRoleChoice } from './accounts.tsx';
import classes from './admin.module.css';
import { Once } from './once.tsx';
import { type AccountOf, accountQuery, roles } from './requests.ts';
import { complete, type Served, Serves } from './serves.tsx';
import { Sessions } from './sessions.tsx';

/** One person's account: roles, language, password, where it is signed in. */
export function Account({ id }: { readonly id: string }) {
  const say = useWords('admin');
  return (
    <Loaded query={useQuery(accountQuery(id))} what={say('accounts')}>
      {(account) => <Form key={account.id} account={account} />}
    </Loaded>
  );
}

function Form({ account }: { readonly account: AccountOf }) {
  const say = useWords('admin');
  return (
    <Stack>
      <Title order={2} size="h4">
        {say('editAccount', { name: account.username })}
      </Title>
      <Change account={account} />
      <Reset account={account} />
      <ResetFactor id={account.id} />
      <Sessions id={account.id} />
      <Remove account={account} />
    </Stack>
  );
}

function Change({ account }: { readonly account: AccountOf }) {
  const say = useWords('admin');
  const common = useWords('common');
  const client = useQueryClient();
  const choice = useRoleChoice();
  const [chosen, setChosen] = useState<string[]>(account.roles);
  const [served, setServed] = useState<Served>({
    stationIds: account.stationIds,
    ...(account.unitId !== undefined && { unitId: account.unitId }),
  });
  const [active, setActive] = useState(account.active);
  const [language, setLanguage] = useState<Chosen>(account.language ?? 'browser');
  const [password, setPassword] = useState('');
  const [identity, setIdentity] = useState(account.identity ?? '');
  const saving = useMutation({
    mutationFn: () => {
      const { unitId: _unit, roles: _roles, active: _active, language: _language, ...rest } = account;
      const body = {
        ...rest,
        ...served,
        roles: roles.filter((role) => chosen.includes(role)),
        active,
        identity,
        ...(language === 'browser' ? {} : { language }),
        ...(password === '' ? {} : { password }),
      } as const;
      return answer(api.PUT('/api/v1/accounts/{id}', { params: { path: { id: account.id } }, body }));
    },
    onSuccess: async (changed) => {
      client.setQueryData(accountQuery(account.id).queryKey, changed);
      setPassword('');
      await client.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  const languages = (['browser', 'zh', 'en'] as const).filter((one) => one !== 'browser' || account.language === undefined);
  return (
    <form
      className={classes.card}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <div className={classes.fields}>
        <MultiSelect label={say('roles')} data={choice} value={chosen} onChange={setChosen} />
        <Serves officer={chosen.includes('officer')} value={served} onChange={setServed} />
        <PasswordInput
          label={say('newPassword')}
          description={say('newPasswordHint')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          maxLength={256}
        />
        <TextInput
          label={say('identity')}
          description={say('identityHint')}
          value={identity}
          onChange={(event) => setIdentity(event.currentTarget.value)}
          maxLength={200}
        />
        <Language offered={languages} value={language} onChange={setLanguage} />
        <Switch label={say('active')} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />
        <Button type="submit" loading={saving.isPending} disabled={!complete(chosen, served, active)}>
          {common('save')}
        </Button>
      </div>
      <Trouble error={saving.error} />
    </form>
  );
}

type Chosen = 'zh' | 'en' | 'browser';

function Language({
  offered,
  value,
  onChange,
}: {
  readonly offered: readonly Chosen[];
  readonly value: Chosen;
  readonly onChange: (value: Chosen) => void;
}) {
  const say = useWords('admin');
  return (
    <div>
      <Text size="sm" fw={700} id="account-language">
        {say('language')}
      </Text>
      <SegmentedControl
        aria-labelledby="account-language"
        data={offered.map((one) => ({ value: one, label: say(`language.${one}`) }))}
        value={value}
        onChange={(chosen) => onChange(chosen === 'zh' || chosen === 'en' ? chosen : 'browser')}
      />
    </div>
  );
}

function Reset({ account }: { readonly account: AccountOf }) {
  const say = useWords('admin');
  const linking = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/accounts/{id}/reset-link', { params: { path: { id: account.id } }, body: {} })),
  });
  return (
    <Stack align="start">
      <Button variant="default" loading={linking.isPending} onClick={() => linking.mutate()}>
        {say('resetLink')}
      </Button>
      {linking.data && (
        <Once
          title={say('resetLink')}
          hint={say('resetLinkHint', { at: dateAndTime(linking.data.expiresAt) })}
          name={say('resetLink')}
          value={`${location.origin}${linking.data.path}`}
        />
      )}
      <Trouble error={linking.error} />
    </Stack>
  );
}

function ResetFactor({ id }: { readonly id: string }) {
  const say = useWords('admin');
  const resetting = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/accounts/{id}/second-factor', { params: { path: { id } } })),
  });
  return (
    <Stack align="start">
      <Button variant="default" loading={resetting.isPending} onClick={() => resetting.mutate()}>
        {say('resetFactor')}
      </Button>
      {resetting.isSuccess && <Text role="status">{say('factorReset')}</Text>}
      <Trouble error={resetting.error} />
    </Stack>
  );
}

function Remove({ account }: { readonly account: AccountOf }) {
  const say = useWords('admin');
  const common = useWords('common');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { account: own } = useSession();
  const [asked, setAsked] = useState(false);
  const removing = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/accounts/{id}', { params: { path: { id: account.id } } })),
    onSuccess: async () => {
      await navigate({ to: '/admin/accounts' });
      client.removeQueries({ queryKey: ['accounts', account.id] });
      await client.invalidateQueries({ queryKey: ['accounts', 'list'] });
    },
  });
  if (own?.id === account.id) return null;
  return (
    <Group>
      {asked ? (
        <>
          <Text>{say('removeSure', { name: account.username })}</Text>
          <Button color="orange" loading={removing.isPending} onClick={() => removing.mutate()}>
            {common('remove')}
          </Button>
          <Button variant="default" onClick={() => setAsked(false)}>
            {common('cancel')}
          </Button>
        </>
      ) : (
        <Button variant="subtle" onClick={() => setAsked(true)}>
          {say('removeAccount')}
        </Button>
      )}
      <Trouble error={removing.error} />
    </Group>
  );
}
