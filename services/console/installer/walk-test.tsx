import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { useLiveEvents } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { clockFace, dateAndTime, useSecond } from '../parts/time.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { language, useWordFor, useWords } from '../words/index.ts';
import { Findings } from './doctor.tsx';
import classes from './installer.module.css';
import { type Device, type WalkTest as Tested, testsQuery } from './queries.ts';
import { Mark } from './state.tsx';

/** Long enough to climb down the ladder. */
const waitSeconds = 90;

interface Running {
  readonly until: number;
  readonly step: string;
}

/** The walk test: begun here, pressed there, and what was measured. */
export function WalkTest({ device }: { readonly device: Device }) {
  const say = useWords('installer');
  const word = useWordFor('installer');
  const now = useSecond();
  const client = useQueryClient();
  const [running, setRunning] = useState<Running>();
  const testing = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/devices/{id}/test', { params: { path: { id: device.id } }, body: { waitSeconds, lang: language() } })),
    onMutate: () => setRunning({ until: now + waitSeconds, step: 'started' }),
    onSettled: () => {
      setRunning(undefined);
      return client.invalidateQueries();
    },
  });
  useLiveEvents(['device-test.step'], ({ data }) => {
    if (data['deviceId'] === device.id && running) setRunning({ ...running, step: String(data['step']) });
  });
  return (
    <Paper withBorder p="md" bg="var(--surface)" component="section">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say('walkTest')}
        </Title>
        {running ? (
          <div className={classes.press} role="status">
            <span>{running.step === 'press-now' ? say('pressNow') : word(`step.${running.step}`)}</span>
            <span>{clockFace(Math.max(0, running.until - now))}</span>
          </div>
        ) : (
          <>
            <Text c="var(--muted)">{say(`test.${device.kind}`)}</Text>
            <Button size="lg" leftSection={<Icon name="check" />} onClick={() => testing.mutate()}>
              {say('startTest')}
            </Button>
          </>
        )}
        <Trouble error={testing.error} />
        {testing.data && !running && <Verdict test={testing.data} />}
        {/* One that runs stands in the record as not passed yet. */}
        {!running && <History id={device.id} />}
      </Stack>
    </Paper>
  );
}

function Verdict({ test }: { readonly test: Tested }) {
  const say = useWords('installer');
  return (
    <Stack gap="xs">
      <div className={classes.verdict} data-passed={test.passed} role="status">
        <Icon name={test.passed ? 'check' : 'cross'} size="1.5em" />
        {say(test.passed ? 'testPassed' : 'testFailed')}
      </div>
      <Measured measured={test.measured} />
      <Findings findings={test.findings} />
    </Stack>
  );
}

/** The figures that an installer can do something with. */
const figures = [
  'latencyMs',
  'acceptedMs',
  'firstFrameMs',
  'battery',
  'clockOffsetMs',
  'grade',
  'incidentNumber',
  'via',
  'width',
  'height',
  'maker',
  'model',
];

export function Measured({ measured }: { readonly measured: Readonly<Record<string, unknown>> }) {
  const word = useWordFor('installer');
  const told = figures.flatMap((name) => {
    const value = measured[name];
    return typeof value === 'number' || typeof value === 'string' ? [[name, value] as const] : [];
  });
  return (
    <div className={classes.detail}>
      {told.map(([name, value]) => (
        <span key={name}>
          {word(`measured.${name}`)} {typeof value === 'string' ? word(`value.${value}`) : value}
        </span>
      ))}
    </div>
  );
}

function History({ id }: { readonly id: string }) {
  const say = useWords('installer');
  const { data } = useQuery(testsQuery('devices', id, 5));
  if (!data || data.items.length === 0) return <Text c="var(--muted)">{say('noTests')}</Text>;
  return (
    <ul className={classes.list} aria-label={say('record')}>
      {data.items.map(({ id: testId, at, by, passed, findings }) => (
        <li key={testId}>
          <div className={classes.row}>
            <Icon name={passed ? 'check' : 'cross'} />
            <div className={classes.detail}>
              <time dateTime={at}>{dateAndTime(at)}</time>
              <span>{by}</span>
              {!passed && findings.map(({ code, text }) => <span key={code}>{text}</span>)}
            </div>
            <Mark standing={passed ? 'good' : 'bad'}>{say(passed ? 'testPassed' : 'testFailed')}</Mark>
          </div>
        </li>
      ))}
    </ul>
  );
}
