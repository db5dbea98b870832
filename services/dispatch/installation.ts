import { viewOf } from '../../devices/cameras/view.ts';
import type { LinkPolicy, LinkReason } from '../alarm/index.ts';
import type { Device, Register } from '../store/register-view.ts';
import type { Cameras } from './cameras.ts';
import { camerasFor } from './footage/link.ts';
import { earOf } from './proof.ts';

/** What stands at a site, and what belongs to what there: as a press would have it. */

export interface InstallationDeps {
  readonly register: Register;
  readonly link: LinkPolicy;
  readonly cameras: Pick<Cameras, 'powers'>;
}

export interface CalledCamera {
  readonly id: string;
  readonly name: string;
  readonly reason: LinkReason;
  /** Metres. */
  readonly distance?: number;
  readonly preset?: string;
}

/** A camera that was bound by an installer. */
export interface Bound {
  readonly id: string;
  readonly name: string;
  readonly preset?: string;
}

export interface Wiring {
  /** Of a key: the cameras that its press calls up, best first; and of them the bound ones. */
  readonly callsUp?: readonly CalledCamera[];
  readonly cameras?: readonly Bound[];
  /** Of a key: the loudspeakers that are spoken to unless somebody names others. */
  readonly speaksAt?: readonly string[];
  /** Of a loudspeaker: the camera that hears it, by the installer's word or because it is one device with it. */
  readonly ear?: { readonly id: string; readonly bound: boolean };
  readonly fallback?: string;
  /** Of a camera: the keys and sites that it is called up for. */
  readonly watches?: readonly string[];
}

/** Everything at the site, and cameras from elsewhere that are bound to it or to one of its keys. */
export function devicesOfSite(siteId: string, register: Register): readonly Device[] {
  const own = register.devicesAtSite(siteId);
  const from = [siteId, ...own.map(({ id }) => id)].flatMap((id) => register.camerasBoundTo(id));
  return [...new Map([...own, ...from].map((device) => [device.id, device])).values()].sort(byKind);
}

const order: readonly Device['kind'][] = ['key', 'camera', 'loudspeaker', 'radio'];
const byKind = (a: Device, b: Device): number => order.indexOf(a.kind) - order.indexOf(b.kind) || a.name.localeCompare(b.name, 'zh');

export function wiringOf(device: Device, deps: InstallationDeps): Wiring {
  const { register } = deps;
  switch (device.kind) {
    case 'key':
      return { callsUp: callsUp(device, deps), cameras: boundTo(device.id, register), speaksAt: speaksAt(device, register) };
    case 'camera': {
      const { watches = [], aims = {} } = viewOf(device.settings);
      return { watches: [...new Set([...watches, ...Object.keys(aims)])] };
    }
    case 'loudspeaker':
      return ears(device, register);
    case 'radio':
      return {};
    default:
      return device.kind satisfies never;
  }
}

export const boundTo = (id: string, register: Register): readonly Bound[] =>
  register.camerasBoundTo(id).map((camera) => {
    const preset = viewOf(camera.settings).aims?.[id];
    return { id: camera.id, name: camera.name, ...(preset === undefined ? {} : { preset }) };
  });

function callsUp(key: Device, { register, link, cameras }: InstallationDeps): readonly CalledCamera[] {
  const location = register.placeOf(key);
  const press = {
    ...{ kind: 'emergency', deviceId: key.id, silent: false },
    ...(key.siteId === undefined ? {} : { siteId: key.siteId }),
    ...(location === undefined ? {} : { location }),
  } as const;
  return camerasFor({ register, link, powersOf: (id) => cameras.powers(id) }, press).map(({ cameraId, reason, distance, preset }) => ({
    ...{ id: cameraId, name: register.device(cameraId)?.name ?? cameraId, reason },
    ...(distance === undefined ? {} : { distance: Math.round(distance) }),
    ...(preset === undefined ? {} : { preset }),
  }));
}

const speaksAt = ({ siteId }: Device, register: Register): readonly string[] =>
  (siteId === undefined ? [] : register.devicesAtSite(siteId)).filter(({ kind }) => kind === 'loudspeaker').map(({ id }) => id);

function ears(speaker: Device, register: Register): Wiring {
  const ear = earOf(speaker, register);
  const { ear: named, fallback } = speaker.settings;
  return {
    ...(ear === undefined ? {} : { ear: { id: ear, bound: named === ear } }),
    ...(typeof fallback === 'string' ? { fallback } : {}),
  };
}
