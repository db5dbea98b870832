import { Button, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { mayDo, useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';

/** The kinds that video patrol names, too. */
const kinds = ['seen-on-camera', 'fight', 'fire', 'crowd', 'traffic'] as const;

/** Opens an incident for what an operator saw at a site or on a camera. */
export function Raise({ place }: { readonly place: { readonly siteId: string } | { readonly cameraId: string } }) {
  const [say, common] = [useWords('mapPage'), useWords('common')];
  const session = useSession();
  const client = useQueryClient();
  const [kind, setKind] = useState<string>(kinds[0]);
  const [note, setNote] = useState('');
  const raising = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/incidents', { body: { ...place, kind, priority: 2, note } })),
    onSuccess: () => {
      setNote('');
      return client.invalidateQueries({ queryKey: ['map', 'state'] });
    },
  });
  if (!mayDo(session, ['operator', 'supervisor'])) return null;
  return (
    <details>
      <summary>{say('raise')}</summary>
      <Stack gap="xs" mt="xs">
        <NativeSelect
          label={say('raiseKind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={kinds.map((each) => ({ value: each, label: common(`kind.${each}`) }))}
        />
        <Textarea
          label={say('raiseNote')}
          value={note}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button color="orange" leftSection={<Icon name="warning" />} loading={raising.isPending} onClick={() => raising.mutate()}>
          {say('raise')}
        </Button>
        <Trouble error={raising.error} />
        {raising.isSuccess && <span role="status">{say('raised')}</span>}
      </Stack>
    </details>
  );
}
