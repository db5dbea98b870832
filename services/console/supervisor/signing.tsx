import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { answer, api } from '../api/client.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import type { Handover } from './requests.ts';
import classes from './supervisor.module.css';

interface Props {
  readonly id: string;
  readonly onSigned: (handover: Handover) => void;
}

/** Who goes signs with his own password. What was written is saved first. */
export function SignOutgoing({ id, before, onSigned }: Props & { readonly before: () => Promise<unknown> }) {
  const say = useWords('supervisor');
  const signing = useMutation({
    mutationFn: async (password: string) => {
      await before();
      return answer(api.POST('/api/v1/handovers/{id}/sign', { params: { path: { id } }, body: { password } }));
    },
    onSuccess: onSigned,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    signing.mutate(String(new FormData(event.currentTarget).get('password')));
  };
  return (
    <form data-print="leave" className={classes.card} onSubmit={submit}>
      <Stack maw="24rem">
        <PasswordInput name="password" label={say('password')} autoComplete="current-password" required />
        <Button type="submit" loading={signing.isPending}>
          {say('sign')}
        </Button>
        <Trouble error={signing.error} />
      </Stack>
    </form>
  );
}

/** Who comes signs at the same desk, with a name and password of his own; nobody is signed in or out by it. */
export function SignIncoming({ id, onSigned }: Props) {
  const say = useWords('supervisor');
  const client = useQueryClient();
  const signing = useMutation({
    mutationFn: (body: { username: string; password: string }) =>
      answer(api.POST('/api/v1/handovers/{id}/take-over', { params: { path: { id } }, body })),
    onSuccess: async (signed) => {
      onSigned(signed);
      await client.invalidateQueries({ queryKey: ['handovers', 'list'] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signing.mutate({ username: String(form.get('username')), password: String(form.get('password')) });
  };
  return (
    <form data-print="leave" className={classes.card} onSubmit={submit} autoComplete="off">
      <Stack maw="24rem">
        <Title order={2} size="h5">
          {say('incoming')}
        </Title>
        <Text>{say('takeOverIntro')}</Text>
        <TextInput name="username" label={say('username')} autoComplete="off" required />
        <PasswordInput name="password" label={say('incomingPassword')} autoComplete="off" required />
        <Button type="submit" loading={signing.isPending}>
          {say('takeOver')}
        </Button>
        <Trouble error={signing.error} />
      </Stack>
    </form>
  );
}
