import { connectMaker, type MakerDevice, type MakerLine } from '../../maker-line.ts';

export interface SimulatedEsphome {
  readonly line: MakerLine;
  /** A state that changes; retained, as all that a node tells. */
  state(on: boolean): Promise<void>;
  event(type: string): Promise<void>;
  close(): Promise<void>;
}

export interface EsphomeOptions extends Omit<MakerDevice, 'will'> {
  readonly topic: string;
  /** How its button stands as it connects; it tells that first. */
  readonly on?: boolean;
}

/** A node with a binary sensor `button` and an event `bell`. */
export async function simulateEsphome(options: EsphomeOptions): Promise<SimulatedEsphome> {
  const { topic, on = false } = options;
  const line = await connectMaker({ ...options, will: { topic: `${topic}/status`, payload: 'offline' } });
  const state = (is: boolean) => line.say(`${topic}/binary_sensor/button/state`, is ? 'ON' : 'OFF', { qos: 0, retain: true });
  await line.say(`${topic}/status`, 'online', { qos: 0, retain: true });
  await line.say(`homeassistant/binary_sensor/${topic}/button/config`, { name: 'button' }, { qos: 0, retain: true });
  await line.listen('esphome/discover');
  await state(on);
  return {
    line,
    state,
    event: (type) => line.say(`${topic}/event/bell/state`, { event_type: type }, { qos: 0, retain: true }),
    close: () => line.close(),
  };
}
