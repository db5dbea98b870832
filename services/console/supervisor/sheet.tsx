import '../parts/print.css';
import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { mayDo, useSession } from '../api/session.ts';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/index.ts';
import { State } from './handovers.tsx';
import { Items } from './items.tsx';
import { type Handover, handoverQuery, prepareHandover } from './requests.ts';
import { SignIncoming, SignOutgoing } from './signing.tsx';
import classes from './supervisor.module.css';

/** One handover: as it is prepared, as it is signed, and as it stays. */
export function Sheet({ id }: { readonly id: string }) {
  const say = useWords('supervisor');
  useRefetchOn(['handover.'], ['handovers', id]);
  return (
    <Loaded query={useQuery(handoverQuery(id))} what={say('handovers')}>
      {(handover) => <Page key={`${handover.state} ${handover.collectedAt}`} handover={handover} />}
    </Loaded>
  );
}

function Page({ handover }: { readonly handover: Handover }) {
  const say = useWords('supervisor');
  const common = useWords('common');
  const client = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();
  const [notes, setNotes] = useState(handover.notes);
  const [annotations, setAnnotations] = useState<Readonly<Record<string, string>>>({});
  const params = { path: { id: handover.id } };
  const shows = (changed: Handover) => client.setQueryData(handoverQuery(handover.id).queryKey, changed);
  const save = () => answer(api.PUT('/api/v1/handovers/{id}', { params, body: { notes, annotations } }));
  const saving = useMutation({ mutationFn: save, onSuccess: shows });
  const collecting = useMutation({
    mutationFn: async () => {
      await save();
      return prepareHandover();
    },
    onSuccess: shows,
  });
  const withdrawing = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/handovers/{id}', { params })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['handovers', 'list'] });
      await navigate({ to: '/supervisor/handovers' });
    },
  });
  const mine = handover.outgoing.name === session.actor.name;
  const editable = mine && handover.state === 'draft';
  return (
    <Stack component="article">
      <Group justify="space-between">
        <Group>
          <Title order={1} size="h3">
            {say('sheetTitle')}
          </Title>
          <State state={handover.state} />
        </Group>
        <Group data-print="leave">
          {editable && (
            <Button variant="default" loading={collecting.isPending} onClick={() => collecting.mutate()}>
              {say('prepareAgain')}
            </Button>
          )}
          {mine && handover.state !== 'signed' && (
            <Button variant="default" loading={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
              {say('withdraw')}
            </Button>
          )}
          <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
            {say('print')}
          </Button>
        </Group>
      </Group>
      <Signatures handover={handover} />
      <Trouble error={saving.error ?? collecting.error ?? withdrawing.error} />
      <Items
        handover={handover}
        {...(editable
          ? { notes: annotations, onNote: (key: string, note: string) => setAnnotations({ ...annotations, [key]: note }) }
          : {})}
      />
      {editable ? (
        <Textarea
          label={say('notes')}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
          autosize
          minRows={3}
          maxLength={8000}
        />
      ) : (
        handover.notes !== '' && (
          <section className={classes.card} aria-labelledby="handover-notes">
            <Title order={2} size="h5" id="handover-notes">
              {say('notes')}
            </Title>
            <Text className={classes.written}>{handover.notes}</Text>
          </section>
        )
      )}
      {editable && (
        <Group data-print="leave">
          <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
            {common('save')}
          </Button>
          {saving.isSuccess && <Text role="status">{say('saved')}</Text>}
        </Group>
      )}
      {editable && <SignOutgoing id={handover.id} before={save} onSigned={shows} />}
      {handover.state === 'offered' && mayDo(session, ['operator', 'supervisor']) && <SignIncoming id={handover.id} onSigned={shows} />}
    </Stack>
  );
}

function Signatures({ handover }: { readonly handover: Handover }) {
  const say = useWords('supervisor');
  const { outgoing, incoming, collectedAt, hash, intact } = handover;
  return (
    <div className={classes.card}>
      <Group gap="xl">
        <Fact name={say('collectedAt')} value={dateAndTime(collectedAt)} />
        <Fact
          name={say('outgoing')}
          value={`${outgoing.name} · ${outgoing.signedAt ? dateAndTime(outgoing.signedAt) : say('notSigned')}`}
        />
        <Fact
          name={say('incoming')}
          value={incoming?.signedAt ? `${incoming.name} · ${dateAndTime(incoming.signedAt)}` : say('notSigned')}
        />
      </Group>
      {hash && (
        <Alert
          mt="sm"
          variant="outline"
          color={intact ? 'green' : 'orange'}
          icon={<Icon name={intact ? 'check' : 'warning'} />}
          title={say(intact ? 'intact' : 'changedSince')}
        >
          {say('hash')} <span className={classes.hash}>{hash}</span>
        </Alert>
      )}
    </div>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <Text size="sm" c="var(--muted)">
      {name}
    </Text>
    <Text>{value}</Text>
  </div>
);
