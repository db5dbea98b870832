import { useMemo } from 'react';
import { StationMap } from '../parts/map/station-map.tsx';
import { useWords } from '../words/index.ts';
import classes from './incident.module.css';
import type { Surroundings } from './model.ts';

/** Where it happens, with the circles of 1, 3 and 5 minutes and the units around. */
export function MapPane({ around }: { readonly around: Surroundings | undefined }) {
  const say = useWords('desk');
  if (!around?.location) return null;
  return (
    <section className={classes.map} aria-label={say('map')}>
      <Surrounding around={around} location={around.location} />
    </section>
  );
}

function Surrounding({
  around,
  location,
}: {
  readonly around: Surroundings;
  readonly location: { readonly lat: number; readonly lon: number };
}) {
  const { lat, lon } = location;
  const nearest = around.units.find(({ distance }) => distance !== undefined)?.tier;
  const tier = nearest === 'town' || nearest === 'village' ? nearest : 'city';
  const scene = useMemo(() => ({ at: { lat, lon }, tier }) as const, [lat, lon, tier]);
  const look = useMemo(() => ({ at: { lat, lon }, zoom: 14 }), [lat, lon]);
  return <StationMap scene={scene} look={look} />;
}
