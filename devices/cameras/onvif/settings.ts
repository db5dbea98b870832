import { z } from 'zod';
import type { Door } from '../../web.ts';
import { viewShape } from '../view.ts';

/** What the installer sets of an ONVIF camera. The words of the messages stand in the console's form. */

const address = z
  .url({ protocol: /^https?$/, message: 'must begin with http:// or https://' })
  .max(500)
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', 'must not carry a user name or password')
  .refine((text) => URL.parse(text)?.hash === '', 'must not have a # part')
  .meta({ title: 'Device service, for example http://10.1.2.3/onvif/device_service', way: true });

const fingerprint = z
  .string()
  .regex(/^[0-9a-fA-F]{2}(?::?[0-9a-fA-F]{2}){31}$/, 'must be the SHA-256 of the certificate: 64 hex digits, with or without colons');

/** ONVIF tokens (tt:ReferenceToken) are texts of up to 64 letters; some makers write longer ones. */
const token = z.string().trim().min(1, 'must not be empty').max(128);

const input = z.strictObject({
  token: token.meta({ title: 'Token of the input, as the camera names it; often 0, 00000 or DigitalInput-1' }),
  normally: z.enum(['open', 'closed']).meta({ title: 'The contact at rest' }),
  grade: z
    .enum(['emergency', 'assist', 'duress'])
    .meta({ title: 'An alarm key is wired here, and what its press is; when not said, the input is a detector' })
    .exactOptional(),
});

export const onvifSettings = z.strictObject({
  address,
  username: z.string().min(1).max(128).meta({ title: 'User name' }).exactOptional(),
  password: z.string().max(256).meta({ title: 'Password', secret: true }).exactOptional(),
  fingerprint: fingerprint.meta({ title: 'SHA-256 of its certificate; only this one is then trusted (https)', way: true }).exactOptional(),
  allowBasic: z
    .boolean()
    .meta({ title: 'Send the password readable where the camera knows nothing better over http', way: true })
    .exactOptional(),
  profile: token.meta({ title: 'Token of the media profile; the first one when not said' }).exactOptional(),
  rtspPort: z
    .int()
    .min(1)
    .max(65_535)
    .meta({ title: 'Port of its RTSP server where the camera announces a wrong one', way: true })
    .exactOptional(),
  inputs: z
    .array(input)
    .max(64)
    .refine((inputs) => new Set(inputs.map((each) => each.token)).size === inputs.length, 'two inputs have the same token')
    .meta({ title: 'Digital inputs that are in use' })
    .exactOptional(),
  // Tapo C220 closes a line on which nothing moved for ten seconds.
  pullSeconds: z.int().min(1).max(60).meta({ title: 'How long one question for events stays open', unit: 's' }).exactOptional(),
  events: z
    .enum(['asked', 'published'])
    .meta({ title: 'Events are asked for by us (when not said), or published to our MQTT broker by the camera itself (Profile M)' })
    .exactOptional(),
  ...viewShape,
});

export type OnvifSettings = z.infer<typeof onvifSettings>;
export type InputSetting = z.infer<typeof input>;

const defaultPath = '/onvif/device_service';

/** The camera's door, and the path of its device service there. */
export function doorOf(settings: OnvifSettings): { readonly door: Door; readonly path: string } {
  const url = new URL(settings.address);
  const { username, password, fingerprint: pinned, allowBasic } = settings;
  const door: Door = {
    base: url.origin,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(pinned !== undefined && { fingerprint: pinned }),
    ...(allowBasic !== undefined && { allowBasic }),
  };
  return { door, path: url.pathname === '/' && url.search === '' ? defaultPath : url.pathname + url.search };
}
