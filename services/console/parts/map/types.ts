import type { askCoverage, askPlaces, askState } from './ask.ts';
import type { Point } from './shapes.ts';

export type Places = Awaited<ReturnType<typeof askPlaces>>;
export type MapState = Awaited<ReturnType<typeof askState>>;
export type Coverage = Awaited<ReturnType<typeof askCoverage>>;
export type OpenIncident = MapState['incidents'][number];
export type MapUnit = MapState['units'][number];
export type SiteColour = 'well' | MapState['sites'][number]['state'];
export type CameraState = 'good' | 'faulty' | 'unknown';
export type Tier = Places['units'][number]['tier'];

export const kinds = ['incident', 'unit', 'site', 'station', 'loudspeaker', 'camera', 'grid'] as const;
export type Kind = (typeof kinds)[number];
/** One thing on the map. */
export interface Thing {
  readonly kind: Kind;
  readonly id: string;
}
export const isSame = (a: Thing | undefined, b: Thing | undefined): boolean => a?.kind === b?.kind && a?.id === b?.id;

/** What may be shown or left out. */
export const layers = ['sites', 'units', 'cameras', 'loudspeakers', 'grids', 'coverage'] as const;
export type Layer = (typeof layers)[number];

/** A place in a list of columns. */
export function pointAt(
  columns: { readonly lat: readonly (number | null)[]; readonly lon: readonly (number | null)[] },
  index: number,
): Point | undefined {
  const [lat, lon] = [columns.lat[index], columns.lon[index]];
  return lat === null || lat === undefined || lon === null || lon === undefined ? undefined : { lat, lon };
}
