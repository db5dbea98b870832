import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Loading } from '../parts/loading.tsx';
import { coverageQuery, useMapData } from '../parts/map/data.ts';
import { middleOf, outlineOf, placeOf } from '../parts/map/features.ts';
import { boxOf, metresBetween, type Point } from '../parts/map/shapes.ts';
import { type Look, StationMap, type View } from '../parts/map/station-map.tsx';
import { blindFrom } from '../parts/map/style.ts';
import { type Coverage, type Layer, layers, type MapState, type Places, type Thing } from '../parts/map/types.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useWordFor, useWords } from '../words/index.ts';
import { Card } from './card.tsx';
import { Legend } from './legend.tsx';
import { List } from './list.tsx';
import classes from './map.module.css';

/** Everything that has a place, on one picture and in one list. */
export default function MapPage() {
  const say = useWords('mapPage');
  const { places, state, error, retry } = useMapData();
  const [chosen, setChosen] = useState<readonly Thing[]>([]);
  const [look, setLook] = useState<Look>();
  const [view, setView] = useState<View>();
  const [show, setShow] = useState<ReadonlySet<Layer>>(() => new Set(layers.filter((layer) => layer !== 'coverage')));
  const name = useNames(places, state);
  const [thing, ...others] = chosen;
  const grounds = useGrounds(places, view, show.has('coverage'));
  const choose = (wanted: Thing): void => {
    setChosen([wanted]);
    if (places) setLook(lookAt(wanted, places, state));
  };
  const press = useCallback(
    (things: readonly Thing[]) => setChosen(things.filter(({ kind }) => things.length === 1 || kind !== 'grid').slice(0, 8)),
    [],
  );
  useKeys({ Escape: thing && (() => setChosen([])) });
  if (!places) return error ? <Trouble error={error} retry={retry} /> : <Loading what={say('title')} />;
  return (
    <div className={classes.page} data-card={thing !== undefined}>
      <h1 className={classes.unseen}>{say('title')}</h1>
      <List places={places} state={state} chosen={thing} choose={choose} />
      <StationMap show={show} chosen={thing} onPress={press} look={look} coverage={grounds} onView={setView}>
        <Legend show={show} setShow={setShow} zoom={view?.zoom ?? 0} />
      </StationMap>
      {thing && (
        <Card thing={thing} name={name} places={places} state={state} choose={choose} close={() => setChosen([])} others={others} />
      )}
    </div>
  );
}

const near = 16;

function lookAt(thing: Thing, places: Places, state: MapState | undefined): Look | undefined {
  const edge = thing.kind === 'grid' ? outlineOf(places.grids.find(({ id }) => id === thing.id)) : [];
  const box = boxOf(edge.map(([lon = 0, lat = 0]) => ({ lat, lon })));
  if (box) return { box };
  const at = placeOf(thing, places, state);
  return at && { at, zoom: near };
}

/** So many grids are reckoned for one view at most: those nearest to its middle. */
const mostGrounds = 12;

function useGrounds(places: Places | undefined, view: View | undefined, wanted: boolean): readonly Coverage[] {
  const ids = useMemo(() => (wanted && places && view && view.zoom >= blindFrom ? gridsIn(places, view) : []), [places, view, wanted]);
  const answers = useQueries({
    queries: ids.map(coverageQuery),
    combine: (all) => all.flatMap(({ data }) => data ?? []),
  });
  return answers;
}

function gridsIn({ grids }: Places, { box }: View): string[] {
  const middle: Point = { lat: (box.south + box.north) / 2, lon: (box.west + box.east) / 2 };
  return grids
    .flatMap((grid) => {
      const ring = outlineOf(grid);
      const own = boxOf(ring.map(([lon = 0, lat = 0]) => ({ lat, lon })));
      const at = middleOf(ring);
      const meets = own && own.west <= box.east && own.east >= box.west && own.south <= box.north && own.north >= box.south;
      return meets && at ? [{ id: grid.id, far: metresBetween(at, middle) }] : [];
    })
    .sort((a, b) => a.far - b.far)
    .slice(0, mostGrounds)
    .map(({ id }) => id);
}

/** What people call a thing. */
function useNames(places: Places | undefined, state: MapState | undefined): (thing: Thing) => string {
  const say = useWords('mapPage');
  const common = useWordFor('common');
  return ({ kind, id }) => {
    const inColumns = (columns: { readonly id: readonly string[]; readonly name: readonly string[] } | undefined) =>
      columns?.name[columns.id.indexOf(id)];
    const inList = (list: readonly { readonly id: string; readonly name: string }[] | undefined) =>
      list?.find((each) => each.id === id)?.name;
    const incident = kind === 'incident' ? state?.incidents.find((each) => each.id === id) : undefined;
    if (incident) return say('incidentTitle', { number: incident.number, kind: common(`kind.${incident.kind}`) });
    const names = {
      ...{ incident: undefined, unit: inList(places?.units), grid: inList(places?.grids), station: inList(places?.stations) },
      ...{ site: inColumns(places?.sites), camera: inColumns(places?.cameras), loudspeaker: inColumns(places?.loudspeakers) },
    };
    return names[kind] ?? id;
  };
}
