import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection } from 'geojson';
import {
  AttributionControl,
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibre,
  type MapMouseEvent,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { type Datum, fromPicture, toPicture } from './datum.ts';
import {
  cameraFeatures,
  cameraStates,
  changedStates,
  collection,
  coverageFeatures,
  gridFeatures,
  line,
  loudspeakerFeatures,
  type Put,
  point,
  sectorFeatures,
  siteFeatures,
  stationFeatures,
  unitFeatures,
} from './features.ts';
import { addSigns, type Colours } from './icons.ts';
import { type Box, circle, graticule, type LonLat, type Point, sector } from './shapes.ts';
import { sectorsFrom, shownBy, styleOf } from './style.ts';
import type { Streets } from './tiles.ts';
import {
  type CameraState,
  type Coverage,
  type Kind,
  type Layer,
  layers,
  type MapState,
  type Places,
  type Thing,
  type Tier,
} from './types.ts';

// A file of our own: the content security policy lets no other worker in.
setWorkerUrl(workerUrl);

export interface PictureOptions {
  readonly datum: Datum;
  readonly colours: Colours;
  readonly streets: Streets | undefined;
  /** MapLibre's own words, by its names for them. */
  readonly words: Readonly<Record<string, string>>;
  readonly start: Box | undefined;
  readonly onPress: (things: readonly Thing[], at: Point) => void;
  readonly onView: (view: View) => void;
  /** The graphics card took the picture away (false), or gave it back (true): then all must be told anew. */
  readonly onDrawable: (drawable: boolean) => void;
}
export interface View {
  readonly box: Box;
  readonly zoom: number;
}
/** A place to look at, or all of a box. */
export type Look = { readonly at: Point; readonly zoom?: number } | { readonly box: Box };
/** Where something happens; with a tier the rings that its units reach in 1, 3 and 5 minutes. */
export interface Scene {
  readonly at: Point;
  readonly tier?: Tier;
}
/** A camera that is being placed. */
export interface Draft extends Point {
  readonly bearing?: number;
  readonly fieldOfView?: number;
  readonly reach?: number;
}

/** The most important first. */
const pressed: readonly (readonly [layer: string, kind: Kind])[] = [
  ['units', 'unit'],
  ['sites', 'site'],
  ['stations', 'station'],
  ['loudspeakers', 'loudspeaker'],
  ['cameras', 'camera'],
  ['camera-dots', 'camera'],
  ['grids', 'grid'],
];
const fingertip = 7;
const mostSectors = 800;
/** Beyond this share it is quicker to hand all cameras over anew. */
const mostChanges = 2000;

/** The drawn map. Knows nothing of React; everything is told to it, and may be told again at any time. */
export class Picture {
  readonly #map: MapLibre;
  readonly #options: PictureOptions;
  readonly #put: Put;
  readonly #shown = new Set<Layer>(layers);
  #places: Places | undefined;
  #states: readonly CameraState[] = [];
  #lost = false;

  /** @throws Error where the browser has no WebGL2 */
  constructor(container: HTMLElement, options: PictureOptions) {
    this.#options = options;
    this.#put = (at) => toPicture(options.datum, at);
    const { start } = options;
    this.#map = new MapLibre({
      ...{
        container,
        style: styleOf(options.colours, options.streets),
        locale: { ...options.words },
        localIdeographFontFamily: false as const,
      },
      ...{ attributionControl: false as const, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0, fadeDuration: 0 },
      ...{ renderWorldCopies: false, validateStyle: false, maxZoom: 20, canvasContextAttributes: { antialias: false } },
      ...(start ? { bounds: this.#bounds(start), fitBoundsOptions: { padding: 40 } } : { center: [105, 35] as LonLat, zoom: 3 }),
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.once('style.load', () => addSigns(this.#map, options.colours));
    this.#map.on('error', ({ error }) => console.warn('the map:', error));
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.#map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 140 }), 'bottom-left');
    if (options.streets) this.#map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
    this.#map.on('click', (event) => this.#press(event));
    this.#map.on('moveend', () => this.#moved());
    this.#map.on('webglcontextlost', () => this.#become(false));
    this.#map.on('webglcontextrestored', () => void this.#map.once('idle', () => this.#become(true)));
  }

  #become(drawable: boolean): void {
    this.#lost = !drawable;
    this.#places = undefined;
    this.#states = [];
    if (drawable) this.#moved();
    this.#options.onDrawable(drawable);
  }

  /** Resolves when it can be drawn upon. */
  async ready(): Promise<void> {
    await this.#map.once('load');
    this.#moved();
  }

  /** Resolves when all that was told is on it. */
  async drawn(): Promise<void> {
    await this.#map.once('idle');
  }

  close(): void {
    this.#map.remove();
  }

  /** For what stands on the map as elements of the page. */
  get map(): MapLibre {
    return this.#map;
  }
  put(at: Point): LonLat {
    return this.#put([at.lon, at.lat]);
  }

  setPlaces(places: Places, state: MapState | undefined): void {
    const other = places !== this.#places;
    this.#places = places;
    const states = cameraStates(places, state);
    const changed = other ? undefined : changedStates(this.#states, states);
    this.#states = states;
    this.#set('sites', siteFeatures(places, state, this.#put));
    this.#set('loudspeakers', loudspeakerFeatures(places, state, this.#put));
    if (changed?.length !== 0) this.#drawSectors();
    if (changed && changed.length <= mostChanges) this.#recolour(changed);
    else this.#set('cameras', cameraFeatures(places, states, this.#put));
    if (!other) return;
    const { areas, names } = gridFeatures(places, this.#put);
    this.#set('grids', areas);
    this.#set('grid-names', names);
    this.#set('stations', stationFeatures(places, this.#put));
  }

  /** @param now seconds UTC by the server's clock */
  setUnits(places: Places, state: MapState | undefined, now: number): void {
    this.#set('units', unitFeatures(places, state, now, this.#put));
  }

  setCoverage(grounds: readonly Coverage[]): void {
    this.#set('coverage', coverageFeatures(grounds, this.#put));
  }

  show(shown: ReadonlySet<Layer>): void {
    if (this.#lost) return;
    for (const layer of layers) {
      if (shown.has(layer) === this.#shown.has(layer)) continue;
      if (shown.has(layer)) this.#shown.add(layer);
      else this.#shown.delete(layer);
      for (const id of shownBy[layer]) this.#map.setLayoutProperty(id, 'visibility', shown.has(layer) ? 'visible' : 'none');
    }
  }

  choose(at: Point | undefined): void {
    this.#set('chosen', collection(at ? [point(this.put(at))] : []));
  }

  setScene(
    scene: Scene | undefined,
    metresPerMinute: Readonly<Record<Tier, number>> | undefined,
    label: (minutes: number) => string,
  ): void {
    const speed = scene?.tier && metresPerMinute?.[scene.tier];
    const rings = scene && speed ? [1, 3, 5].map((minutes) => ({ label: label(minutes), ring: circle(scene.at, minutes * speed) })) : [];
    this.#set('rings', collection(rings.map(({ label: words, ring }) => line(ring.map(this.#put), { label: words }))));
  }

  setRoute(route: readonly Point[] | undefined): void {
    this.#set('route', collection(route && route.length > 1 ? [line(route.map((at) => this.put(at)))] : []));
  }

  setDraft(draft: Draft | undefined, usual: { readonly fieldOfView: number; readonly reach: number }): void {
    const { bearing, fieldOfView = usual.fieldOfView, reach = usual.reach } = draft ?? {};
    const seen =
      draft && (bearing !== undefined || fieldOfView >= 360) ? sector({ ...draft, bearing: bearing ?? 0, fieldOfView, reach }) : undefined;
    this.#set(
      'draft',
      collection(seen ? [{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [seen.map(this.#put)] }, properties: {} }] : []),
    );
  }

  look(look: Look): void {
    const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    if ('box' in look) this.#map.fitBounds(this.#bounds(look.box), { padding: 60, maxZoom: 17, animate });
    else this.#map.easeTo({ center: this.put(look.at), zoom: look.zoom ?? this.#map.getZoom(), duration: 400, animate });
  }

  #bounds({ west, south, east, north }: Box): LngLatBounds {
    return new LngLatBounds(this.#put([west, south]), this.#put([east, north]));
  }

  #set(source: string, data: FeatureCollection): void {
    void this.#map.getSource<GeoJSONSource>(source)?.setData(data);
  }

  #recolour(changed: readonly number[]): void {
    if (changed.length === 0) return;
    const update = changed.map((id) => ({ id, addOrUpdateProperties: [{ key: 's', value: this.#states[id] }] }));
    void this.#map.getSource<GeoJSONSource>('cameras')?.updateData({ update });
  }

  #view(): View {
    const bounds = this.#map.getBounds();
    const [sw, ne] = [bounds.getSouthWest(), bounds.getNorthEast()].map(({ lng, lat }) => fromPicture(this.#options.datum, [lng, lat]));
    return { box: { west: sw?.lon ?? 0, south: sw?.lat ?? 0, east: ne?.lon ?? 0, north: ne?.lat ?? 0 }, zoom: this.#map.getZoom() };
  }

  #moved(): void {
    const view = this.#view();
    if (!this.#options.streets) this.#drawGraticule(view.box);
    this.#drawSectors();
    this.#options.onView(view);
  }

  /** Only the ground before cameras in view is drawn: of sixteen thousand some hundreds. */
  #drawSectors(): void {
    if (!this.#places) return;
    const { box, zoom } = this.#view();
    const near = zoom >= sectorsFrom && this.#shown.has('cameras');
    this.#set('sectors', near ? sectorFeatures(this.#places, this.#states, box, mostSectors, this.#put) : collection([]));
  }

  #drawGraticule(box: Box): void {
    const edge = { lat: box.south + (box.north - box.south) * 0.06, lon: box.west + (box.east - box.west) * 0.006 };
    const lines = graticule(box).flatMap(({ label, line: [from, to] }) => {
      const at: LonLat = from[0] === to[0] ? [from[0], edge.lat] : [edge.lon, from[1]];
      return [line([this.#put(from), this.#put(to)]), point(this.#put(at), { label })];
    });
    this.#set('graticule', collection(lines));
  }

  #press({ point: { x, y }, lngLat }: MapMouseEvent): void {
    const around: [[number, number], [number, number]] = [
      [x - fingertip, y - fingertip],
      [x + fingertip, y + fingertip],
    ];
    const found = this.#map.queryRenderedFeatures(around, { layers: pressed.map(([layer]) => layer) });
    const things = pressed.flatMap(([layer, kind]) =>
      found.flatMap((feature): Thing[] => {
        if (feature.layer.id !== layer) return [];
        const id = kind === 'camera' ? this.#places?.cameras.id[Number(feature.id)] : (feature.properties['id'] as string);
        return id === undefined ? [] : [{ kind, id }];
      }),
    );
    this.#options.onPress(once(things), fromPicture(this.#options.datum, [lngLat.lng, lngLat.lat]));
  }
}

/** A thing on the edge of two tiles is found twice. */
const once = (things: readonly Thing[]): Thing[] => [...new Map(things.map((thing) => [`${thing.kind} ${thing.id}`, thing])).values()];
