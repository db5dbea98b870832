import '../parts/print.css';
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '../api/client.ts';
import { mayDo, useSession } from '../api/session.ts';
import { detailKey } from '../desk/acts.ts';
import type { Detail } from '../desk/model.ts';
import { Icon } from '../parts/icon.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PriorityBadge } from '../parts/priority.tsx';
import { dateAndTime, useSecond } from '../parts/time.tsx';
import { TakeEvidence } from '../verify/take.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import { Broadcasts, Orders, Steps, Timeline } from './parts.tsx';
import classes from './records.module.css';

/** All that is written of one incident, on one sheet. */
export function Report({ id }: { readonly id: string }) {
  const say = useWords('records');
  const query = useQuery({
    queryKey: detailKey(id),
    queryFn: () => answer(api.GET('/api/v1/incidents/{id}', { params: { path: { id } } })),
  });
  return (
    <Loaded query={query} what={say('report')}>
      {(incident) => <Sheet incident={incident} />}
    </Loaded>
  );
}

function Sheet({ incident }: { readonly incident: Detail }) {
  const [say, common] = [useWords('records'), useWords('common')];
  const session = useSession();
  const now = useSecond();
  return (
    <Stack component="article" className={classes.page}>
      <Group data-print="leave">
        <Link to="/records">{common('back')}</Link>
        <Group ms="auto" gap="xs">
          {incident.state !== 'closed' && mayDo(session, ['operator', 'supervisor']) && (
            <Button component={Link} to={`/desk/${incident.id}`} size="compact-md" variant="default">
              {say('openDesk')}
            </Button>
          )}
          {mayDo(session, ['operator', 'supervisor', 'auditor']) && <TakeEvidence id={incident.id} />}
          <Button size="compact-md" leftSection={<Icon name="print" />} onClick={() => print()}>
            {say('print')}
          </Button>
        </Group>
      </Group>
      <Head incident={incident} />
      <Steps incident={incident} />
      <Orders incident={incident} />
      <Broadcasts incident={incident} />
      <Timeline incident={incident} />
      <div className={classes.foot}>
        <Text size="sm">{say('printedBy', { name: session.actor.name, at: dateAndTime(now * 1000) })}</Text>
        <Text size="sm">{say('signature')} ____________________</Text>
      </div>
    </Stack>
  );
}

function Head({ incident }: { readonly incident: Detail }) {
  const [say, desk, common] = [useWords('records'), useWords('desk'), useWords('common')];
  const kindOf = useWordFor('common');
  const when = (at: string | undefined) => (at === undefined ? say('notYet') : dateAndTime(at));
  const { number, kind, priority, state, disposition, acknowledgedAt, acknowledgedBy } = incident;
  const facts: readonly (readonly [string, string | number])[] = [
    [say('where'), incident.siteName ?? incident.deviceName ?? desk('placeUnknown')],
    [say('area'), [incident.stationName, incident.gridName].filter(Boolean).join(' · ') || say('notYet')],
    [say('state'), common(`state.${state}`)],
    [say('disposition'), disposition === undefined ? say('notYet') : desk(`disposition.${disposition}`)],
    [say('openedAt'), when(incident.openedAt)],
    [say('acknowledged'), `${when(acknowledgedAt)} ${acknowledgedBy ?? ''}`.trim()],
    [say('dispatched'), when(incident.dispatchedAt)],
    [say('arrived'), when(incident.arrivedAt)],
    [say('closed'), when(incident.closedAt)],
    [say('holder'), incident.holder?.name ?? say('notYet')],
    [say('presses'), incident.signalCount],
  ];
  return (
    <div>
      <Title order={1} size="h3" className={classes.title}>
        {say('report')} {say('numbered', { number })} · {kindOf(`kind.${kind}`)}
        <PriorityBadge priority={priority} />
        {incident.exercise && <Badge color="gray">{common('exercise')}</Badge>}
        {incident.silent && <Badge color="gray">{say('silent')}</Badge>}
      </Title>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
