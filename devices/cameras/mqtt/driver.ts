import { z } from 'zod';
import { topicOf } from '../../branch.ts';
import type { DriverType } from '../../driver.ts';
import { viewShape } from '../view.ts';
import { decodeCamera } from './payload.ts';

const settings = z.strictObject(viewShape);

/** A camera heard through the broker: by ONVIF's own event broker (its TopicPrefix is `cameras/<id>`) or by a bridge. */
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
  open: () => ({}),
};
