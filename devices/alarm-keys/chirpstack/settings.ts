import { z } from 'zod';
import { bridge, meaning, pushes } from '../../maker-settings.ts';

export const chirpstackSettings = z.strictObject({
  /** Application id as it stands in the topic (a UUID). */
  application: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'is not an application id'),
  devEui: z
    .string()
    .regex(/^[0-9a-fA-F]{16}$/, 'is not a DevEUI of 16 hex digits')
    .transform((eui) => eui.toLowerCase()),
  /** The registered gateway that ChirpStack signs in as. */
  bridge: bridge.unwrap(),
  model: z.enum(['milesight-ws101', 'dragino-pb01', 'dragino-pb05']),
  pushes,
  /** Of a PB05, by its keys. */
  keys: z
    .strictObject({
      '1': meaning.optional(),
      '2': meaning.optional(),
      '3': meaning.optional(),
      '4': meaning.optional(),
      '5': meaning.optional(),
    })
    .default({}),
});
export type ChirpstackSettings = z.infer<typeof chirpstackSettings>;
export type Model = ChirpstackSettings['model'];
