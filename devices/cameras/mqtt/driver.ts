import { z } from 'zod';
import { topicOf } from '../../branch.ts';
import type { DriverType } from '../../driver.ts';
import { viewShape } from '../view.ts';
import { decodeCamera } from './payload.ts';

const stream = z
  .url({ protocol: /^rtsps?$/, message: 'must begin with rtsp:// or rtsps://' })
  .max(500)
  .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', 'must not carry a user name or password');

const settings = z.strictObject({
  stream: stream.meta({ title: 'Its picture, where it has one: for example rtsp://10.1.2.3/stream1', way: true }).exactOptional(),
  username: z.string().min(1).max(128).meta({ title: 'User name' }).exactOptional(),
  password: z.string().max(256).meta({ title: 'Password', secret: true }).exactOptional(),
  ...viewShape,
});

/**
 * A camera heard through the broker: by ONVIF's own event broker (its TopicPrefix is `cameras/<id>`) or by a bridge. Its picture
 * is had where the installer says: a bridge has an RTSP server of its own, and a camera without ONVIF has one, too.
 */
export const mqttCamera: DriverType<z.infer<typeof settings>> = {
  name: 'mqtt',
  kind: 'camera',
  title: { zh: '摄像机（MQTT 事件）', en: 'Camera (MQTT events)' },
  settings,
  dialect: {
    publishes: (device) => ['event', 'status', 'onvif-ej/#'].map((channel) => topicOf(device, channel)),
    subscribes: (device) => [topicOf(device, '#')],
    decode: decodeCamera,
  },
  open: (_give, { settings: { stream: url, username, password } }) =>
    url === undefined
      ? {}
      : { stream: async () => ({ url, ...(username !== undefined && { username }), ...(password !== undefined && { password }) }) },
};
