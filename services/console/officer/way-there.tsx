import { useMemo, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { type Layer, StationMap } from '../parts/map/station-map.tsx';
import { useWords } from '../words/index.ts';
import classes from './officer.module.css';
import type { Place } from './orders.ts';
import { amapLink, geoLink, wayTo } from './way.ts';

export interface WayThereProps {
  readonly here: Place | undefined;
  readonly to: { readonly lat: number; readonly lon: number };
  readonly name: string;
}

const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);

/** How far and which way, and the phone's own map for the roads. */
export function WayThere({ here, to, name }: WayThereProps) {
  const say = useWords('officer');
  const common = useWords('common');
  const [shown, show] = useState(false);
  const way = here && wayTo(here, to);
  const far =
    way &&
    (way.metres < 1000
      ? common('metres', { count: Math.round(way.metres) })
      : common('kilometres', { count: (way.metres / 1000).toFixed(1) }));
  return (
    <section>
      <h3>{say('way')}</h3>
      {way ? (
        <p className={classes.way}>
          <svg viewBox="0 0 24 24" width="2.25rem" height="2.25rem" aria-hidden="true" focusable="false">
            <path d="M12 2l6 18-6-4-6 4z" fill="currentColor" transform={`rotate(${Math.round(way.bearing)} 12 12)`} />
          </svg>
          <strong>{far}</strong>
          <span>{say(`compass.${way.point}`)}</span>
        </p>
      ) : (
        <p>{say('wayUnknown')}</p>
      )}
      {shown && <Ground here={here} to={to} />}
      <div className={classes.maps}>
        <button type="button" className={classes.plain} aria-expanded={shown} onClick={() => show(!shown)}>
          <Icon name="map" />
          {say(shown ? 'hideMap' : 'showMap')}
        </button>
        <a className={classes.plain} href={amapLink(to, name, apple)}>
          <Icon name="map" />
          {say('amap')}
        </a>
        <a className={classes.plain} href={geoLink(to, name)}>
          <Icon name="map" />
          {say('otherMap')}
        </a>
      </div>
    </section>
  );
}

const drawn: ReadonlySet<Layer> = new Set(['sites', 'grids']);
/** Some hundred metres of ground around the two ends. */
const margin = 0.003;

/** Both ends on the station's own map, which needs no other host. Where the roads run is for the phone's own. */
function Ground({ here, to }: Pick<WayThereProps, 'here' | 'to'>) {
  const { lat, lon } = here ?? to;
  const ends = useMemo(() => [{ lat, lon }, to], [lat, lon, to]);
  const look = useMemo(() => {
    const [lats, lons] = [
      [to.lat, lat],
      [to.lon, lon],
    ];
    const [south, north] = [Math.min(...lats) - margin, Math.max(...lats) + margin];
    return { box: { south, north, west: Math.min(...lons) - margin, east: Math.max(...lons) + margin } };
  }, [lat, lon, to]);
  return (
    <div className={classes.map}>
      <StationMap still show={drawn} look={look} route={ends} />
    </div>
  );
}
