import type { FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { addProtocol } from 'maplibre-gl';
import { FetchSource, type Header, PMTiles, Protocol, TileType } from 'pmtiles';
import type { Colours } from './icons.ts';

/** The streets under the signs, from the site's own PMTiles file, whatever scheme it was made by. */
export interface Streets {
  readonly source: StyleSpecification['sources'];
  readonly layers: readonly LayerSpecification[];
}

let protocol: Protocol | undefined;

/** Opens the file. @throws what the server or the file says */
export async function openStreets(address: string, colours: Colours): Promise<Streets> {
  if (!protocol) {
    protocol = new Protocol({ metadata: false });
    addProtocol('pmtiles', protocol.tile);
  }
  const url = new URL(address, location.href).href;
  const file = new PMTiles(new FetchSource(url));
  protocol.add(file);
  const [header, metadata] = [await file.getHeader(), (await file.getMetadata()) as Metadata];
  const source = {
    tiles: {
      ...{ type: isVector(header) ? 'vector' : 'raster', tiles: [`pmtiles://${url}/{z}/{x}/{y}`] },
      ...{ minzoom: header.minZoom, maxzoom: header.maxZoom, bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat] },
      ...(isVector(header) ? {} : { tileSize: 256 }),
      ...(metadata.attribution === undefined ? {} : { attribution: metadata.attribution }),
    },
  } as StyleSpecification['sources'];
  return { source, layers: isVector(header) ? streetsOf(metadata.vector_layers ?? [], colours) : [dimmed] };
}

interface Metadata {
  readonly attribution?: string;
  readonly vector_layers?: readonly { readonly id: string }[];
}

const isVector = ({ tileType }: Header): boolean => tileType === TileType.Mvt;
/** A map made for daylight, as dark as the rest of the screen. */
const dimmed: LayerSpecification = {
  id: 'streets',
  type: 'raster',
  source: 'tiles',
  paint: { 'raster-brightness-max': 0.45, 'raster-saturation': -0.6, 'raster-fade-duration': 0 },
};

const polygons: FilterSpecification = ['==', ['geometry-type'], 'Polygon'];
const lines: FilterSpecification = ['==', ['geometry-type'], 'LineString'];
const points: FilterSpecification = ['==', ['geometry-type'], 'Point'];

/** The schemes in use name their layers alike: Protomaps, OpenMapTiles, Shortbread. */
export function streetsOf(layers: readonly { readonly id: string }[], colours: Colours): LayerSpecification[] {
  const of = (named: RegExp) =>
    layers.filter(({ id }) => named.test(id)).map(({ id }) => ({ layer: id, source: 'tiles', 'source-layer': id }));
  const area = (named: RegExp, colour: string): LayerSpecification[] =>
    of(named).map(({ layer, ...from }) => ({
      id: `area-${layer}`,
      type: 'fill',
      ...from,
      filter: polygons,
      paint: { 'fill-color': colour },
    }));
  const line = (named: RegExp, colour: string, width: number): LayerSpecification[] =>
    of(named).map(({ layer, ...from }) => ({
      id: `line-${layer}`,
      type: 'line',
      ...from,
      filter: lines,
      paint: { 'line-color': colour, 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 10, width / 3, 18, width * 5] },
    }));
  const names = of(/road|street|transport|place|label|neighbourhood/i).flatMap(({ layer, ...from }): LayerSpecification[] => {
    const field = ['coalesce', ['get', 'name:zh'], ['get', 'name'], ''] as unknown as string;
    const look = { 'text-color': colours.muted, 'text-halo-color': colours.ground, 'text-halo-width': 1.2 };
    const layout = { 'text-field': field, 'text-font': ['system-ui', 'Noto Sans SC Variable', 'sans-serif'], 'text-size': 11 };
    return [
      {
        id: `way-${layer}`,
        type: 'symbol',
        ...from,
        minzoom: 14,
        filter: lines,
        layout: { ...layout, 'symbol-placement': 'line' },
        paint: look,
      },
      { id: `place-${layer}`, type: 'symbol', ...from, filter: points, layout, paint: look },
    ];
  });
  return [
    ...area(/^(earth|land|ocean)$/i, '#11171f'),
    ...area(/landuse|landcover|park|green/i, '#131d1c'),
    ...area(/water/i, '#10233a'),
    ...line(/water/i, '#17324f', 1),
    ...area(/building/i, '#1a222c'),
    ...line(/road|street|transport|highway/i, '#3a4757', 1.4),
    ...line(/rail/i, '#333f4d', 0.8),
    ...line(/bound|admin/i, '#4d5b6d', 0.6),
    ...names,
  ];
}
