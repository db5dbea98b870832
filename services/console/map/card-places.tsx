import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { coverageQuery } from '../parts/map/data.ts';
import type { Coverage } from '../parts/map/types.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import type { CardProps } from './card.tsx';
import { Fact, Facts } from './fact.tsx';
import classes from './map.module.css';
import { Sign } from './sign.tsx';

export function StationCard({ id, places, choose }: CardProps) {
  const say = useWords('mapPage');
  const own = <T extends { readonly stationId: string }>(list: readonly T[]): T[] => list.filter(({ stationId }) => stationId === id);
  return (
    <Stack gap={2}>
      <strong>{say('kinds.unit')}</strong>
      {own(places.units).map((unit) => (
        <button key={unit.id} type="button" className={classes.line} onClick={() => choose({ kind: 'unit', id: unit.id })}>
          <span className={classes.name}>{unit.name}</span>
        </button>
      ))}
      <strong>{say('kinds.grid')}</strong>
      {own(places.grids).map((grid) => (
        <button key={grid.id} type="button" className={classes.line} onClick={() => choose({ kind: 'grid', id: grid.id })}>
          <span className={classes.name}>{grid.name}</span>
        </button>
      ))}
    </Stack>
  );
}

export function LoudspeakerCard({ id, places, state, choose }: CardProps) {
  const map = useWordFor('map');
  const { loudspeakers, sites } = places;
  const how = state?.missing.loudspeakers.includes(id) ? 'missing' : 'well';
  const siteId = loudspeakers.siteId[loudspeakers.id.indexOf(id)];
  return (
    <Stack gap="sm">
      <p className={classes.standing}>
        <Sign name={`loudspeaker-${how}`} />
        {map(`loudspeaker.${how}`)}
      </p>
      {siteId && (
        <Button variant="default" onClick={() => choose({ kind: 'site', id: siteId })}>
          {sites.name[sites.id.indexOf(siteId)] ?? siteId}
        </Button>
      )}
    </Stack>
  );
}

/** A patrol area: how much of its ground is seen, and what lies in it. */
export function GridCard({ id, places, choose }: CardProps) {
  const say = useWords('mapPage');
  const grid = places.grids.find((each) => each.id === id);
  const { data: ground, error } = useQuery({ ...coverageQuery(id), enabled: grid?.area !== undefined });
  const { sites } = places;
  const inside = sites.id.filter((_site, index) => sites.gridId[index] === id);
  return (
    <Stack gap="sm">
      {grid?.area === undefined && <Text size="sm">{say('noArea')}</Text>}
      <Trouble error={error} />
      {ground && (
        <>
          <Text>{say('seenShare', sharesOf(ground))}</Text>
          {ground.cameras.undirected > 0 && <Text size="sm">{say('undirected', { count: ground.cameras.undirected })}</Text>}
          <Text size="sm" c="dark.2">
            {say('coverageMost')}
          </Text>
        </>
      )}
      <Facts>
        <Fact name={say('station')}>{places.stations.find((station) => station.id === grid?.stationId)?.name}</Fact>
      </Facts>
      <Stack gap={2}>
        <strong>{say('kinds.site')}</strong>
        {inside.map((site) => (
          <button key={site} type="button" className={classes.line} onClick={() => choose({ kind: 'site', id: site })}>
            <span className={classes.name}>{sites.name[sites.id.indexOf(site)]}</span>
          </button>
        ))}
      </Stack>
    </Stack>
  );
}

function sharesOf({ cells: { all, seen, unsure, blind } }: Coverage) {
  const share = (count: number): number => Math.round((1000 * count) / all) / 10;
  return { seen: share(seen), unsure: share(unsure), blind: share(blind) };
}
