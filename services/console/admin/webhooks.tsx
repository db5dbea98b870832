import { Badge, Button, Group, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useRefetchOn } from '../api/use-live.ts';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import classes from './admin.module.css';
import { Deliveries } from './deliveries.tsx';
import { Once } from './once.tsx';
import { type Webhook, webhooksQuery } from './requests.ts';

/** Systems outside that hear of what happens, and what did not reach them. */
export function Webhooks() {
  const say = useWords('admin');
  const common = useWords('common');
  const { data, error, fetchNextPage, hasNextPage } = useInfiniteQuery(webhooksQuery);
  useRefetchOn(['webhook.'], ['webhooks']);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack>
      <NewWebhook />
      <Trouble error={error} />
      {data && items.length === 0 && <Text c="var(--muted)">{say('noWebhooks')}</Text>}
      {items.map((webhook) => (
        <One key={webhook.id} webhook={webhook} />
      ))}
      {hasNextPage && (
        <Button variant="subtle" onClick={() => void fetchNextPage()}>
          {common('more')}
        </Button>
      )}
      <Deliveries />
    </Stack>
  );
}

function One({ webhook }: { readonly webhook: Webhook }) {
  const say = useWords('admin');
  const common = useWords('common');
  const client = useQueryClient();
  const params = { path: { id: webhook.id } };
  const settled = () => client.invalidateQueries({ queryKey: ['webhooks'] });
  const testing = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhooks/{id}/test', { params, body: {} })),
    onSettled: settled,
  });
  const rotating = useMutation({ mutationFn: () => answer(api.POST('/api/v1/webhooks/{id}/secret', { params, body: {} })) });
  const removing = useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/webhooks/{id}', { params })), onSettled: settled });
  return (
    <article className={classes.card} aria-label={webhook.url}>
      <Group justify="space-between">
        <Group>
          <span className={classes.code}>{webhook.url}</span>
          <Badge variant="outline" color={webhook.active ? 'green' : 'yellow'}>
            {say(webhook.active ? 'active' : 'gone')}
          </Badge>
          <Text size="sm" c="var(--muted)">
            {webhook.types.join(', ')} · {webhook.createdBy} · {dateAndTime(webhook.createdAt)}
          </Text>
        </Group>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
            {say('test')}
          </Button>
          <Button size="compact-sm" variant="default" loading={rotating.isPending} onClick={() => rotating.mutate()}>
            {say('rotate')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={removing.isPending}
            aria-label={say('removeWebhook', { url: webhook.url })}
            onClick={() => removing.mutate()}
          >
            {common('remove')}
          </Button>
        </Group>
      </Group>
      {testing.isSuccess && <Text role="status">{say('testSent')}</Text>}
      {rotating.data && (
        <Once
          title={say('secretOnce')}
          hint={say('secretFormer', { at: dateAndTime(rotating.data.formerUntil) })}
          name={say('secretOnce')}
          value={rotating.data.secret}
        />
      )}
      <Trouble error={testing.error ?? rotating.error ?? removing.error} />
    </article>
  );
}

function NewWebhook() {
  const say = useWords('admin');
  const common = useWords('common');
  const client = useQueryClient();
  const [types, setTypes] = useState<string[]>(['*']);
  const making = useMutation({
    mutationFn: (url: string) => answer(api.POST('/api/v1/webhooks', { body: { url, types } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    making.mutate(String(new FormData(event.currentTarget).get('url')));
  };
  return (
    <form className={classes.card} onSubmit={submit} aria-labelledby="new-webhook">
      <Title order={2} size="h5" id="new-webhook" mb="xs">
        {say('newWebhook')}
      </Title>
      <div className={classes.fields}>
        <TextInput name="url" type="url" label={say('url')} required maxLength={2000} />
        <TagsInput label={`${say('types')} (${say('typesHint')})`} value={types} onChange={setTypes} />
        <Button type="submit" loading={making.isPending} disabled={types.length === 0}>
          {common('add')}
        </Button>
      </div>
      <Trouble error={making.error} />
      {making.data && <Once title={say('secretOnce')} hint={say('keyOnceHint')} name={say('secretOnce')} value={making.data.secret} />}
    </form>
  );
}
