import { Trouble } from '../../../devices/driver.ts';
import { type Duration, seconds } from '../../alarm/index.ts';
import type { Clock, Log } from '../../ports.ts';
import type { Device, Register } from '../../store/register-view.ts';
import type { Cameras } from '../cameras.ts';
import { camerasThatMatter } from './pre-roll.ts';

export interface FirstLookDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
  readonly cameras: Pick<Cameras, 'powers'>;
}

const every: Duration = seconds(5);
/** A start with a thousand cameras leaves the process to its alarms. */
const atOnce = 2;
const patience: Duration = seconds(10);

/**
 * Has each camera that a press will call up give one picture before anything happens: one that this process never asked
 * wants four questions more before its first, and twenty of those at once want a second. A picture that could not be had
 * is no news here; what is wrong with a camera is told by its samples.
 */
export function lookFirst({ clock, log, register, cameras }: FirstLookDeps): { close(): Promise<void> } {
  // A device that was changed is another device, of which nothing is known yet.
  const seen = new WeakSet<Device>();
  const end = new AbortController();
  let looking: Promise<unknown> | undefined;

  const lookAt = async (devices: Device[]): Promise<void> => {
    for (let next = devices.shift(); next && !end.signal.aborted; next = devices.shift()) {
      seen.add(next);
      const signal = AbortSignal.any([end.signal, AbortSignal.timeout(patience)]);
      try {
        await cameras.powers(next.id)?.snapshot?.(signal);
      } catch (error) {
        if (!(error instanceof Trouble || signal.aborted)) log.warn({ err: error, cameraId: next.id }, 'a first look at a camera failed');
      }
    }
  };
  const round = (): void => {
    const fresh = camerasThatMatter(register).filter((camera) => !seen.has(camera));
    looking ??= Promise.all(Array.from({ length: atOnce }, () => lookAt(fresh))).finally(() => {
      looking = undefined;
    });
  };

  const timers = [clock.after('first looks, first', 0, round), clock.every('first looks', every, round)];
  return {
    async close() {
      end.abort();
      for (const timer of timers) timer.stop();
      await looking;
    },
  };
}
