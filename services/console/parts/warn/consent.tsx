import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { useRefetchOn } from '../../api/use-live.ts';
import { useWords } from '../../words/index.ts';
import { Icon } from '../icon.tsx';
import { useSecond } from '../time.tsx';
import { Trouble } from '../trouble.tsx';
import type { Request } from './broadcasts.ts';
import classes from './warn.module.css';

const key = ['broadcast-requests'] as const;
const left = ({ until }: Request, now: number): number => Math.max(0, Math.floor(Date.parse(until) / 1000) - now);

/** Where one's own broadcast to several sites waits. @param begun told once there is consent */
export function Waiting({ id, begun }: { readonly id: string; readonly begun: (id: string, live: boolean) => void }) {
  const say = useWords('warn');
  const now = useSecond();
  useRefetchOn(['broadcast.'], [...key, id]);
  const { data, error } = useQuery({
    queryKey: [...key, id],
    queryFn: () => answer(api.GET('/api/v1/broadcast-requests/{id}', { params: { path: { id } } })),
  });
  const consented = data?.state === 'consented';
  const live = data?.live ?? false;
  useEffect(() => {
    if (consented) begun(id, live);
  }, [consented, live, id, begun]);
  if (!data) return <Trouble error={error} />;
  const { state, reason } = data;
  if (state !== 'refused' && state !== 'lapsed') return <li role="status">{say('waiting', { seconds: left(data, now) })}</li>;
  const why = reason === undefined ? '' : ` · ${reason}`;
  return <li role="alert">{say('ended', { state: say(`ended.${state}`), reason: why })}</li>;
}

/** On every page of whoever may consent: what a colleague wants to say at several sites, until somebody has decided. */
export function Consents() {
  useRefetchOn(['broadcast.awaiting-consent', 'broadcast.consented', 'broadcast.refused', 'broadcast.lapsed'], key);
  const { data, error, refetch } = useQuery({
    queryKey: [...key, 'open'],
    queryFn: () => answer(api.GET('/api/v1/broadcast-requests', { params: { query: { state: 'awaiting-consent', limit: 20 } } })),
  });
  return (
    <>
      <Trouble error={error} retry={() => void refetch()} />
      {data?.items.map((request) => (
        <Question key={request.id} request={request} />
      ))}
    </>
  );
}

function Question({ request }: { readonly request: Request }) {
  const say = useWords('warn');
  const now = useSecond();
  const client = useQueryClient();
  const own = useSession().actor.name === request.owner;
  const [refusing, setRefusing] = useState(false);
  const path = { params: { path: { id: request.id } } };
  const onSettled = () => client.invalidateQueries({ queryKey: key });
  const consenting = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/broadcast-requests/{id}/consent', { ...path, body: {} })),
    onSettled,
  });
  const refusal = useMutation({
    mutationFn: (reason: string) => answer(api.POST('/api/v1/broadcast-requests/{id}/refuse', { ...path, body: { reason } })),
    onSettled,
  });
  const said = {
    by: request.requestedBy,
    places: [...request.siteIds, ...(request.siteIds.length === 0 ? request.deviceIds : [])].join(', '),
    text: request.text ?? say('liveTalk'),
    seconds: left(request, now),
  };
  return (
    <div className={classes.question} role="alert">
      <Icon name="speaker" /> {say(own ? 'own' : 'asks', said)}
      <Group gap="xs">
        {!own && (
          <Button size="compact-md" loading={consenting.isPending} onClick={() => consenting.mutate()}>
            {say('consent')}
          </Button>
        )}
        <Button
          size="compact-md"
          variant="default"
          loading={refusal.isPending}
          onClick={() => (own ? refusal.mutate(say('takenBack')) : setRefusing(true))}
        >
          {say(own ? 'takeBack' : 'refuse')}
        </Button>
        {refusing && <Why send={refusal.mutate} />}
      </Group>
      <Trouble error={consenting.error ?? refusal.error} />
    </div>
  );
}

function Why({ send }: { readonly send: (reason: string) => void }) {
  const say = useWords('warn');
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') send(reason.trim());
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput
          data-autofocus={true}
          aria-label={say('why')}
          placeholder={say('why')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-md" disabled={reason.trim() === ''}>
          {say('refuse')}
        </Button>
      </Group>
    </form>
  );
}
