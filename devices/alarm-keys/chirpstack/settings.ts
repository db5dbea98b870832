import { z } from 'zod';
import { bridge, meaning, pushes } from '../../maker-settings.ts';

export const chirpstackSettings = z.strictObject({
  application: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'is not an application id')
    .meta({ title: 'Application id', description: 'As it stands in the topic: a UUID.' }),
  devEui: z
    .string()
    .regex(/^[0-9a-fA-F]{16}$/, 'is not a DevEUI of 16 hex digits')
    .transform((eui) => eui.toLowerCase())
    .meta({ title: 'DevEUI' }),
  /** The registered gateway that ChirpStack signs in as. */
  bridge: bridge.unwrap(),
  model: z.enum(['milesight-ws101', 'dragino-pb01', 'dragino-pb05']).meta({ title: 'Model' }),
  pushes,
  keys: z
    .strictObject({
      '1': meaning.optional(),
      '2': meaning.optional(),
      '3': meaning.optional(),
      '4': meaning.optional(),
      '5': meaning.optional(),
    })
    .default({})
    .meta({ title: 'What each key of a PB05 means' }),
});
export type ChirpstackSettings = z.infer<typeof chirpstackSettings>;
export type Model = ChirpstackSettings['model'];
