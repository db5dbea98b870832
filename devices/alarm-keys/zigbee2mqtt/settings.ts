import { z } from 'zod';
import { bridge, deviceTopic, meaning } from '../../maker-settings.ts';

export const zigbeeSettings = z.strictObject({
  topic: deviceTopic.meta({ title: 'Topic', description: 'Base topic and friendly name: zigbee2mqtt/<name>.' }),
  /** The registered gateway that Zigbee2MQTT signs in as. */
  bridge: bridge.unwrap(),
  actions: z.record(z.string().min(1).max(100), meaning).default({}).meta({
    title: 'What each action means',
    description: 'By its name in Zigbee2MQTT (single, hold, emergency, sos, …). Emergency where not named.',
  }),
});
export type ZigbeeSettings = z.infer<typeof zigbeeSettings>;
