import { Alert } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useWords } from '../../words/index.ts';
import { Icon } from '../icon.tsx';
import { Loading } from '../loading.tsx';
import { useSecond } from '../time.tsx';
import { useMapData } from './data.ts';
import { placeOf } from './features.ts';
import { warmFonts } from './fonts.ts';
import { paletteColours } from './icons.ts';
import { IncidentMarks } from './incident-marks.tsx';
import { Picture, type View } from './picture.ts';
import { type Box, boxOf, type Point } from './shapes.ts';
import classes from './station-map.module.css';
import type { StationMapProps } from './station-map.tsx';
import { openStreets, type Streets } from './tiles.ts';
import { type Coverage, type Layer, layers, type Places, pointAt, type Thing } from './types.ts';

const all: ReadonlySet<Layer> = new Set(layers.filter((layer) => layer !== 'coverage'));
const none: readonly Coverage[] = [];

/** The map where there is something to draw: MapLibre and all that draws, loaded when a map is first shown. */
export default function Drawn({ places, children, ...props }: StationMapProps & { readonly places: Places }) {
  const [say, page] = [useWords('map'), useWords('mapPage')];
  const place = useRef<HTMLDivElement>(null);
  const { picture, trouble, whole } = usePicture(place, places, props);
  return (
    <div className={classes.map}>
      <div ref={place} className={classes.picture} />
      {picture && <Layers picture={picture} places={places} {...props} />}
      {!whole && trouble !== 'no-webgl' && trouble !== 'lost' && (
        <div className={classes.coming}>
          <Loading what={page('title')} />
        </div>
      )}
      {(trouble === 'no-webgl' || trouble === 'lost') && (
        <Alert className={classes.trouble} color="orange" icon={<Icon name="warning" />} role="alert">
          {say(trouble === 'lost' ? 'pictureLost' : 'noWebgl')}
        </Alert>
      )}
      {trouble === 'no-streets' && (
        <p className={classes.note} role="status">
          {say('tilesFailed')}
        </p>
      )}
      {children}
    </div>
  );
}

type MapTrouble = 'no-webgl' | 'lost' | 'no-streets';

interface Drawing {
  /** Only while it can be drawn upon. */
  readonly picture: Picture | undefined;
  readonly trouble: MapTrouble | undefined;
  /** All that was known when it was opened stands on it. */
  readonly whole: boolean;
}

/** Opens the picture once, and closes it with the page. */
function usePicture(place: React.RefObject<HTMLDivElement | null>, places: Places, { onPress, onView }: StationMapProps): Drawing {
  const say = useWords('map');
  const [picture, setPicture] = useState<Picture>();
  const [trouble, setTrouble] = useState<MapTrouble>();
  const [drawable, setDrawable] = useState(true);
  const [whole, setWhole] = useState(false);
  const press = useEffectEvent((things: readonly Thing[], at: Point) => onPress?.(things, at));
  const view = useEffectEvent((seen: View) => onView?.(seen));
  const open = useEffectEvent(async (container: HTMLElement, ended: AbortSignal): Promise<Picture | undefined> => {
    if (!canDraw()) {
      setTrouble('no-webgl');
      return undefined;
    }
    const colours = paletteColours();
    const streets = await streetsOf(places, colours, () => setTrouble('no-streets'));
    await warmFonts(places);
    if (ended.aborted) return undefined;
    const words = { 'Map.Title': say('label'), 'NavigationControl.ZoomIn': say('zoomIn'), 'NavigationControl.ZoomOut': say('zoomOut') };
    try {
      return new Picture(container, {
        ...{ datum: places.tiles?.datum ?? 'wgs84', colours, streets, words, start: extentOf(places) },
        ...{ onPress: (things, at) => press(things, at), onView: (seen) => view(seen), onDrawable: setDrawable },
      });
    } catch (error) {
      console.warn('the map cannot be drawn:', error);
      setTrouble('no-webgl');
      return undefined;
    }
  });
  useEffect(() => {
    const container = place.current;
    if (!container) return;
    const ended = new AbortController();
    const opening = open(container, ended.signal);
    opening.then(async (opened) => {
      await opened?.ready();
      if (ended.signal.aborted) return;
      setPicture(opened);
      await opened?.drawn();
      setWhole(true);
    });
    return () => {
      ended.abort();
      setPicture(undefined);
      void opening.then((opened) => opened?.close());
    };
  }, [place]);
  return drawable ? { picture, trouble, whole } : { picture: undefined, trouble: 'lost', whole };
}

async function streetsOf({ tiles }: Places, colours: ReturnType<typeof paletteColours>, failed: () => void): Promise<Streets | undefined> {
  if (!tiles) return undefined;
  try {
    return await openStreets(tiles.url, colours);
  } catch (error) {
    console.warn('the streets cannot be drawn:', error);
    failed();
    return undefined;
  }
}

function canDraw(): boolean {
  const drawing = document.createElement('canvas').getContext('webgl2');
  // A browser gives out few of them.
  drawing?.getExtension('WEBGL_lose_context')?.loseContext();
  return drawing !== null;
}

/** All that has a place. */
function extentOf({ sites, cameras, stations }: Places): Box | undefined {
  const placed = (columns: Pick<Places['sites'], 'lat' | 'lon'>): Point[] =>
    columns.lat.flatMap((_, index) => pointAt(columns, index) ?? []);
  return boxOf([...placed(sites), ...placed(cameras), ...stations.flatMap(({ location }) => location ?? [])]);
}

/** Tells the picture what it does not know yet. */
function Layers({ picture, places, ...props }: StationMapProps & { readonly picture: Picture; readonly places: Places }) {
  const { show = all, still, chosen, look, scene, route, draft, coverage = none, onPress } = props;
  const say = useWords('map');
  const { state } = useMapData(still);
  const tenSeconds = Math.floor(useSecond() / 10);
  const at = chosen && placeOf(chosen, places, state);
  const [lat, lon] = [at?.lat, at?.lon];
  useEffect(() => picture.setPlaces(places, state), [picture, places, state]);
  useEffect(() => picture.setUnits(places, state, tenSeconds * 10), [picture, places, state, tenSeconds]);
  useEffect(() => picture.setCoverage(coverage), [picture, coverage]);
  useEffect(() => picture.show(show), [picture, show]);
  useEffect(() => picture.choose(lat === undefined || lon === undefined ? undefined : { lat, lon }), [picture, lat, lon]);
  useEffect(
    () => picture.setScene(scene, places.figures.metresPerMinute, (minutes) => say('minutes', { count: minutes })),
    [picture, scene, places, say],
  );
  useEffect(() => picture.setRoute(route), [picture, route]);
  useEffect(() => picture.setDraft(draft, places.figures.usual), [picture, draft, places]);
  useEffect(() => {
    if (look) picture.look(look);
  }, [picture, look]);
  return <IncidentMarks picture={picture} places={places} state={state} onPress={onPress} scene={scene} />;
}
