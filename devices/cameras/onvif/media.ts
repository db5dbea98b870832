import { type StreamAddress, Trouble } from '../../driver.ts';
import type { Door } from '../../web.ts';
import { child, childrenOf, tag, textAt, type XmlElement } from '../../xml.ts';
import { type Kept, kept } from './kept.ts';
import { askMedia, type Way } from './node-onvif.ts';
import { cannot, namespaces, type Reach } from './reach.ts';

/** Profiles of a camera and the addresses of their streams and stills, by Media (node-onvif) or Media2 (our own words). */

export interface Profile {
  readonly token: string;
  readonly name: string;
  readonly video: boolean;
  readonly ptz: boolean;
}

/** Where a still is had: the door may have another port than the device service, never another host. */
export interface StillPlace {
  readonly door: Door;
  readonly path: string;
}

export interface MediaOptions {
  readonly profile?: string;
  readonly rtspPort?: number;
}

export interface CameraMedia {
  profiles(signal?: AbortSignal): Promise<readonly Profile[]>;
  /** The profile that was set, else the first with a picture. @throws Trouble */
  profile(signal?: AbortSignal): Promise<Profile>;
  /** The profile for moving: the one set or in use, where it moves, else the first that does. @throws Trouble */
  moving(signal?: AbortSignal): Promise<Profile>;
  readonly stream: Kept<StreamAddress>;
  readonly still: Kept<StillPlace>;
}

type Wish = 'streamUri' | 'snapshotUri';

export function openCameraMedia(reach: Reach, options: MediaOptions): CameraMedia {
  const listed = kept(reach.now, (signal) => listProfiles(reach, signal));
  const profiles = (signal?: AbortSignal): Promise<readonly Profile[]> => listed.get(signal);
  const profile = async (signal?: AbortSignal): Promise<Profile> => choose(await profiles(signal), options.profile);
  const uri = async (wish: Wish, signal: AbortSignal | undefined): Promise<string> => {
    try {
      return await askUri(reach, wish, (await profile(signal)).token, signal);
    } catch (error) {
      // The camera may have been set up anew: next time its profiles are asked for again.
      listed.forget();
      throw error;
    }
  };
  return {
    profiles,
    profile,
    moving: async (signal) => {
      const used = await profile(signal);
      return used.ptz ? used : ((await profiles(signal)).find((each) => each.ptz) ?? used);
    },
    stream: kept(reach.now, async (signal) => streamAt(reach.door, await uri('streamUri', signal), options.rtspPort)),
    still: kept(reach.now, async (signal) => stillAt(reach.door, await uri('snapshotUri', signal))),
  };
}

function choose(profiles: readonly Profile[], wanted: string | undefined): Profile {
  const found =
    wanted === undefined ? (profiles.find((each) => each.video) ?? profiles[0]) : profiles.find((each) => each.token === wanted);
  if (found) return found;
  const names = profiles.map((each) => each.token.slice(0, 40)).slice(0, 8);
  throw new Trouble(
    'misconfigured',
    wanted === undefined ? 'camera has no media profile' : `camera has no profile of that token; it has ${names.join(', ') || 'none'}`,
  );
}

/** Media first, since every camera of the last fifteen years has it; Media2 where it is missing, empty or broken. */
async function eachWay<T>(
  reach: Reach,
  signal: AbortSignal | undefined,
  by: { first: (way: Way) => Promise<T>; second: (way: Way) => Promise<T>; enough: (value: T) => boolean },
): Promise<T> {
  const [first, second] = [await reach.way(namespaces.trt, signal), await reach.way(namespaces.tr2, signal)];
  if (!first && !second) throw new Trouble('unsupported', 'camera has no media service');
  if (!first) return by.second(second as Way);
  try {
    const value = await by.first(first);
    if (!second || by.enough(value)) return value;
  } catch (error) {
    if (!second || !cannot(error)) throw error;
  }
  return by.second(second);
}

