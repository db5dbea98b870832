import { Alert, Button, PasswordInput, Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { answer, api } from '../api/client.ts';
import { useNewPassword } from '../parts/new-password.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';

/** The own password changed, which ends every other session of the same person. */
export function Password() {
  const say = useWords('ownAccount');
  const { fields, read } = useNewPassword(say('next'));
  const shown = useRef<HTMLFormElement>(null);
  const changing = useMutation({
    mutationFn: (body: { current: string; password: string }) => answer(api.PUT('/api/v1/me/password', { body })),
    onSuccess: () => shown.current?.reset(),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = read(form);
    if (password !== undefined) changing.mutate({ current: String(form.get('current')), password });
  };
  return (
    <form ref={shown} onSubmit={submit}>
      <Stack>
        <Title order={2} size="h4">
          {say('password')}
        </Title>
        <PasswordInput name="current" label={say('current')} autoComplete="current-password" required />
        {fields}
        <Button type="submit" loading={changing.isPending}>
          {say('change')}
        </Button>
        <Trouble error={changing.error} />
        {changing.isSuccess && (
          <Alert role="status" color="green" variant="outline">
            {say('changed')}
          </Alert>
        )}
      </Stack>
    </form>
  );
}
