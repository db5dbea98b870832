import { Alert, Button, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '../api/client.ts';
import { useRefetchOn } from '../api/use-live.ts';
import { deviceQuery } from '../installer/queries.ts';
import { Secret } from '../installer/secret.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';

/** Where the secret of a key that was just registered waits for this step: shown once, asked for by nobody. */
export const secretKey = (id: string): readonly string[] => ['first-secret', id];

const payload = '{ "type": "press" }';

/** What the key needs, and the wait for its first press. */
export function PressStep({ device }: { readonly device: { readonly id: string; readonly name: string } }) {
  const say = useWords('firstRun');
  const common = useWords('common');
  const client = useQueryClient();
  const { data: secret } = useQuery<string | null>({ queryKey: secretKey(device.id), queryFn: () => null, enabled: false });
  const { data: heard } = useQuery({ ...deviceQuery(device.id), refetchInterval: 30_000 });
  useRefetchOn(['device.', 'incident.'], ['devices', device.id]);
  const renewing = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/devices/{id}/secret', { params: { path: { id: device.id } } })),
    onSuccess: ({ secret: fresh }) => client.setQueryData(secretKey(device.id), fresh),
  });
  return (
    <Stack>
      <Text>{say('pressIntro')}</Text>
      {secret ? (
        <Secret device={{ ...device, kind: 'key' }} secret={secret} />
      ) : (
        <Group>
          <Text flex="1 1 16rem">{say('secretGone')}</Text>
          <Button variant="default" loading={renewing.isPending} onClick={() => renewing.mutate()}>
            {say('renewSecret')}
          </Button>
        </Group>
      )}
      <Trouble error={renewing.error} />
      <Text size="sm" c="var(--muted)">
        {say('pressedHow', { topic: `keys/${device.id}/event` })} <Code>{payload}</Code>
      </Text>
      <Alert color="sky" variant="outline" icon={<Loader size="1.25rem" aria-hidden="true" />} role="status">
        {say('waiting', { name: device.name })} {say('keyState')}: {common(`device.${heard?.state ?? 'unknown'}`)}
      </Alert>
      <Button component={Link} to={`/installer/device/${device.id}`} variant="subtle">
        {say('doctor')}
      </Button>
    </Stack>
  );
}
