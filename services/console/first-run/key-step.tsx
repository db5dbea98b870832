import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { answer, api } from '../api/client.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { secretKey } from './press-step.tsx';
import { idFrom } from './state.ts';

/** The first key. Its secret goes to the next step by way of the cache, which ends with the page. */
export function KeyStep({ siteId }: { readonly siteId: string }) {
  const say = useWords('firstRun');
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: (name: string) =>
      answer(api.POST('/api/v1/devices', { body: { id: idFrom(name, 'key'), kind: 'key', driver: 'mqtt', name, siteId, settings: {} } })),
    onSuccess: async ({ device, secret }) => {
      client.setQueryData(secretKey(device.id), secret);
      await client.invalidateQueries({ queryKey: ['setup'] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    making.mutate(String(new FormData(event.currentTarget).get('name')));
  };
  return (
    <form onSubmit={submit}>
      <Stack maw="32rem">
        <Text>{say('keyIntro')}</Text>
        <TextInput name="name" label={say('keyName')} defaultValue={say('keyNameExample')} required maxLength={200} autoFocus />
        <Button type="submit" loading={making.isPending}>
          {say('register')}
        </Button>
        <Trouble error={making.error} />
      </Stack>
    </form>
  );
}
