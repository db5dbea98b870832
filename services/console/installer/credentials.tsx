import { Button, Checkbox, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { SiteSelect } from '../parts/site-select.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { Attempt } from './attempt.tsx';
import { type FoundCamera, hostOf } from './found.ts';
import { driversQuery } from './queries.ts';
import { type Values, withValue } from './schema.ts';

interface CredentialsProps {
  readonly cameras: readonly FoundCamera[];
  readonly siteId: string | undefined;
  readonly onSend: (sent: {
    readonly cameras: readonly FoundCamera[];
    readonly settings: Values;
    readonly siteId: string | undefined;
  }) => void;
}

/** The user name and password that the chosen cameras take, tried on the first before it goes to all. */
export function Credentials({ cameras, siteId, onSend }: CredentialsProps) {
  const say = useWords('installer');
  const { data: drivers, error } = useQuery(driversQuery);
  const [site, setSite] = useState(siteId);
  const [settings, setSettings] = useState<Values>({ username: 'admin' });
  const change = (name: string, value: unknown) => setSettings(withValue(settings, name, value));
  const [first] = cameras;
  const driver = drivers?.items.find(({ kind, name }) => kind === 'camera' && name === first?.driver);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend({ cameras, settings, siteId: site });
  };
  const text = (name: string): string => String(settings[name] ?? '');
  return (
    <Paper withBorder p="md" bg="var(--surface)">
      <form onSubmit={submit}>
        <Stack>
          <Title order={2} size="h4">
            {say('credentials', { count: cameras.length })}
          </Title>
          <TextInput
            label={say('userName')}
            description={say('userNameMayBeEmpty')}
            autoCapitalize="off"
            autoComplete="off"
            value={text('username')}
            onChange={(event) => change('username', event.currentTarget.value)}
          />
          <PasswordInput
            label={say('password')}
            description={say('passwordMayBeEmpty')}
            autoComplete="off"
            value={text('password')}
            onChange={(event) => change('password', event.currentTarget.value)}
          />
          <Checkbox
            label={say('allowBasic')}
            description={say('allowBasicHint')}
            checked={settings['allowBasic'] === true}
            onChange={(event) => change('allowBasic', event.currentTarget.checked)}
          />
          <SiteSelect value={site} none={say('noSite')} onChange={setSite} />
          <Trouble error={error} />
          {driver && first && (
            <>
              <Text size="sm" c="var(--muted)">
                {say('tryFirst', { address: hostOf(first.address) })}
              </Text>
              <Attempt driver={driver} settings={{ ...settings, address: first.address }} />
            </>
          )}
          <Button type="submit" size="lg">
            {say('registerAll', { count: cameras.length })}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
