import { Alert, Button, Code, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { answer, api } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { Qr } from '../parts/qr.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';

const factorQuery = queryOptions({ queryKey: ['second-factor'], queryFn: () => answer(api.GET('/api/v1/me/second-factor')) });

/** Putting a second factor on: password, QR code, first code, recovery codes. Taking it off: password and code. */
export function SecondFactor() {
  const say = useWords('ownAccount');
  const { data: state, error } = useQuery(factorQuery);
  const beginning = useMutation({ mutationFn: (current: string) => answer(api.POST('/api/v1/me/second-factor', { body: { current } })) });
  const confirming = useMutation({
    mutationFn: (code: string) => answer(api.POST('/api/v1/me/second-factor/confirm', { body: { code } })),
  });
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {say('factor')}
      </Title>
      <Trouble error={error ?? beginning.error ?? confirming.error} />
      {confirming.data ? (
        <RecoveryCodes codes={confirming.data.recoveryCodes} />
      ) : beginning.data ? (
        <>
          <Text>{say('scan')}</Text>
          <Code block>{beginning.data.secret}</Code>
          <Qr text={beginning.data.uri} label={say('qr')} />
          <Asking submit={say('confirm')} busy={confirming.isPending} go={({ code }) => confirming.mutate(code)}>
            <TextInput name="code" label={say('code')} inputMode="numeric" autoComplete="one-time-code" required />
          </Asking>
        </>
      ) : state?.on === true ? (
        <End left={state.recoveryCodes} />
      ) : (
        <>
          <Text>{say('off')}</Text>
          <Asking submit={say('begin')} busy={beginning.isPending} go={({ current }) => beginning.mutate(current)}>
            <PasswordInput name="current" label={say('current')} autoComplete="current-password" required />
          </Asking>
        </>
      )}
    </Stack>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const say = useWords('ownAccount');
  const client = useQueryClient();
  return (
    <Alert color="yellow" variant="outline" title={say('codes')}>
      <Stack>
        <Text>{say('codesHint')}</Text>
        <Code block>{codes.join('\n')}</Code>
        <Button onClick={() => void client.resetQueries()}>{say('done')}</Button>
      </Stack>
    </Alert>
  );
}

function End({ left }: { readonly left: number }) {
  const say = useWords('ownAccount');
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: (body: { current: string; code: string }) => answer(api.POST('/api/v1/me/second-factor/off', { body })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: factorQuery.queryKey }),
        client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ]),
  });
  return (
    <>
      <Text>{say('on', { count: left })}</Text>
      <Asking submit={say('end')} busy={ending.isPending} go={ending.mutate}>
        <PasswordInput name="current" label={say('current')} autoComplete="current-password" required />
        <TextInput name="code" label={say('codeOrRecovery')} autoComplete="one-time-code" required />
      </Asking>
      <Trouble error={ending.error} />
    </>
  );
}

interface AskingProps {
  readonly submit: string;
  readonly busy: boolean;
  readonly go: (given: { current: string; code: string }) => void;
  readonly children: ReactNode;
}

function Asking({ submit, busy, go, children }: AskingProps) {
  const take = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    go({ current: String(form.get('current')), code: String(form.get('code')).trim() });
  };
  return (
    <form onSubmit={take}>
      <Stack>
        {children}
        <Button type="submit" loading={busy}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
