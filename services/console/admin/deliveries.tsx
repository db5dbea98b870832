import { Button, Group, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { Heads } from '../parts/heads.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './admin.module.css';
import { type Delivery, deliveriesQuery } from './requests.ts';

/** What was sent out, and the dead letters first: each can be sent again. */
export function Deliveries() {
  const say = useWords('admin');
  const common = useWords('common');
  const [dead, setDead] = useState(true);
  const { data, error, fetchNextPage, hasNextPage, refetch, isFetching } = useInfiniteQuery(deliveriesQuery(dead ? 'dead' : undefined));
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={classes.card} aria-labelledby="deliveries-title">
      <Group justify="space-between">
        <Title order={2} size="h5" id="deliveries-title">
          {say('deliveries')}
        </Title>
        <Group>
          <SegmentedControl
            aria-labelledby="deliveries-title"
            data={[
              { value: 'dead', label: say('deadLetters') },
              { value: 'all', label: say('deliveries') },
            ]}
            value={dead ? 'dead' : 'all'}
            onChange={(value) => setDead(value === 'dead')}
          />
          <Button variant="subtle" loading={isFetching} onClick={() => void refetch()}>
            {say('refresh')}
          </Button>
        </Group>
      </Group>
      <Trouble error={error} />
      {data && items.length === 0 && <Text c="var(--muted)">{say('noDeliveries')}</Text>}
      {items.length > 0 && (
        <Table>
          <Heads of={(['at', 'event', 'subject', 'state', 'attempts', 'lastError'] as const).map((head) => say(head))} acts />
          <Table.Tbody>
            {items.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          {common('more')}
        </Button>
      )}
    </section>
  );
}

function Row({ item }: { readonly item: Delivery }) {
  const say = useWords('admin');
  const client = useQueryClient();
  const replaying = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhooks/deliveries/{id}/replay', { params: { path: { id: item.id } }, body: {} })),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  const event = String(item.event['type'] ?? '');
  return (
    <Table.Tr>
      <Table.Td>{dateAndTime(item.createdAt)}</Table.Td>
      <Table.Td>{event}</Table.Td>
      <Table.Td className={classes.code}>{String(item.event['subject'] ?? '')}</Table.Td>
      <Table.Td>{say(`delivery.${item.state}`)}</Table.Td>
      <Table.Td>{item.attempts}</Table.Td>
      <Table.Td>{item.lastError}</Table.Td>
      <Table.Td>
        <Button
          size="compact-sm"
          variant="default"
          loading={replaying.isPending}
          aria-label={say('replayOf', { event })}
          onClick={() => replaying.mutate()}
        >
          {say('replay')}
        </Button>
        <Trouble error={replaying.error} />
      </Table.Td>
    </Table.Tr>
  );
}
