import { viewOf } from '../../../devices/cameras/view.ts';
import type { Powers } from '../../../devices/driver.ts';
import type { Holding, Media } from '../../../devices/media/index.ts';
import { type Duration, seconds } from '../../alarm/index.ts';
import type { Clock, Log } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import { hold, letGo } from '../../store/holdings.ts';
import type { Device, Register } from '../../store/register-view.ts';
import type { Cameras } from '../cameras.ts';

export interface PreRollDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
  readonly media: Media;
  readonly cameras: Cameras;
  readonly powersOf: (cameraId: string) => Powers | undefined;
  readonly holder: string;
  /** Streams that this process keeps at most. */
  readonly streams: number;
  readonly before: Duration;
}

export interface PreRoll {
  /** Cameras whose past is kept here. */
  kept(): readonly string[];
  close(): Promise<void>;
}

const renewEach: Duration = seconds(10);
/** Two renewals may be missed. */
const lease: Duration = seconds(35);

/** The cameras of which the seconds before a press are wanted: those that say so, and those that are called up for a key. */
export function camerasThatMatter(register: Register): readonly Device[] {
  const hasKey = (siteId: string | undefined): boolean =>
    siteId !== undefined && register.devicesAtSite(siteId).some(({ kind }) => kind === 'key');
  return register.cameras().filter((camera) => {
    const { preRoll, watches = [], aims = {} } = viewOf(camera.settings);
    if (preRoll !== undefined) return preRoll;
    const bound = [...watches, ...Object.keys(aims)];
    return hasKey(camera.siteId) || bound.some((id) => register.device(id)?.kind === 'key' || hasKey(id));
  });
}

/** Keeps the streams of cameras that matter running, each in exactly one process. */
export function keepPreRoll(deps: PreRollDeps): PreRoll {
  const { store, clock, log, media, cameras, holder } = deps;
  const held = new Map<string, Holding>();
  let underWay: Promise<void> | undefined;
  let closed = false;

  const release = (id: string): void => {
    held.get(id)?.release();
    held.delete(id);
  };
  const renew = async (): Promise<void> => {
    const wanted = media.available().ok ? camerasThatMatter(deps.register).filter(({ id }) => deps.powersOf(id)?.stream) : [];
    const mine = await hold(
      store.fleeting,
      'stream',
      holder,
      wanted.map(({ id }) => id),
      deps.streams,
      clock.now(),
      lease,
    );
    if (closed) return;
    const lost = [...held.keys()].filter((id) => !mine.has(id));
    for (const id of lost) release(id);
    await letGo(store.fleeting, 'stream', holder, lost);
    for (const id of mine) {
      if (held.has(id)) continue;
      const source = await cameras.sourceOf(id);
      if (source && !closed) held.set(id, media.watch(id, source, { preRollSeconds: deps.before / 1000 }));
    }
  };
  const turn = (): Promise<void> => {
    underWay ??= renew()
      .catch((error: unknown) => log.warn({ err: error }, 'the streams that are kept were not looked at; it is tried again'))
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };

  const timers = deps.streams === 0 ? [] : [clock.after('streams kept, first', 0, turn), clock.every('streams kept', renewEach, turn)];
  return {
    kept: () => [...held.keys()],
    async close() {
      closed = true;
      for (const timer of timers) timer.stop();
      await underWay;
      const ids = [...held.keys()];
      for (const id of ids) release(id);
      await letGo(store.fleeting, 'stream', holder, ids).catch((error: unknown) =>
        log.debug({ err: error }, 'streams were not let go of; their leases end by themselves'),
      );
    },
  };
}
