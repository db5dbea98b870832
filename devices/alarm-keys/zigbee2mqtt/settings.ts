import { z } from 'zod';
import { bridge, deviceTopic, meaning } from '../../maker-settings.ts';

export const zigbeeSettings = z.strictObject({
  /** `<base topic>/<friendly name>`. */
  topic: deviceTopic,
  /** The registered gateway that Zigbee2MQTT signs in as. */
  bridge: bridge.unwrap(),
  /** What its actions mean, by the name under which Zigbee2MQTT tells them (`single`, `hold`, `emergency`, …); emergency where not named. */
  actions: z.record(z.string().min(1).max(100), meaning).default({}),
});
export type ZigbeeSettings = z.infer<typeof zigbeeSettings>;
