import { metresBetween, type Point } from './orders.ts';

/** Which cameras are called up for an incident, and why: bound by the installer first, then the site's own, then the nearest. */

/** What the timeline says of an incident's cameras. */
export type CameraReason =
  | LinkReason
  | 'camera-turned'
  | 'camera-held'
  | 'camera-kept-still'
  | 'camera-not-turned'
  | 'picture-attached'
  | 'picture-missing'
  | 'clip-attached'
  | 'clip-missing'
  | 'disk-nearly-full';

export type LinkReason = 'is-the-source' | 'bound-by-installer' | 'at-the-site' | 'looks-at-the-scene' | 'nearest';

/** A camera as the choice sees it. */
export interface CameraSeen {
  readonly id: string;
  readonly siteId?: string;
  readonly point?: Point;
  /** Sites and keys that the installer bound it to. */
  readonly watches: readonly string[];
  /** Preset by the site or key that it shows. */
  readonly aims: Readonly<Record<string, string>>;
  /** Degrees from true north, clockwise; absent where nobody said it, or where it turns. */
  readonly bearing?: number;
  /** Degrees that it sees at once. */
  readonly fieldOfView?: number;
  /** Metres that it sees. */
  readonly reach?: number;
}

export interface SceneOfCameras {
  /** The key or camera that opened the incident. */
  readonly deviceId?: string;
  readonly siteId?: string;
  readonly point?: Point;
  readonly silent: boolean;
}

export interface LinkPolicy {
  /** So many cameras at most. */
  readonly most: number;
  /** Metres beyond which a camera that nobody bound is of no use. */
  readonly radius: number;
}

export interface LinkedCamera {
  readonly cameraId: string;
  readonly reason: LinkReason;
  /** Metres as the crow flies, when camera and scene both have a place. */
  readonly distance?: number;
  /** The preset that shows the scene. */
  readonly preset?: string;
  /** Whether it may be turned there. A camera that moves can be seen, and after duress nothing may be: then it stays as it is. */
  readonly turns: boolean;
}

/** What most fixed cameras see at once; used where a bearing is said and no angle. */
export const usualField = 90;

/** Faults of devices are for the maintenance list; of everything else people want to see the place. */
export const kindsWithoutCameras: readonly string[] = ['silence', 'device-fault'];
export const callsUpCameras = (kind: string): boolean => !kindsWithoutCameras.includes(kind);

/** The cameras to call up, best first. Pure; the same camera comes once, for its best reason. */
export function linkedCameras(scene: SceneOfCameras, cameras: readonly CameraSeen[], policy: LinkPolicy): readonly LinkedCamera[] {
  return cameras
    .flatMap((camera) => {
      const distance = camera.point && scene.point ? metresBetween(camera.point, scene.point) : undefined;
      const reason = reasonFor(camera, scene, distance, policy);
      return reason === undefined ? [] : [{ camera, reason, distance }];
    })
    .sort(
      (a, b) =>
        rank[a.reason] - rank[b.reason] ||
        (a.distance ?? Number.POSITIVE_INFINITY) - (b.distance ?? Number.POSITIVE_INFINITY) ||
        (a.camera.id < b.camera.id ? -1 : 1),
    )
    .slice(0, policy.most)
    .map(({ camera, reason, distance }) => {
      const preset = presetFor(camera, scene);
      return {
        cameraId: camera.id,
        reason,
        ...(distance === undefined ? {} : { distance: Math.round(distance) }),
        ...(preset === undefined ? {} : { preset }),
        turns: preset !== undefined && !scene.silent,
      };
    });
}

const rank: Readonly<Record<LinkReason, number>> = {
  'is-the-source': 0,
  'bound-by-installer': 1,
  'at-the-site': 2,
  'looks-at-the-scene': 3,
  nearest: 4,
};

function reasonFor(
  camera: CameraSeen,
  scene: SceneOfCameras,
  distance: number | undefined,
  { radius }: LinkPolicy,
): LinkReason | undefined {
  if (camera.id === scene.deviceId) return 'is-the-source';
  const named = [scene.deviceId, scene.siteId].filter((id) => id !== undefined);
  if (named.some((id) => camera.watches.includes(id) || Object.hasOwn(camera.aims, id))) return 'bound-by-installer';
  if (scene.siteId !== undefined && camera.siteId === scene.siteId) return 'at-the-site';
  if (distance === undefined || !camera.point || !scene.point || distance > Math.min(radius, camera.reach ?? radius)) return undefined;
  if (camera.bearing === undefined) return 'nearest';
  const off = angleBetween(bearingTo(camera.point, scene.point), camera.bearing);
  return off <= (camera.fieldOfView ?? usualField) / 2 ? 'looks-at-the-scene' : undefined;
}

/** Its own key's preset shows more than that of the whole site. */
function presetFor({ aims }: CameraSeen, { deviceId, siteId }: SceneOfCameras): string | undefined {
  const id = [deviceId, siteId].find((name) => name !== undefined && Object.hasOwn(aims, name));
  return id === undefined ? undefined : aims[id];
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Degrees from true north, clockwise, of the way from one point to another (initial great-circle bearing). */
export function bearingTo(from: Point, to: Point): number {
  const [fromLat, toLat, dLon] = [radians(from.lat), radians(to.lat), radians(to.lon - from.lon)];
  const east = Math.sin(dLon) * Math.cos(toLat);
  const north = Math.cos(fromLat) * Math.sin(toLat) - Math.sin(fromLat) * Math.cos(toLat) * Math.cos(dLon);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/** Degrees between two directions, 0 to 180. */
export function angleBetween(a: number, b: number): number {
  const apart = (((a - b) % 360) + 360) % 360;
  return Math.min(apart, 360 - apart);
}
