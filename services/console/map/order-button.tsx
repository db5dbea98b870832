import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answer, api } from '../api/client.ts';
import { mayDo, useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';

/** Sends one unit to one incident. Shown only to those who may. */
export function OrderButton({
  incidentId,
  unitId,
  children,
}: {
  readonly incidentId: string;
  readonly unitId: string;
  readonly children: ReactNode;
}) {
  const say = useWords('mapPage');
  const session = useSession();
  const client = useQueryClient();
  const ordering = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/incidents/{id}/orders', { params: { path: { id: incidentId } }, body: { unitIds: [unitId] } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['map', 'state'] }),
  });
  if (!mayDo(session, ['operator', 'supervisor'])) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name={ordering.isSuccess ? 'check' : 'order'} />}
        loading={ordering.isPending}
        disabled={ordering.isSuccess}
        onClick={() => ordering.mutate()}
      >
        {ordering.isSuccess ? say('ordered') : children}
      </Button>
      <Trouble error={ordering.error} />
    </>
  );
}
