import type { Powers, Preset } from '../../devices/driver.ts';
import { Trouble } from '../../devices/driver.ts';
import type { FindSource, LivePiece, Media, Still } from '../../devices/media/index.ts';
import { type Duration, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Device, Register } from '../store/register-view.ts';
import { type DeliverDeps, powersOf } from './deliver.ts';
import { askDevice } from './trouble.ts';

/** Cameras as people and incidents use them: their powers opened, their pictures through the media room. */

export interface CameraDeps extends Pick<DeliverDeps, 'drivers' | 'give' | 'log'> {
  readonly register: Register;
  readonly media: Media;
}

export interface Camera {
  readonly device: Device;
  readonly powers: Powers;
  /** Absent where it has no stream. */
  readonly source?: FindSource;
}

export interface Cameras {
  /** What a registered camera can do, opened once; undefined where its driver or settings are of no use. */
  powers(id: string): Powers | undefined;
  /** @throws Fault `not-found`, or `not-implemented` where its driver or settings are of no use */
  open(id: string): Promise<Camera>;
  /** The stream of a camera, for what is heard or seen on it; undefined where there is none. */
  sourceOf(id: string): Promise<FindSource | undefined>;
  /** Those who ask for one camera at the same time share the picture. @throws Fault */
  still(id: string): Promise<Still>;
  /** The stream to be shown. @throws Fault `not-implemented` where there is none, `media-unavailable` without ffmpeg */
  watchable(id: string): Promise<FindSource>;
  /** @throws Fault as `watchable` */
  live(id: string, signal: AbortSignal): Promise<AsyncIterable<LivePiece>>;
  presets(id: string): Promise<readonly Preset[]>;
  /** Runs one act of a camera with a bound on its time. @throws Fault */
  act<T>(id: string, what: string, act: (powers: Powers, signal: AbortSignal) => Promise<T> | undefined): Promise<T>;
}

/** HTTP picture, key frame and RTSP, one after the other. */
const stillPatience: Duration = seconds(10);
const actPatience: Duration = seconds(6);

export function openCameras(deps: CameraDeps): Cameras {
  const { register, media } = deps;
  const underWay = new Map<string, Promise<Still>>();
  // A driver keeps what the camera said of its services: opened anew, each picture would cost it a dozen questions.
  const opened = new WeakMap<Device, Powers>();
  const powers: Cameras['powers'] = (id) => {
    const device = register.device(id);
    const known = device && (opened.get(device) ?? powersOf(deps, id));
    if (device && known) opened.set(device, known);
    return known;
  };

  const open: Cameras['open'] = async (id) => {
    const device = await register.deviceOrLoad(id);
    if (device?.kind !== 'camera') throw new Fault('not-found', `There is no camera ${id}`);
    const can = powers(id);
    if (!can) throw new Fault('not-implemented', `The driver or the settings of ${id} are of no use; the log says why`);
    const source = findSource(device, can);
    return { device, powers: can, ...(source === undefined ? {} : { source }) };
  };
  const takeStill = async (id: string): Promise<Still> => {
    const { powers: can, source } = await open(id);
    if (!can.snapshot && !source) throw new Fault('not-implemented', `${id} gives no picture`);
    const { ok, why } = media.available();
    if (!can.snapshot && !ok) throw new Fault('media-unavailable', why);
    return askDevice(() =>
      media.still(id, {
        ...(can.snapshot === undefined ? {} : { http: can.snapshot }),
        ...(source === undefined ? {} : { source }),
        signal: AbortSignal.timeout(stillPatience),
      }),
    );
  };
  const act: Cameras['act'] = async (id, what, run) => {
    const { powers: can } = await open(id);
    const acting = run(can, AbortSignal.timeout(actPatience));
    if (!acting) throw new Fault('not-implemented', `${id} ${what}`);
    return askDevice(() => acting);
  };

  const watchable: Cameras['watchable'] = async (id) => {
    const { source } = await open(id);
    if (!source) throw new Fault('not-implemented', `${id} has no stream`);
    const { ok, why } = await media.ready();
    if (!ok) throw new Fault('media-unavailable', why);
    return source;
  };

  return {
    powers,
    open,
    act,
    sourceOf: async (id) => (await open(id)).source,
    still(id) {
      const shared = underWay.get(id) ?? takeStill(id).finally(() => underWay.delete(id));
      underWay.set(id, shared);
      return shared;
    },
    watchable,
    live: async (id, signal) => media.live(id, await watchable(id), signal),
    presets: (id) => act(id, 'has no presets', (powers, signal) => powers.presets?.(signal)),
  };
}

const streamPatience: Duration = seconds(8);

export function findSource({ settings }: Pick<Device, 'settings'>, { stream }: Powers): FindSource | undefined {
  if (!stream) return undefined;
  return async () => {
    const host = hostOf(settings);
    if (host === undefined) throw new Trouble('misconfigured', 'its settings name no address');
    const fingerprint = settings['fingerprint'];
    return {
      ...(await stream(AbortSignal.timeout(streamPatience))),
      host,
      ...(typeof fingerprint === 'string' ? { fingerprint: fingerprint.replaceAll(':', '').toLowerCase() } : {}),
    };
  };
}

/** The host that the installer configured, whichever way the driver has it written. */
export function hostOf({ address, url, host, stream }: Readonly<Record<string, unknown>>): string | undefined {
  const written = [address, url, host, stream].find((value) => typeof value === 'string');
  if (written === undefined) return undefined;
  return URL.parse(written)?.hostname || written;
}