const listProfiles = (reach: Reach, signal: AbortSignal | undefined): Promise<Profile[]> =>
  eachWay(reach, signal, {
    first: async (way) => childrenOf(await askMedia(way).profiles(), 'Profiles').flatMap(readProfile),
    second: async (way) => childrenOf(await ask2(way, 'GetProfiles', tag('Type', {}, 'All')), 'Profiles').flatMap(readProfile2),
    enough: (profiles) => profiles.length > 0,
  });

const ask2 = (way: Way, name: string, ...content: Parameters<typeof tag>[2][]): Promise<XmlElement> =>
  way.soap.call(
    { path: way.path, action: `${namespaces.tr2}/${name}`, body: tag(name, { xmlns: namespaces.tr2 }, ...content) },
    way.signal,
  );

function readProfile(element: XmlElement): Profile[] {
  const token = element.attributes['token'];
  if (token === undefined) return [];
  const has = (name: string): boolean => child(element, name) !== undefined;
  return [{ token, name: textAt(element, 'Name') ?? token, video: has('VideoEncoderConfiguration'), ptz: has('PTZConfiguration') }];
}

function readProfile2(element: XmlElement): Profile[] {
  const token = element.attributes['token'];
  if (token === undefined) return [];
  const configurations = child(element, 'Configurations');
  const has = (name: string): boolean => child(configurations, name) !== undefined;
  return [{ token, name: textAt(element, 'Name') ?? token, video: has('VideoEncoder'), ptz: has('PTZ') }];
}

function askUri(reach: Reach, wish: Wish, profile: string, signal: AbortSignal | undefined): Promise<string> {
  const name = wish === 'streamUri' ? 'GetStreamUri' : 'GetSnapshotUri';
  const protocol = wish === 'streamUri' ? tag('Protocol', {}, 'RTSP') : undefined;
  return eachWay(reach, signal, {
    first: async (way) => given(textAt(await askMedia(way)[wish](profile), 'MediaUri', 'Uri')),
    second: async (way) => given(textAt(await ask2(way, name, protocol, tag('ProfileToken', {}, profile)), 'Uri')),
    enough: () => true,
  });
}

function given(uri: string | undefined): string {
  if (uri === undefined) throw new Trouble('garbled', 'camera gives an empty address');
  return uri;
}

/** Without the brackets of IPv6, in lower case. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();

/**
 * The camera's path and port at the host that the installer set: what it calls itself is often the address that it was
 * made with, or one behind a router. Credentials that it writes into its address are dropped.
 * @throws Trouble garbled
 */
export function streamAt(door: Door, uri: string, port: number | undefined): StreamAddress {
  const announced = URL.parse(uri.trim());
  if (!announced || announced.host === '' || (announced.protocol !== 'rtsp:' && announced.protocol !== 'rtsps:')) {
    throw new Trouble('garbled', 'camera gives a stream address that is not rtsp://');
  }
  const host = new URL(door.base).hostname;
  const at = port ?? (announced.port === '' ? undefined : Number(announced.port));
  return {
    url: `${announced.protocol}//${host}${at === undefined ? '' : `:${at}`}${announced.pathname}${announced.search}`,
    ...(door.username !== undefined && { username: door.username }),
    ...(door.password !== undefined && { password: door.password }),
  };
}

/**
 * A camera that names its own host as we know it may have its stills on another port (Reolink: service on 8000, stills on
 * 80). One that names another host is behind a router, where another port may be another camera: there the door stays.
 * @throws Trouble garbled
 */
export function stillAt(door: Door, uri: string): StillPlace {
  const announced = URL.parse(uri.trim(), door.base);
  if (!announced || (announced.protocol !== 'http:' && announced.protocol !== 'https:')) {
    throw new Trouble('garbled', 'camera gives a picture address that is not http://');
  }
  const path = `${announced.pathname}${announced.search}`;
  const own = hostOf(announced) === hostOf(new URL(door.base));
  // The password stays behind TLS where the installer put it there.
  const weaker = door.base.startsWith('https:') && announced.protocol === 'http:';
  return { door: own && !weaker ? { ...door, base: announced.origin } : door, path };
}
