import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { answer, api, Refused } from '../api/client.ts';
import { setupStateQuery } from '../first-run/state.ts';
import { Trouble } from '../parts/trouble.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWords } from '../words/index.ts';
import { keepPlace } from './place.ts';

interface Props {
  /** Who sat at this page until the session ended. */
  readonly satHere?: string;
}

/** Asks who sits here; the frame shows the page that was asked for once it knows. */
export function SignIn({ satHere }: Props) {
  const say = useWords('signIn');
  const common = useWords('common');
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const { data: setup } = useQuery(setupStateQuery);
  const entering = useMutation({
    mutationFn: (body: { username: string; password: string; code?: string }) => answer(api.POST('/api/v1/sessions', { body })),
    onSuccess: async ({ account }) => {
      if (satHere === undefined || satHere === account.username) await client.invalidateQueries();
      else {
        // Another person: neither the page of the one before nor anything that was read for that one.
        await navigate({ to: '/' });
        await client.resetQueries();
      }
      // Where no page was asked for, the first of the roles is found anew.
      await router.invalidate();
    },
  });
  const code = entering.error instanceof Refused ? entering.error.problem?.code : undefined;
  const asked = entering.variables?.code !== undefined || code === 'second-factor-needed';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = String(form.get('code') ?? '').trim();
    entering.mutate({
      username: String(form.get('username')),
      password: String(form.get('password')),
      ...(code === '' ? {} : { code }),
    });
  };
  return (
    <Center mih="100dvh" p="md">
      <Paper component="main" p="xl" w="min(24rem, 100%)" withBorder>
        <form onSubmit={submit}>
          <Stack>
            <Group justify="space-between" align="start" wrap="nowrap">
              <Title order={1} size="h2">
                {common('product')}
              </Title>
              <LanguageSwitch />
            </Group>
            <Text c="var(--muted)">{common('tagline')}</Text>
            {setup?.hasAccount === false && (
              <Alert color="yellow" variant="outline" title={say('nobodyYet')}>
                {say('nobodyYetHint')}
              </Alert>
            )}
            <TextInput name="username" label={say('username')} autoComplete="username" required autoFocus />
            <PasswordInput name="password" label={say('password')} autoComplete="current-password" required />
            {asked && <TextInput name="code" label={say('code')} autoComplete="one-time-code" autoFocus />}
            <Button type="submit" size="md" loading={entering.isPending}>
              {say('submit')}
            </Button>
            <Trouble error={entering.error} />
            {setup?.singleSignOn !== undefined && (
              <Button component="a" href="/api/v1/sessions/single-sign-on" size="md" variant="default" onClick={keepPlace}>
                {setup.singleSignOn}
              </Button>
            )}
            <SentBack />
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

/** Why somebody who came back from the issuer of identities was not let in. */
function SentBack() {
  const say = useWords('signIn');
  if (!new URLSearchParams(location.search).has('refused')) return null;
  return (
    <Alert role="alert" color="orange" variant="outline" title={say('refused')}>
      {say('refusedHint')}
    </Alert>
  );
}
