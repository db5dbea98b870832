import { setImmediate } from 'node:timers/promises';
import { viewOf } from '../../../devices/cameras/view.ts';
import { type Duration, type Instant, seconds } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';
import type { Register } from '../../store/register-view.ts';
import { type CoveringCamera, type GroundSeen, groundSeen } from '../coverage-cells.ts';
import { cameraStates, type StateDeps } from './gather.ts';

export interface GroundDeps extends StateDeps {
  readonly register: StateDeps['register'] & Pick<Register, 'grid' | 'placeOf'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Undefined where there is no such grid, or it has no area. */
export type GridGround = (gridId: string) => Promise<GroundSeen | undefined>;

/** Cameras are looked at every ten minutes; what they see together need not be reckoned more often. */
const fresh: Duration = seconds(60);
const mostKept = 500;

/** Which ground of each grid is seen, reckoned when it is asked and kept for a while; one grid at a time. */
export function gridGround(deps: GroundDeps): GridGround {
  const kept = new Map<string, { readonly at: Instant; readonly ground: Promise<GroundSeen | undefined> }>();
  let cameras: { readonly at: Instant; readonly all: Promise<readonly CoveringCamera[]> } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const isFresh = (at: Instant): boolean => deps.clock.now() - at < fresh;

  function camerasNow(): Promise<readonly CoveringCamera[]> {
    if (!cameras || !isFresh(cameras.at)) {
      const all = coveringCameras(deps);
      cameras = { at: deps.clock.now(), all };
      all.catch(() => {
        cameras = undefined;
      });
    }
    return cameras.all;
  }

  return (gridId) => {
    const known = kept.get(gridId);
    if (known && isFresh(known.at)) return known.ground;
    const area = deps.register.grid(gridId)?.area;
    if (!area) return Promise.resolve(undefined);
    const ground = last.then(async () => groundSeen(area, await camerasNow(), () => setImmediate()));
    last = ground.catch(() => kept.delete(gridId));
    kept.delete(gridId);
    kept.set(gridId, { at: deps.clock.now(), ground });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return ground;
  };
}

async function coveringCameras(deps: GroundDeps): Promise<readonly CoveringCamera[]> {
  return (await cameraStates(deps)).flatMap(({ device, state }): CoveringCamera[] => {
    const point = deps.register.placeOf(device);
    const { bearing, fieldOfView, reach } = viewOf(device.settings);
    if (!point) return [];
    return [
      {
        ...{ point, state },
        ...(bearing === undefined ? {} : { bearing }),
        ...(fieldOfView === undefined ? {} : { fieldOfView }),
        ...(reach === undefined ? {} : { reach }),
      },
    ];
  });
}
