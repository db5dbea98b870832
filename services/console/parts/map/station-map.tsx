import { Alert, Button } from '@mantine/core';
import { CatchBoundary } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useWords } from '../../words/index.ts';
import { Icon } from '../icon.tsx';
import { Loading } from '../loading.tsx';
import { Trouble } from '../trouble.tsx';
import { useMapData } from './data.ts';
import type { Draft, Look, Scene, View } from './picture.ts';
import type { Point } from './shapes.ts';
import type { Coverage, Layer, Thing } from './types.ts';

export type { Draft, Look, Scene, View } from './picture.ts';
export type { Point } from './shapes.ts';
export type { Layer, Thing } from './types.ts';

export interface StationMapProps {
  /** What is drawn; all of it when not said. Keep the set between renderings. */
  readonly show?: ReadonlySet<Layer>;
  /** Only where things stand, for those who may not see what happens elsewhere. */
  readonly still?: true;
  /** What is marked as chosen. */
  readonly chosen?: Thing | undefined;
  /** Somebody pressed on the map: what lies there, the most important first, or nothing; and where. */
  readonly onPress?: (things: readonly Thing[], at: Point) => void;
  /** Moves the map whenever another object is given. At first all that is registered is in view. */
  readonly look?: Look | undefined;
  /** Where something happens, with the rings of 1, 3 and 5 minutes for units of a tier. */
  readonly scene?: Scene | undefined;
  /** A way to go, drawn as a line. */
  readonly route?: readonly Point[] | undefined;
  /** A camera that is being placed: what it would see. */
  readonly draft?: Draft | undefined;
  /** Ground that is seen and not seen, of the grids that matter now; see coverageQuery. */
  readonly coverage?: readonly Coverage[];
  readonly onView?: (view: View) => void;
  /** Laid over the map, as a key to its signs. */
  readonly children?: ReactNode;
}

/** A page that shows a map is there before the megabyte that draws it. */
const Drawn = lazy(() => import('./drawn-map.tsx'));

/**
 * The one map of the console: stations, grids, sites by state, cameras with what they see, loudspeakers, units with the
 * freshness of their place, open incidents. It asks for what it draws and follows the events; a page says what to show and
 * hears what is pressed. It fills the element it stands in, which must have a height.
 */
export function StationMap(props: StationMapProps) {
  const say = useWords('mapPage');
  const { places, error, retry } = useMapData(props.still);
  if (!places) return error ? <Trouble error={error} retry={retry} /> : <Loading what={say('title')} />;
  return (
    <CatchBoundary getResetKey={() => 'map'} errorComponent={Failed} onCatch={(reason) => console.error('the map:', reason)}>
      <Suspense fallback={<Loading what={say('title')} />}>
        <Drawn {...props} places={places} key={`${places.tiles?.url} ${places.tiles?.datum}`} />
      </Suspense>
    </CatchBoundary>
  );
}

/** A map that fails must not take the calls beside it with it. */
function Failed() {
  const [say, shell] = [useWords('map'), useWords('shell')];
  return (
    <Alert color="orange" icon={<Icon name="warning" />} role="alert">
      {say('mapFailed')}{' '}
      <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
        {shell('reload')}
      </Button>
    </Alert>
  );
}
