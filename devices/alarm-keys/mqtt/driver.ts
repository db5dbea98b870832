import { z } from 'zod';
import { topicOf } from '../../branch.ts';
import type { DriverType } from '../../driver.ts';
import { decodeKey, encodeReceipt } from './payload.ts';

const settings = z.strictObject({});

/** A lamp that was unpowered for a day shows its next incident, not its last one. */
const receiptKept = 24 * 60 * 60 * 1000;

/** An alarm key that speaks the native dialect. Its whole branch is open to it, so that a key set up wrongly is still heard. */
export const mqttKey: DriverType<z.infer<typeof settings>> = {
  name: 'mqtt',
  kind: 'key',
  title: { zh: '一键报警按钮（MQTT）', en: 'Alarm key (MQTT)' },
  settings,
  dialect: {
    publishes: (device) => [topicOf(device, '#')],
    subscribes: (device) => [topicOf(device, '#')],
    decode: decodeKey,
  },
  open: (give, device) => ({
    receipt: (receipt) =>
      give.post(device.id, {
        topic: topicOf(device, 'receipt'),
        payload: encodeReceipt(receipt),
        qos: 1,
        retain: true,
        expiresAt: receipt.at + receiptKept,
      }),
  }),
};
