import { useLayoutEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { Loading } from '../parts/loading.tsx';
import { StationMap } from '../parts/map/station-map.tsx';
import { useWords } from '../words/index.ts';
import classes from './incident.module.css';
import type { Surroundings } from './model.ts';

interface MapPaneProps {
  readonly around: Surroundings | undefined;
  readonly place: (element: HTMLElement | null) => void;
}

/** Where the map stands on the table: the one map of the desk is put here, see `DeskMap`. */
export function MapPane({ around, place }: MapPaneProps) {
  const say = useWords('desk');
  if (around && !around.location) return null;
  return (
    <section className={classes.map} aria-label={say('map')}>
      {!around && <Loading what={say('map')} />}
      <div ref={place} hidden={!around} />
    </section>
  );
}

interface Shown {
  readonly around: Surroundings;
  readonly at: { readonly lat: number; readonly lon: number };
}

/**
 * Where it happens, with the circles of 1, 3 and 5 minutes and the units around. Made once and moved from one incident to
 * the next: to build a map anew for every step through the queue takes longer than the step.
 */
export function DeskMap({ around, place }: { readonly around: Surroundings | undefined; readonly place: HTMLElement | null }) {
  const [holder] = useState(() => Object.assign(document.createElement('div'), { className: classes.held }));
  const [shown, setShown] = useState<Shown>();
  useLayoutEffect(() => {
    place?.append(holder);
    return () => holder.remove();
  }, [place, holder]);
  const at = around?.location;
  if (around && at && place && shown?.around !== around) setShown({ around, at });
  return shown && createPortal(<Surrounding {...shown} />, holder);
}

function Surrounding({ around, at: { lat, lon } }: Shown) {
  const nearest = around.units.find(({ distance }) => distance !== undefined)?.tier;
  const tier = nearest === 'town' || nearest === 'village' ? nearest : 'city';
  const scene = useMemo(() => ({ at: { lat, lon }, tier }) as const, [lat, lon, tier]);
  const look = useMemo(() => ({ at: { lat, lon }, zoom: 14 }), [lat, lon]);
  return <StationMap scene={scene} look={look} />;
}
