import { Alert, Button, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { answer, api } from '../api/client.ts';
import { useNewPassword } from '../parts/new-password.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { type Language, language, speak, useWords } from '../words/index.ts';
import { linkToken, setupStateQuery } from './state.ts';

/** Both languages name themselves, so that everybody finds his own. */
const tongues: { readonly value: Language; readonly label: string }[] = [
  { value: 'zh', label: String.fromCodePoint(0x4e2d, 0x6587) },
  { value: 'en', label: 'English' },
];

/** The first account, with the one-time link that the start printed; its maker is signed in at once, in the language chosen. */
export function AccountStep() {
  const say = useWords('firstRun');
  const client = useQueryClient();
  const { data: state, error } = useQuery(setupStateQuery);
  const { fields, read } = useNewPassword(say('password'));
  const token = linkToken();
  const making = useMutation({
    mutationFn: async ({ username, password }: { username: string; password: string }) => {
      await answer(api.POST('/api/v1/setup', { body: { token: token ?? '', username, password } }));
      await answer(api.PUT('/api/v1/me', { body: { language: language() } }));
      history.replaceState(history.state, '', location.pathname);
      await client.invalidateQueries();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = read(form);
    if (password !== undefined) making.mutate({ username: String(form.get('username')), password });
  };
  if (state?.hasAccount) return <Closed title={say('hasAccount')} hint={say('hasAccountHint')} signIn />;
  if (token === null) return <Closed title={say('noLink')} hint={say('noLinkHint')} />;
  return (
    <form onSubmit={submit}>
      <Stack maw="28rem">
        <Text id="first-run-language">{say('languageQuestion')}</Text>
        <SegmentedControl
          aria-labelledby="first-run-language"
          data={tongues}
          value={language()}
          onChange={(chosen) => void speak(chosen as Language)}
        />
        <Text>{say('accountIntro')}</Text>
        <TextInput name="username" label={say('username')} defaultValue="admin" autoComplete="username" required maxLength={64} />
        {fields}
        <Button type="submit" loading={making.isPending}>
          {say('makeAccount')}
        </Button>
        <Trouble error={making.error ?? error} />
      </Stack>
    </form>
  );
}

function Closed({ title, hint, signIn = false }: { readonly title: string; readonly hint: string; readonly signIn?: boolean }) {
  const say = useWords('firstRun');
  return (
    <Stack align="start">
      <Alert color="yellow" variant="outline" title={title}>
        {hint}
      </Alert>
      {signIn && (
        <Button component={Link} to="/">
          {say('toSignIn')}
        </Button>
      )}
    </Stack>
  );
}
