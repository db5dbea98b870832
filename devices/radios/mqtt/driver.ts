import { z } from 'zod';
import { topicOf } from '../../branch.ts';
import type { DriverType } from '../../driver.ts';
import { decodeRadio, encodeOrder } from './payload.ts';

const settings = z.strictObject({});

/** An officer's radio or phone that speaks the native dialect. It may not publish orders, not even to itself. */
export const mqttRadio: DriverType<z.infer<typeof settings>> = {
  name: 'mqtt',
  kind: 'radio',
  title: { zh: '警务终端（MQTT）', en: 'Radio (MQTT)' },
  settings,
  dialect: {
    publishes: (device) => ['report', 'position', 'emergency', 'status'].map((channel) => topicOf(device, channel)),
    subscribes: (device) => [topicOf(device, '#')],
    decode: decodeRadio,
  },
  open: (give, device) => ({
    order: (order) =>
      give.post(device.id, {
        topic: topicOf(device, 'order'),
        payload: encodeOrder(order),
        qos: 1,
        retain: false,
        expiresAt: order.expiresAt,
        signed: true,
      }),
  }),
};
