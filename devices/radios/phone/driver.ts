import { z } from 'zod';
import { type DriverType, pagesTopic } from '../../driver.ts';

const settings = z.strictObject({});

/** A phone in a pocket with its screen locked tells nothing, and its officer is well. */
const quietSeconds = 1800;

/**
 * The officer's page on the phones of one unit. There is no line to a phone but the one that an open page holds, so an
 * order only wakes the pages: each reads the unit's orders from the record, and says itself that it has stored and shown them.
 */
export const phoneRadio: DriverType<z.infer<typeof settings>> = {
  name: 'phone',
  kind: 'radio',
  title: { zh: '警员手机页面', en: "Officer's phone page" },
  settings,
  quiet: () => quietSeconds,
  open: (give, device) => ({
    order: ({ orderId, expiresAt }) =>
      give.post(device.id, {
        topic: `${pagesTopic}${device.id}/order`,
        payload: JSON.stringify({ orderId }),
        qos: 1,
        retain: false,
        expiresAt,
      }),
  }),
};
