import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { live } from '../api/live.ts';
import { mayDo, sessionQuery } from '../api/session.ts';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWords } from '../words/index.ts';
import { AccountStep } from './account-step.tsx';
import { Demo } from './demo.tsx';
import classes from './first-run.module.css';
import { KeyStep } from './key-step.tsx';
import { SiteStep, StationStep } from './place-steps.tsx';
import { PressStep } from './press-step.tsx';
import { SeeStep } from './see-step.tsx';
import { nextStep, type Progress, progressQuery, steps } from './state.ts';

/** From an empty record to a press that somebody answered. What is done is read from the record, so it goes on where it stopped. */
export default function FirstRun() {
  const say = useWords('firstRun');
  const { data: session } = useQuery(sessionQuery);
  const admin = session !== null && session !== undefined && mayDo(session, []);
  const { data: progress, error } = useQuery({ ...progressQuery, enabled: admin });
  useRefetchOn(['incident.'], ['setup']);
  useEffect(() => (admin ? live.start() : undefined), [admin]);
  const at = admin ? nextStep(progress) : 0;
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <div>
          <Title order={1} size="h2">
            {say('title')}
          </Title>
          <Text c="var(--muted)">{say('intro')}</Text>
        </div>
        {at > 0 && <LanguageSwitch />}
      </header>
      <Way at={at} />
      <section className={classes.card}>
        <Trouble error={error} />
        {(session === undefined || (admin && !progress && !error)) && <Loading what={say('title')} />}
        {session === null && <AccountStep />}
        {session && !admin && <Text>{say('notAdmin')}</Text>}
        {admin && progress && <Step at={at} progress={progress} />}
      </section>
      {admin && progress && <Demo demo={progress.demo} />}
    </main>
  );
}

function Way({ at }: { readonly at: number }) {
  const say = useWords('firstRun');
  return (
    <ol className={classes.steps} aria-label={say('steps')}>
      {steps.map((step, index) => (
        <li key={step} {...(index < at ? { 'data-done': true } : {})} {...(index === at ? { 'aria-current': 'step' } : {})}>
          <span className={classes.number}>{index < at ? <Icon name="check" size="1em" /> : index + 1}</span>
          {say(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}

function Step({ at, progress }: { readonly at: number; readonly progress: Progress }) {
  const { station, site, key, pressed } = progress;
  if (at === 1 || !station) return <StationStep />;
  if (at === 2 || !site) return <SiteStep stationId={station.id} />;
  if (at === 3 || !key) return <KeyStep siteId={site.id} />;
  if (at === 4 || !pressed) return <PressStep device={key} />;
  if (at === 5) return <SeeStep pressed={pressed} />;
  return <Done />;
}

function Done() {
  const say = useWords('firstRun');
  return (
    <Stack>
      <Alert color="green" variant="outline" icon={<Icon name="check" />} title={say('doneTitle')}>
        {say('doneIntro')}
      </Alert>
      <Button component={Link} to="/">
        {say('toDesk')}
      </Button>
      <Button component={Link} to="/installer" variant="default">
        {say('toInstaller')}
      </Button>
      <Button component={Link} to="/admin" variant="default">
        {say('toAdmin')}
      </Button>
    </Stack>
  );
}
