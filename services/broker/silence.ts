import { type DeviceKind, type Duration, type Instant, seconds } from '../alarm/index.ts';
import type { Clock, Ear, Log, Speaker } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { putHeard, takeSilent } from '../store/presence.ts';
import type { Register } from '../store/register-view.ts';

export interface SilenceDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly ear: Ear;
  readonly register: Register;
  readonly supervision: Readonly<Record<DeviceKind, Duration>>;
}

export interface Silence {
  /** The device showed a sign of life: a message or a ping. */
  heard(deviceId: string): void;
  close(): Promise<void>;
}

const look = seconds(5);

/** Tells the desk of devices that have gone unheard for longer than their interval, and of their coming back. */
export function superviseSilence(deps: SilenceDeps, drill: (deviceId: string, now: Instant) => boolean): Silence {
  const { store, clock, log, ear, register } = deps;
  const since = clock.now();
  const recently = new Map<string, Instant>();
  const speaker = (deviceId: string, now: Instant): Speaker | undefined => {
    const device = register.device(deviceId);
    return device && { id: deviceId, kind: device.kind, exercise: drill(deviceId, now) };
  };

  async function tell(deviceId: string, type: 'silence' | 'online', data: Record<string, unknown>, now: Instant): Promise<void> {
    const who = speaker(deviceId, now);
    if (who) await ear.hear(who, { type, active: type === 'silence', data }, { via: 'supervision' });
  }

  async function round(): Promise<void> {
    const now = clock.now();
    const heard = new Map(recently);
    recently.clear();
    try {
      for (const deviceId of await putHeard(store.fleeting, heard)) await tell(deviceId, 'online', {}, now);
      for (const { deviceId, lastSeenAt } of await takeSilent(store.routine, deps.supervision, since, now)) {
        await tell(deviceId, 'silence', { lastSeenAt: new Date(lastSeenAt).toISOString() }, now);
      }
    } catch (error) {
      for (const [deviceId, at] of heard) if (!recently.has(deviceId)) recently.set(deviceId, at);
      log.warn({ err: error }, 'supervision could not look at the record; it tries again');
    }
  }

  const timer = clock.every('supervision', look, round);
  return {
    heard: (deviceId) => void recently.set(deviceId, clock.now()),
    async close() {
      timer.stop();
      await round();
    },
  };
}
