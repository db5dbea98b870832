import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRefetchOn } from '../api/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Ago } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import { SiteCameras } from './bindings.tsx';
import { Heading } from './heading.tsx';
import classes from './installer.module.css';
import { LinkButton } from './link-button.tsx';
import { Plans } from './plans.tsx';
import { type Installation, type Installed, installationQuery, kinds } from './queries.ts';
import { Battery, Connection, kindIcon, Mark } from './state.tsx';

/** What stands at a site and how it is: keys, cameras, loudspeakers. */
export function Site({ id }: { readonly id: string }) {
  const common = useWords('common');
  useRefetchOn(['register.', 'device.', 'device-test.', 'device-adoption.'], ['sites', id]);
  return (
    <Loaded query={useQuery(installationQuery(id))} what={common('site')}>
      {(installation) => <AtSite id={id} installation={installation} />}
    </Loaded>
  );
}

function AtSite({ id, installation }: { readonly id: string; readonly installation: Installation }) {
  const say = useWords('installer');
  const { site, devices } = installation;
  const to = `/installer/sites/${id}`;
  return (
    <Stack>
      <Heading title={site.name} back="/installer">
        <LinkButton to={`${to}/find`} leftSection={<Icon name="camera" />}>
          {say('find')}
        </LinkButton>
        <LinkButton to={`${to}/new`} leftSection={<Icon name="plus" />}>
          {say('new')}
        </LinkButton>
      </Heading>
      <Text c="var(--muted)">{site.address}</Text>
      {devices.length === 0 && <Text>{say('emptySite')}</Text>}
      {kinds.map((kind) => (
        <Section key={kind} kind={kind} devices={devices.filter((device) => device.kind === kind)} siteId={id} />
      ))}
      <SiteCameras installation={installation} />
      <Plans siteId={id} devices={devices.filter(({ siteId }) => siteId === id)} />
      <Group gap="xs">
        <LinkButton to={`${to}/record`} variant="default" leftSection={<Icon name="order" />}>
          {say('record')}
        </LinkButton>
        <LinkButton to={`${to}/labels`} variant="default" leftSection={<Icon name="print" />}>
          {say('labels')}
        </LinkButton>
      </Group>
    </Stack>
  );
}

interface SectionProps {
  readonly kind: Installed['kind'];
  readonly devices: readonly Installed[];
  readonly siteId: string;
}

function Section({ kind, devices, siteId }: SectionProps) {
  const common = useWords('common');
  if (devices.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {common(`device.${kind}`)} ({devices.length})
      </Title>
      <ul className={classes.list}>
        {devices.map((device) => (
          <li key={device.id}>
            <Line device={device} siteId={siteId} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ device, siteId }: { readonly device: Installed; readonly siteId: string }) {
  const say = useWords('installer');
  const { id, kind, name, state, lastSeenAt, battery } = device;
  return (
    <Link to={`/installer/device/${id}`} className={classes.row}>
      <Icon name={kindIcon[kind]} />
      <div>
        <div className={classes.name}>{name}</div>
        <div className={classes.detail}>
          {lastSeenAt !== undefined && (
            <span>
              {say('heard')} <Ago at={lastSeenAt} />
            </span>
          )}
          <LastTest device={device} />
          <Battery percent={battery} />
          {device.siteId !== siteId && <span>{say('fromElsewhere')}</span>}
        </div>
      </div>
      <Connection state={state} />
    </Link>
  );
}

/** Whether it ever proved that it works, and when it was tested last. */
export function LastTest({ device: { kind, lastTest, provenAt } }: { readonly device: Pick<Installed, 'kind' | 'lastTest' | 'provenAt'> }) {
  const say = useWords('installer');
  if (lastTest && !lastTest.passed)
    return (
      <Mark standing="bad">
        {say('testFailed')} <Ago at={lastTest.at} />
      </Mark>
    );
  if (provenAt !== undefined)
    return (
      <Mark standing="good">
        {say(kind === 'key' ? 'proven' : 'testPassed')} <Ago at={provenAt} />
      </Mark>
    );
  return <Mark standing="warning">{say('neverTested')}</Mark>;
}
