import { Alert, Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { answer, api } from '../api/client.ts';
import { useNewPassword } from '../parts/new-password.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWords } from '../words/index.ts';
import { linkToken } from './state.ts';

/** A forgotten password set anew, with the one-time link of an administrator. */
export default function Reset() {
  const say = useWords('firstRun');
  const { fields, read } = useNewPassword(say('password'));
  const setting = useMutation({
    mutationFn: (password: string) => answer(api.POST('/api/v1/password-resets', { body: { token: linkToken() ?? '', password } })),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = read(new FormData(event.currentTarget));
    if (password !== undefined) setting.mutate(password);
  };
  return (
    <Center mih="100dvh" p="md">
      <Paper component="main" p="xl" w="min(26rem, 100%)" withBorder>
        <Stack>
          <Title order={1} size="h2">
            {say('resetTitle')}
          </Title>
          <LanguageSwitch />
          {setting.isSuccess ? (
            <>
              <Alert color="green" variant="outline" role="status">
                {say('resetDone')}
              </Alert>
              <Button component={Link} to="/">
                {say('toSignIn')}
              </Button>
            </>
          ) : (
            <form onSubmit={submit}>
              <Stack>
                <Text>{say('resetIntro')}</Text>
                {fields}
                <Button type="submit" loading={setting.isPending}>
                  {say('resetSubmit')}
                </Button>
                <Trouble error={setting.error} />
              </Stack>
            </form>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
