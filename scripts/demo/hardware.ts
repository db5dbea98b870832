import type { Device, Site } from '../../services/store/register.ts';
import { figures, numbered } from './figures.ts';
import type { Quarter } from './map.ts';
import { cameraBodies, sides, siteKinds, siteSpots } from './names.ts';
import type { Chance } from './random.ts';
import { drawSpot, shares } from './sites.ts';
import { placeIn } from './streets.ts';

const plain = { driver: 'mqtt', settings: {}, exercise: true } as const;

/** One alarm key at each site, where its people can reach it. */
export const keysOf = (sites: readonly Site[]): Device[] =>
  sites.map((site, index) => {
    const at = siteKinds.find(({ kind }) => kind === site.kind)?.keyAt ?? '门卫室';
    return { ...plain, id: numbered('key', index + 1, 3), kind: 'key', name: `${at}一键报警`, siteId: site.id };
  });

/** Six to ten at each site, all others along the streets. */
export function cameras(quarters: readonly Quarter[], sites: readonly Site[], draw: Chance): Device[] {
  const inside = sites.flatMap((site) => siteCameras(site, draw));
  const street = shares(quarters, figures.cameras - inside.length).flatMap(({ quarter, count }) =>
    Array.from({ length: count }, () => streetCamera(quarter, draw)),
  );
  return [...inside, ...street].map((camera, index) => ({ ...plain, ...camera, id: numbered('camera', index + 1, 5), kind: 'camera' }));
}

type Camera = Pick<Device, 'name' | 'siteId' | 'location'> & { readonly settings?: Device['settings'] };

function siteCameras(site: Site, draw: Chance): Camera[] {
  const { lat, lon } = site.location ?? { lat: 0, lon: 0 };
  const count = site.kind === 'hospital' || site.kind === 'mall' ? 10 : draw.whole(6, 8);
  return siteSpots.slice(0, count).map((spot) => ({
    name: `${site.name}${spot}${draw.pick(cameraBodies)}`,
    siteId: site.id,
    location: { lat: near(lat, draw), lon: near(lon, draw) },
  }));
}

/** Within some forty metres. */
const near = (degrees: number, draw: Chance): number => Math.round((degrees + draw.between(-0.0004, 0.0004)) * 1e6) / 1e6;

function streetCamera(quarter: Quarter, draw: Chance): Camera {
  const { u, v, road, crossRoad, atCrossing } = drawSpot(quarter, draw);
  const where = atCrossing ? `${road}与${crossRoad}路口` : `${road}${Math.round(v * 400) + 1}号前`;
  const [side, body] = [draw.pick(sides), draw.pick(cameraBodies)];
  return {
    name: `${where}${side}向${body}`,
    location: placeIn(quarter.patch, u, v),
    settings: { bearing: ((sides.indexOf(side) + 1) * 90) % 360, ...seenBy[body] },
  };
}

/** Degrees and metres, as such bodies on poles usually have. Inside sites nobody wrote down which way cameras look. */
const seenBy = {
  枪机: { fieldOfView: 60, reach: 60 },
  球机: { fieldOfView: 90, reach: 90 },
  全景: { fieldOfView: 360, reach: 40 },
} as const;

const streetLoudspeakers = 95;

/** At two sites of five and at those that act, and on poles along the streets. */
export function loudspeakers(quarters: readonly Quarter[], sites: readonly Site[], surely: ReadonlySet<string>, draw: Chance): Device[] {
  const chosen = sites.filter((site) => draw.percent(40) || surely.has(site.id));
  const inside = chosen.map((site) => ({ name: `${site.name}音柱`, siteId: site.id }));
  const outside = shares(quarters, streetLoudspeakers).flatMap(({ quarter, count }) =>
    Array.from({ length: count }, () => {
      const { u, v, road, crossRoad } = drawSpot(quarter, draw);
      return { name: `${road}与${crossRoad}立杆音柱`, location: placeIn(quarter.patch, u, v) };
    }),
  );
  return [...inside, ...outside].map((each, index) => ({ ...plain, ...each, id: numbered('speaker', index + 1, 3), kind: 'loudspeaker' }));
}
