import type { Settings } from '../../config/schema.ts';
import { type Description, Trouble } from '../../devices/driver.ts';
import type { Media } from '../../devices/media/index.ts';
import type { Look } from '../../devices/media/looking.ts';
import { type Duration, seconds } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import { readAim } from '../store/aims.ts';
import { referenceOf } from '../store/camera-health.ts';
import type { Store } from '../store/connect.ts';
import type { Register } from '../store/register-view.ts';
import { type Sampler, startSampler } from './camera-health.ts';
import type { LookDeps } from './camera-sample.ts';
import type { Cameras } from './cameras.ts';
import type { PictureQuestion } from './eye-worker.ts';
import type { DeviceHealthDeps } from './routes/device-health.ts';
import { openSideThread, type SideThread } from './side-thread.ts';

export interface LookingDeps {
  readonly settings: Pick<Settings, 'cameraHealth' | 'language'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
  readonly cameras: Cameras;
  readonly media: Media;
}

export interface Looking {
  readonly routes: DeviceHealthDeps;
  start(): Sampler;
}

const describePatience: Duration = seconds(6);

/** The looking at cameras, put together: what takes its turns, and what people ask of it. */
export function openLooking(deps: LookingDeps): Looking {
  const { store, clock, log, register } = deps;
  const { period, atOnce, perMinute, leastFrames } = deps.settings.cameraHealth;
  const eye = openSideThread<PictureQuestion, Look>(log, new URL('./eye-worker.ts', import.meta.url));
  const look = waysOf(deps, eye, leastFrames);
  return {
    routes: {
      report: { db: store.desk, register, now: () => clock.now(), health: { period, perMinute } },
      reference: { ...look, store, clock },
      language: deps.settings.language,
    },
    start() {
      const sampler = startSampler({ ...look, store, clock, log, period: seconds(period), atOnce, perMinute });
      return {
        async stop() {
          await sampler.stop();
          await eye.close();
        },
      };
    },
  };
}

const waysOf = (deps: LookingDeps, eye: SideThread<PictureQuestion, Look>, leastFrames: number): Omit<LookDeps, 'now'> => ({
  leastFrames,
  still: (id) => deps.cameras.still(id),
  gray: (jpeg, width, height, signal) => deps.media.gray(jpeg, width, height, signal),
  judge: (picture, standard) => eye.ask({ picture, standard }),
  health: (id) => deps.media.health(id),
  describe: (id) => described(deps, id),
  placeOf(id) {
    const device = deps.register.device(id);
    return device && deps.register.placeOf(device);
  },
  reference: (id, light) => referenceOf(deps.store.routine, id, light),
  async turnedSince(id, at) {
    const aim = await readAim(deps.store.routine, id);
    return aim !== undefined && aim.until > at;
  },
});

async function described({ cameras, log }: LookingDeps, cameraId: string): Promise<Description | undefined> {
  try {
    return await (await cameras.open(cameraId)).powers.describe?.(AbortSignal.timeout(describePatience));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    log.debug({ err: error, cameraId }, 'a camera did not say what it is; its clock stays as it was known');
    return undefined;
  }
}
