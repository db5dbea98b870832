import { Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { mayDo, useSession } from '../api/session.ts';
import { Icon } from '../parts/icon.tsx';
import { placeOf } from '../parts/map/features.ts';
import { metresBetween } from '../parts/map/shapes.ts';
import { PriorityBadge } from '../parts/priority.tsx';
import { Ago } from '../parts/time.tsx';
import { useWords } from '../words/index.ts';
import type { CardProps } from './card.tsx';
import { Fact, Facts } from './fact.tsx';
import classes from './map.module.css';
import { OrderButton } from './order-button.tsx';

const most = 5;

/** An open incident: how urgent, since when, and which free units are nearest. */
export function IncidentCard({ id, places, state, choose }: CardProps) {
  const [say, common] = [useWords('mapPage'), useWords('common')];
  const records = useWords('records');
  const session = useSession();
  const answers = mayDo(session, ['operator', 'supervisor']);
  const near = useMemo(() => nearest(id, places, state), [id, places, state]);
  const incident = state?.incidents.find((each) => each.id === id);
  if (!incident) return <Text>{common('state.closed')}</Text>;
  const { siteId } = incident;
  return (
    <Stack gap="sm">
      <p className={classes.standing}>
        <PriorityBadge priority={incident.priority} />
        {common(`state.${incident.state}`)}
        {incident.exercise && <strong>{common('exercise')}</strong>}
      </p>
      <Facts>
        <Fact name={say('since')}>
          <Ago at={incident.openedAt} />
        </Fact>
      </Facts>
      {answers && (
        <Button component={Link} to={`/desk/${id}`} leftSection={<Icon name="alarm" />}>
          {say('openDesk')}
        </Button>
      )}
      {!answers && mayDo(session, ['auditor']) && (
        <Button component={Link} to={`/records/${id}`} leftSection={<Icon name="book" />}>
          {records('report')}
        </Button>
      )}
      {siteId !== undefined && (
        <Button variant="default" onClick={() => choose({ kind: 'site', id: siteId })}>
          {places.sites.name[places.sites.id.indexOf(siteId)] ?? siteId}
        </Button>
      )}
      {answers && <strong>{say('nearest')}</strong>}
      {answers && near.length === 0 && <Text size="sm">{say('noUnits')}</Text>}
      {near.map(({ unitId, name, metres }) => (
        <OrderButton key={unitId} incidentId={id} unitId={unitId}>
          {`${say('order')} ${name} · ${metres < 1000 ? common('metres', { count: Math.round(metres) }) : common('kilometres', { count: (metres / 1000).toFixed(1) })}`}
        </OrderButton>
      ))}
    </Stack>
  );
}

/** Units that are free, with a place, as the crow flies. Who is best to send the desk says; this is what the map shows. */
function nearest(id: string, places: CardProps['places'], state: CardProps['state']) {
  const at = placeOf({ kind: 'incident', id }, places, state);
  if (!at) return [];
  const names = new Map(places.units.map((unit) => [unit.id, unit.name]));
  return (state?.units ?? [])
    .flatMap(({ id: unitId, status, engagedOn, position }) =>
      status === 'available' && engagedOn === undefined && position
        ? [{ unitId, name: names.get(unitId) ?? unitId, metres: metresBetween(at, position) }]
        : [],
    )
    .sort((a, b) => a.metres - b.metres)
    .slice(0, most);
}
