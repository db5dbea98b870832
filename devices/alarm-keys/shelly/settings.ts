import { z } from 'zod';
import { bridge, contact, deviceTopic, normally, pushes } from '../../maker-settings.ts';

/** How a Shelly is registered as a key. */
export const shellySettings = z.strictObject({
  /** First generation `shellies/<model>-<id>`; later ones the topic prefix of their MQTT page, `<model>-<id>` by default. */
  topic: deviceTopic,
  pushes,
  /** `button`: its events tell of pushes; `switch`: its input is a wired contact whose state is told. */
  input: z.enum(['button', 'switch']).default('button'),
  normally,
  contact,
  /** A Shelly Button on its cell sleeps between pushes. */
  power: z.enum(['mains', 'battery']).default('mains'),
  bridge,
});
export type ShellySettings = z.infer<typeof shellySettings>;
