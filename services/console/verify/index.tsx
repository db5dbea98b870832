import { Alert, Badge, Button, FileButton, Group, List, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { dateAndTime } from '../parts/time.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import { ability, blobSource } from './blob.ts';
import { checkBundle } from './bundle.ts';
import { retiredQuery } from './published.ts';
import type { Report } from './report.ts';
import { saidOfFault, saidOfMissing } from './said.ts';
import classes from './verify.module.css';

const kidForm = /^[\w-]{43}$/;

/** A bundle of evidence, checked in this browser: it is sent to nobody. */
export default function Verify() {
  const say = useWords('verify');
  const { data: able } = useQuery({ queryKey: ['verify', 'ability'], queryFn: ability, staleTime: Number.POSITIVE_INFINITY });
  const retired = useQuery(retiredQuery);
  const [kid, setKid] = useState('');
  const [at, setAt] = useState<{ readonly path: string; readonly part: number; readonly of: number }>();
  const unfit = kid !== '' && !kidForm.test(kid);
  const checking = useMutation({
    mutationFn: (file: File) =>
      checkBundle(blobSource(file), {
        ...(kid === '' ? {} : { kids: [kid] }),
        ...(retired.data && { retired: retired.data }),
        tell: (path, part, of) => setAt({ path, part, of }),
      }),
    onSettled: () => setAt(undefined),
  });
  const ready = able === 'able' && !unfit && !retired.isPending;
  const take = (file: File | null | undefined): void => {
    if (file && ready) checking.mutate(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  };
  return (
    <main className={classes.page} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Stack>
        <Group justify="space-between">
          <Title order={1} size="h2">
            {say('title')}
          </Title>
          <LanguageSwitch />
        </Group>
        <Text>{say('intro')}</Text>
        {able !== undefined && able !== 'able' && (
          <Alert color="red" variant="outline" role="alert">
            {say(able)}
          </Alert>
        )}
        {retired.isError && <Text>{say('retiredUnread')}</Text>}
        <TextInput
          label={say('key')}
          description={say('keyHint')}
          value={kid}
          onChange={(event) => setKid(event.currentTarget.value.trim())}
          error={unfit ? say('keyUnfit') : undefined}
        />
        <Paper p="lg" withBorder className={classes.drop}>
          <FileButton onChange={take} accept=".zip,application/zip">
            {(props) => (
              <Button {...props} loading={checking.isPending} disabled={!ready}>
                {say('choose')}
              </Button>
            )}
          </FileButton>
          <Text>{say('drop')}</Text>
        </Paper>
        {at && <Text role="status">{say('reading', at)}</Text>}
        {checking.error && (
          <Alert color="red" variant="outline" role="alert">
            {say('unreadable', { why: checking.error.message })}
          </Alert>
        )}
        {checking.data && <Findings report={checking.data} file={checking.variables.name} />}
      </Stack>
    </main>
  );
}

function Findings({ report, file }: { readonly report: Report; readonly file: string }) {
  const say = useWords('verify');
  const { good, faults, key } = report;
  return (
    <section aria-label={file}>
      <Alert
        color={good ? 'green' : 'red'}
        variant="outline"
        role={good ? 'status' : 'alert'}
        icon={<Icon name={good ? 'check' : 'warning'} />}
      >
        <Text fw={700}>
          {file}: {good ? say('good') : say('bad', { count: faults.length })}
        </Text>
        <List>
          {faults.map((fault) => (
            <List.Item key={JSON.stringify(fault)}>{saidOfFault(fault, say)}</List.Item>
          ))}
        </List>
      </Alert>
      <Face report={report} />
      {key && <Text>{say(key.pinned ? 'keyPinned' : 'keyNotPinned', { kid: key.kid })}</Text>}
    </section>
  );
}

function Face({ report: { bundle } }: { readonly report: Report }) {
  const say = useWords('verify');
  const kindOf = useWordFor('common');
  if (!bundle) return null;
  const { incident, takenAt, takenBy, parts, entries, missing } = bundle;
  return (
    <>
      <Text mt="md">
        {say('incident', { number: incident.number, kind: kindOf(`kind.${incident.kind}`) })}{' '}
        {incident.exercise && <Badge color="gray">{say('exercise')}</Badge>}
      </Text>
      <Text>{say('taken', { by: takenBy, at: dateAndTime(takenAt) })}</Text>
      <Text>{say('contents', { parts, entries })}</Text>
      {missing.length > 0 && (
        <>
          <Title order={2} size="h5" mt="md">
            {say('missing')}
          </Title>
          <List>
            {missing.map((one) => (
              <List.Item key={JSON.stringify(one)}>{saidOfMissing(one, say)}</List.Item>
            ))}
          </List>
        </>
      )}
    </>
  );
}
