import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import type { Colours } from './icons.ts';

/** How the picture is built up, from the ground to the signs. Without glyphs of a server every text is drawn with the fonts of the page. */

const font = ['system-ui', 'Noto Sans SC Variable', 'Microsoft YaHei', 'sans-serif'];
/** Cameras are dots from afar and signs from this zoom on; the ground before them is drawn a little nearer. */
export const signsFrom = 14;
export const sectorsFrom = 15;
export const blindFrom = 12;

const empty: SourceSpecification = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };
export const sources = [
  ...['grids', 'grid-names', 'coverage', 'graticule', 'rings', 'route', 'sectors', 'cameras'],
  ...['loudspeakers', 'stations', 'sites', 'units', 'draft', 'chosen'],
] as const;

const byState = ({ good, warning, muted }: Colours): ExpressionSpecification => [
  'match',
  ['get', 's'],
  'good',
  good,
  'faulty',
  warning,
  muted,
];

type Layout = NonNullable<SymbolLayerSpecification['layout']>;
const text = (field: string, size: number): Layout => ({
  'text-field': ['get', field],
  'text-font': font,
  'text-size': size,
  'text-max-width': 12,
});
const written = ({ ground }: Colours, colour: string) => ({ 'text-color': colour, 'text-halo-color': ground, 'text-halo-width': 1.6 });
const named = (colours: Colours, size: number, offset: number, colour = colours.text) => ({
  layout: { ...text('name', size), 'text-anchor': 'top', 'text-offset': [0, offset], 'text-optional': true } satisfies Layout,
  paint: written(colours, colour),
});

/** Areas and lines on the ground. */
const grounds = (colours: Colours): LayerSpecification[] => [
  {
    id: 'graticule',
    type: 'line',
    source: 'graticule',
    filter: ['==', ['geometry-type'], 'LineString'],
    paint: { 'line-color': colours.line, 'line-width': 0.6 },
  },
  { id: 'grids', type: 'fill', source: 'grids', paint: { 'fill-color': colours.accent, 'fill-opacity': 0.05 } },
  {
    id: 'coverage',
    type: 'fill',
    source: 'coverage',
    minzoom: blindFrom,
    paint: { 'fill-pattern': ['get', 'how'], 'fill-opacity': 0.75 },
  },
  { id: 'grid-edges', type: 'line', source: 'grids', paint: { 'line-color': colours.accent, 'line-opacity': 0.55, 'line-width': 1.2 } },
  { id: 'rings', type: 'line', source: 'rings', paint: { 'line-color': colours.text, 'line-width': 1.6, 'line-dasharray': [4, 3] } },
  { id: 'route', type: 'line', source: 'route', layout: { 'line-cap': 'round' }, paint: { 'line-color': colours.accent, 'line-width': 4 } },
  { id: 'sectors', type: 'fill', source: 'sectors', minzoom: sectorsFrom, paint: { 'fill-color': byState(colours), 'fill-opacity': 0.16 } },
  {
    id: 'draft',
    type: 'fill',
    source: 'draft',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': colours.accent, 'fill-opacity': 0.35 },
  },
];

const signs = (colours: Colours): LayerSpecification[] => [
  {
    id: 'camera-dots',
    type: 'circle',
    source: 'cameras',
    maxzoom: signsFrom,
    paint: {
      'circle-color': byState(colours),
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 1, 11, 1.6, 14, 3.2],
      'circle-opacity': ['match', ['get', 's'], 'faulty', 1, 0.65],
    },
  },
  {
    id: 'cameras',
    type: 'symbol',
    source: 'cameras',
    minzoom: signsFrom,
    layout: {
      'icon-image': ['concat', 'camera-', ['get', 's'], ['case', ['has', 'b'], '-looking', '']],
      'icon-rotate': ['coalesce', ['get', 'b'], 0],
      'icon-rotation-alignment': 'map',
      'icon-size': ['interpolate', ['linear'], ['zoom'], 14, 0.6, 17, 1.1],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
  },
  {
    id: 'loudspeakers',
    type: 'symbol',
    source: 'loudspeakers',
    minzoom: 13,
    layout: {
      'icon-image': ['concat', 'loudspeaker-', ['get', 's']],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'icon-offset': [14, -14],
    },
  },
  { id: 'stations', type: 'symbol', source: 'stations', layout: { 'icon-image': 'station', 'icon-allow-overlap': true } },
  {
    id: 'sites',
    type: 'symbol',
    source: 'sites',
    layout: {
      'icon-image': ['concat', 'site-', ['get', 'c']],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 9, ['match', ['get', 'c'], 'alarm', 0.8, 'trouble', 0.7, 0.35], 14, 1],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['get', 'sort'],
    },
  },
  {
    id: 'units',
    type: 'symbol',
    source: 'units',
    layout: { 'icon-image': ['concat', 'unit-', ['get', 's']], 'icon-allow-overlap': true, 'icon-ignore-placement': true },
  },
  {
    id: 'chosen',
    type: 'symbol',
    source: 'chosen',
    layout: { 'icon-image': 'chosen', 'icon-size': 1.6, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
  },
];

/** What is written. Of names that would cover each other, one is left out until the view is nearer. */
const names = (colours: Colours): LayerSpecification[] => [
  {
    id: 'graticule-labels',
    type: 'symbol',
    source: 'graticule',
    filter: ['==', ['geometry-type'], 'Point'],
    layout: { ...text('label', 11), 'text-anchor': 'bottom-left' },
    paint: written(colours, colours.muted),
  },
  {
    id: 'ring-labels',
    type: 'symbol',
    source: 'rings',
    layout: { ...text('label', 13), 'symbol-placement': 'line' },
    paint: written(colours, colours.text),
  },
  { id: 'site-names', type: 'symbol', source: 'sites', minzoom: 14, ...named(colours, 13, 0.9) },
  { id: 'unit-names', type: 'symbol', source: 'units', minzoom: 12, ...named(colours, 12, 1, colours.accent) },
  { id: 'station-names', type: 'symbol', source: 'stations', ...named(colours, 13, 1) },
  { id: 'grid-names', type: 'symbol', source: 'grid-names', minzoom: 12, ...named(colours, 13, 0, colours.muted) },
];

/** Which layers of the picture show which thing. */
export const shownBy = {
  sites: ['sites', 'site-names'],
  units: ['units', 'unit-names'],
  cameras: ['camera-dots', 'cameras', 'sectors'],
  loudspeakers: ['loudspeakers'],
  grids: ['grids', 'grid-edges', 'grid-names'],
  coverage: ['coverage'],
} as const;

/** @param tiles the streets, already as layers on a source `tiles` */
export function styleOf(
  colours: Colours,
  tiles: { readonly source: StyleSpecification['sources']; readonly layers: readonly LayerSpecification[] } | undefined,
): StyleSpecification {
  return {
    version: 8,
    sources: { ...tiles?.source, ...Object.fromEntries(sources.map((name) => [name, empty])) },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
      ...(tiles?.layers ?? []),
      ...grounds(colours),
      ...signs(colours),
      ...names(colours),
    ],
  };
}
