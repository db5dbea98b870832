import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { mayDo, useSession } from '../api/session.ts';
import { useRefetchOn } from '../api/use-live.ts';
import { Heads } from '../parts/heads.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { handoversQuery, type ListedHandover, prepareHandover } from './requests.ts';

/** All handovers, newest first, and the way to a new one. */
export function Handovers() {
  const say = useWords('supervisor');
  const common = useWords('common');
  const navigate = useNavigate();
  const session = useSession();
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery(handoversQuery);
  useRefetchOn(['handover.'], ['handovers']);
  const preparing = useMutation({ mutationFn: prepareHandover, onSuccess: ({ id }) => navigate({ to: `/supervisor/handovers/${id}` }) });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap">
        <Text maw="44rem">{say('handoverIntro')}</Text>
        {mayDo(session, ['operator', 'supervisor']) && (
          <Button leftSection={<Icon name="shift" />} loading={preparing.isPending} onClick={() => preparing.mutate()}>
            {say('prepare')}
          </Button>
        )}
      </Group>
      <Trouble error={preparing.error ?? error} />
      {!data && !error && <Loading what={say('handovers')} />}
      {data && items.length === 0 && <Text c="var(--muted)">{say('noHandovers')}</Text>}
      {items.length > 0 && (
        <Table>
          <Heads of={(['collectedAt', 'state', 'outgoing', 'incoming', 'openItems'] as const).map((head) => say(head))} />
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
    </Stack>
  );
}

function Row({ item }: { readonly item: ListedHandover }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Link to={`/supervisor/handovers/${item.id}`}>{dateAndTime(item.collectedAt)}</Link>
      </Table.Td>
      <Table.Td>
        <State state={item.state} />
      </Table.Td>
      <Table.Td>{item.outgoing.name}</Table.Td>
      <Table.Td>{item.incoming?.name ?? '—'}</Table.Td>
      <Table.Td>{item.open}</Table.Td>
    </Table.Tr>
  );
}

const colours = { draft: 'gray', offered: 'yellow', signed: 'green' } as const;

export function State({ state }: { readonly state: ListedHandover['state'] }) {
  const say = useWords('supervisor');
  return (
    <Badge variant="outline" color={colours[state]}>
      {say(`state.${state}`)}
    </Badge>
  );
}
