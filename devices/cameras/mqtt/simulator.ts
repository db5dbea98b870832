import { randomUUID } from 'node:crypto';
import { writeInstant } from '../../payload.ts';
import { connect, type Sent, type SimulatedDevice, type Visible, visible } from '../../simulator.ts';
import type { CameraEventType } from './payload.ts';

export interface SimulatedCamera extends Visible {
  readonly id: string;
  event(type: CameraEventType, active: boolean, data?: Readonly<Record<string, unknown>>): Promise<Sent>;
  /** So many events of one type at once, beginning and end in turn; resolves when all are acknowledged. */
  burst(count: number, type?: CameraEventType): Promise<readonly Sent[]>;
  /** A property event of ONVIF's event broker: retained; without a payload it is deleted. `topic` as in ONVIF, without `tns1:`. */
  property(topic: string, sourceValues: readonly string[], payload?: object): Promise<Sent>;
  /** Any bytes on a channel of the camera. */
  raw(payload: string | Uint8Array, channel: string, retain?: boolean): Promise<Sent>;
}

/** A camera, or the bridge before it, that keeps the contract to the letter. Promises resolve on PUBACK. */
export async function simulateCamera(options: SimulatedDevice): Promise<SimulatedCamera> {
  const line = await connect(options, 'camera', []);
  const event: SimulatedCamera['event'] = (type, active, data) =>
    line.tell('event', { type, active, at: writeInstant(line.now()), eventId: randomUUID(), ...(data === undefined ? {} : { data }) });
  return {
    ...visible(line),
    id: options.id,
    event,
    burst: (count, type = 'motion') => Promise.all(Array.from({ length: count }, (_, index) => event(type, index % 2 === 0))),
    property: (topic, sourceValues, payload) => {
      const source = sourceValues.length > 0 ? `/&${sourceValues.join('/')}` : '';
      return line.publish(`onvif-ej/${topic}${source}`, payload === undefined ? '' : JSON.stringify(payload), true);
    },
    raw: (payload, channel, retain) => line.publish(channel, payload, retain),
  };
}
