import { connectMaker, type MakerDevice, type MakerLine } from '../../maker-line.ts';

export interface SimulatedZigbee2Mqtt {
  readonly line: MakerLine;
  /** All that is known of a button and what it did; `action` is said once and taken back by a message without it. */
  push(name: string, action: string, more?: Readonly<Record<string, unknown>>): Promise<void>;
  report(name: string, state: Readonly<Record<string, unknown>>): Promise<void>;
  available(name: string, state: 'online' | 'offline'): Promise<void>;
  close(): Promise<void>;
}

/** Zigbee2MQTT 2.x as it starts: its state, everything it knows of its devices in one large message, the cached states. */
export async function simulateZigbee2Mqtt(
  device: Omit<MakerDevice, 'will'>,
  cached: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<SimulatedZigbee2Mqtt> {
  const base = 'zigbee2mqtt';
  const state = `${base}/bridge/state`;
  const line = await connectMaker({ ...device, will: { topic: state, payload: '{"state":"offline"}' } });
  const report = (name: string, known: Readonly<Record<string, unknown>>) => line.say(`${base}/${name}`, known, { qos: 0 });
  if (!(await line.listen(`${base}/#`))) throw new Error('the broker refused the subscription that Zigbee2MQTT cannot do without');
  await line.say(state, { state: 'online' }, { retain: true });
  const definition = {
    model: 'TS0215A_sos',
    vendor: 'Tuya',
    exposes: Array.from({ length: 2000 }, (_, index) => ({ name: `property_${index}` })),
  };
  await line.say(`${base}/bridge/devices`, JSON.stringify([{ friendly_name: 'Coordinator' }, { definition }]), { retain: true });
  for (const [name, known] of Object.entries(cached)) await report(name, known);
  return {
    line,
    async push(name, action, more = {}) {
      await line.say(`${base}/${name}`, { ...more, action, linkquality: 120 });
      await line.say(`${base}/${name}`, { ...more, action: null, linkquality: 120 });
    },
    report,
    available: (name, is) => line.say(`${base}/${name}/availability`, { state: is }, { retain: true }),
    close: () => line.close(),
  };
}
