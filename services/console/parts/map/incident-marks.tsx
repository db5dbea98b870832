import { Marker } from 'maplibre-gl';
import { useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { useWordFor, useWords } from '../../words/index.ts';
import { PriorityShape, priorityOf } from '../priority.tsx';
import { placeOf } from './features.ts';
import classes from './incident-marks.module.css';
import type { Picture, Scene } from './picture.ts';
import type { StationMapProps } from './station-map.tsx';
import type { MapState, OpenIncident, Places } from './types.ts';

/** Elements of the page cost more than drawn signs; beyond these the colour of the site tells, and the list. */
const most = 60;

interface MarksProps {
  readonly picture: Picture;
  readonly places: Places;
  readonly state: MapState | undefined;
  readonly onPress: StationMapProps['onPress'];
  readonly scene: Scene | undefined;
}

/** The open incidents, as buttons on the map: reached with the keyboard, and flashing while nobody has answered. */
export function IncidentMarks({ picture, places, state, onPress, scene }: MarksProps) {
  const marked = useMemo(
    () =>
      (state?.incidents ?? []).slice(0, most).flatMap((incident) => {
        const at = placeOf({ kind: 'incident', id: incident.id }, places, state);
        return at ? [{ incident, at }] : [];
      }),
    [places, state],
  );
  return (
    <>
      {marked.map(({ incident, at }) => (
        <OnMap key={incident.id} picture={picture} lat={at.lat} lon={at.lon}>
          <IncidentMark incident={incident} places={places} press={() => onPress?.([{ kind: 'incident', id: incident.id }], at)} />
        </OnMap>
      ))}
      {scene && (
        <OnMap picture={picture} lat={scene.at.lat} lon={scene.at.lon}>
          <span className={classes.scene} aria-hidden="true" />
        </OnMap>
      )}
    </>
  );
}

function IncidentMark({
  incident,
  places,
  press,
}: {
  readonly incident: OpenIncident;
  readonly places: Places;
  readonly press: () => void;
}) {
  const [say, common] = [useWords('map'), useWords('common')];
  const kindOf = useWordFor('common');
  const site = incident.siteId === undefined ? -1 : places.sites.id.indexOf(incident.siteId);
  const priority = priorityOf(incident.priority);
  const label = say('incidentAt', {
    priority: common(`priority${priority}`),
    kind: kindOf(`kind.${incident.kind}`),
    place: places.sites.name[site] ?? '',
    number: incident.number,
    state: common(`state.${incident.state}`),
  });
  return (
    <button
      type="button"
      className={classes.mark}
      data-priority={priority}
      data-state={incident.state}
      aria-label={label}
      title={label}
      onClick={press}
    >
      <PriorityShape priority={priority} />
    </button>
  );
}

/** An element of the page that stays at its place on the ground. */
export function OnMap({
  picture,
  lat,
  lon,
  children,
}: {
  readonly picture: Picture;
  readonly lat: number;
  readonly lon: number;
  readonly children: React.ReactNode;
}) {
  const [element] = useState(() => document.createElement('div'));
  useEffect(() => {
    // Its content names itself; the wrapping element is nothing to a screen reader.
    element.setAttribute('role', 'presentation');
    element.setAttribute('aria-label', '');
    const marker = new Marker({ element }).setLngLat(picture.put({ lat, lon })).addTo(picture.map);
    return () => void marker.remove();
  }, [element, picture, lat, lon]);
  return createPortal(children, element);
}
