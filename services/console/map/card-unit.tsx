import { Stack, Text } from '@mantine/core';
import { mayDo, useSession } from '../api/session.ts';
import { isFresh, unitLook } from '../parts/map/features.ts';
import { Ago, useSecond } from '../parts/time.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import type { CardProps } from './card.tsx';
import { Fact, Facts } from './fact.tsx';
import classes from './map.module.css';
import { OrderButton } from './order-button.tsx';
import { Sign } from './sign.tsx';

/** A unit: whether it is free, how fresh its place is, and where it can be sent. */
export function UnitCard({ id, places, state }: CardProps) {
  const say = useWords('mapPage');
  const map = useWordFor('map');
  const desk = useWords('desk');
  const sends = mayDo(useSession(), ['operator', 'supervisor']);
  const now = useSecond();
  const unit = state?.units.find((each) => each.id === id);
  const registered = places.units.find((each) => each.id === id);
  if (!unit || !registered) return null;
  const look = unitLook(unit);
  const { position, engagedOn, status } = unit;
  const fresh = position && isFresh(position.at, now, places.figures.staleAfter);
  const incidents = state?.incidents ?? [];
  return (
    <Stack gap="sm">
      <p className={classes.standing}>
        <Sign name={`unit-${look}-${fresh ? 'fresh' : 'stale'}`} />
        {map(`unit.${look}`)}
        {engagedOn !== undefined && <span className={classes.note}>{desk('engagedOn', { number: engagedOn })}</span>}
      </p>
      <Facts>
        <Fact name={say('station')}>{places.stations.find((station) => station.id === registered.stationId)?.name}</Fact>
        <Fact name={say('position')}>
          {position ? (
            <>
              <Ago at={position.at} /> · {map(fresh ? 'fresh' : 'stale')}
              {position.accuracy !== undefined && ` · ${say('accuracy', { count: Math.round(position.accuracy) })}`}
            </>
          ) : (
            say('noPosition')
          )}
        </Fact>
      </Facts>
      {sends && <strong>{say('order')}</strong>}
      {sends && incidents.length === 0 && <Text size="sm">{say('nobodyWaits')}</Text>}
      {sends &&
        status !== 'off-duty' &&
        incidents.slice(0, 8).map(({ id: incidentId, number, siteId }) => (
          <OrderButton key={incidentId} incidentId={incidentId} unitId={id}>
            {say('orderTo', { number, place: places.sites.name[siteId === undefined ? -1 : places.sites.id.indexOf(siteId)] ?? '' })}
          </OrderButton>
        ))}
    </Stack>
  );
}
