import { z } from 'zod';
import { bridge, contact, deviceTopic, normally, pushes } from '../../maker-settings.ts';

/** How a Shelly is registered as a key. */
export const shellySettings = z.strictObject({
  topic: deviceTopic.meta({
    title: 'Topic',
    description: 'First generation: shellies/<model>-<id>. Later ones: the prefix on their MQTT page, <model>-<id> as they come.',
  }),
  pushes,
  input: z.enum(['button', 'switch']).default('button').meta({
    title: 'Input of a first-generation device',
    description: 'As its own page has it: button tells pushes, switch tells how a wired contact stands.',
  }),
  normally,
  contact,
  power: z.enum(['mains', 'battery']).default('mains').meta({ title: 'Supply', description: 'On battery it sleeps between pushes.' }),
  bridge,
});
export type ShellySettings = z.infer<typeof shellySettings>;
