import type { Delivery, Give, Powers } from '../../devices/driver.ts';
import { Fault } from '../errors.ts';
import type { Drivers, Log } from '../ports.ts';
import type { Device, Register } from '../store/register-view.ts';

export interface LoudspeakerDeps {
  readonly log: Log;
  readonly drivers: Pick<Drivers, 'find'>;
  readonly give: Give;
  readonly register: Pick<Register, 'deviceOrLoad'>;
}

export interface Opened {
  readonly device: Device;
  readonly powers: Powers;
}

/** The powers of a registered loudspeaker, or why it has none. */
export async function openLoudspeaker(
  deviceId: string,
  { register, drivers, give, log }: LoudspeakerDeps,
): Promise<Opened | Extract<Delivery, { outcome: 'failed' }>> {
  const device = await register.deviceOrLoad(deviceId);
  if (!device) return { outcome: 'failed', reason: 'device-removed' };
  const driver = drivers.find(device.kind, device.driver);
  if (!driver) return { outcome: 'failed', reason: 'driver-unknown' };
  try {
    const { id, kind, settings } = device;
    return { device, powers: driver.open(give, { id, kind, settings }) };
  } catch (error) {
    log.error({ err: error, deviceId }, 'a loudspeaker cannot be used');
    return { outcome: 'failed', reason: 'settings-invalid' };
  }
}

/** A driver that throws has said nothing: the loudspeaker counts as out of reach and is tried again. */
export async function attempt(run: () => Promise<Delivery> | undefined, deviceId: string, log: Log): Promise<Delivery> {
  try {
    return (await run()) ?? { outcome: 'failed', reason: 'not-implemented' };
  } catch (error) {
    log.error({ err: error, deviceId }, 'a loudspeaker driver failed');
    if (error instanceof Fault) return { outcome: 'unreachable', reason: error.code };
    return { outcome: 'unreachable', reason: 'driver-error' };
  }
}
