import { z } from 'zod';
import type { Delivery, DriverType, HttpAnswer } from '../../driver.ts';
import { writeOrderCall } from './payload.ts';

const prefix = 'whsec_';
const fewestBytes = 24;
const mostBytes = 64;

/** Standard Webhooks asks for 24 to 64 random bytes. Round trip, since Buffer skips what is not base64. */
function isSecret(text: string): boolean {
  if (!text.startsWith(prefix)) return false;
  const key = Buffer.from(text.slice(prefix.length), 'base64');
  return key.length >= fewestBytes && key.length <= mostBytes && key.toString('base64') === text.slice(prefix.length);
}

const settings = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((text) => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', 'must not carry a user name or password')
    .meta({ title: 'Address that takes orders (POST)', way: true }),
  secret: z
    .string()
    .refine(isSecret, 'must be whsec_ and 24 to 64 bytes in base64')
    .meta({ title: 'Signing secret (Standard Webhooks)', secret: true }),
});

/** Statuses below 500 that ask for another try: timed out, too early, too many requests. */
const forNow: ReadonlySet<number> = new Set([408, 425, 429]);

/** A status says that the system beside the officer took the order or not; only a report says that the officer has it. */
export function deliveryOf(answer: HttpAnswer): Delivery {
  if ('error' in answer) return { outcome: 'unreachable', reason: answer.error };
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (status >= 500 || forNow.has(status)) return { outcome: 'unreachable', reason: `receiver answered ${status}` };
  if (status === 410) return { outcome: 'failed', reason: 'receiver answered 410: it wants no more orders' };
  if (status >= 300 && status < 400) return { outcome: 'failed', reason: `receiver answered ${status}: redirects are not followed` };
  return { outcome: 'failed', reason: `receiver answered ${status}` };
}

/** Orders for a dispatch system or a phone gateway, which answers for the officer through `POST /signals`. */
export const webhookRadio: DriverType<z.infer<typeof settings>> = {
  name: 'webhook',
  kind: 'radio',
  title: { zh: '外部调度系统（Webhook）', en: 'Dispatch system (webhook)' },
  settings,
  answersOverHttp: true,
  open: (give, device) => ({
    order: async (order) => {
      const receiver = { url: device.settings.url, secret: device.settings.secret, deviceId: device.id };
      return deliveryOf(await give.request(writeOrderCall(order, receiver, give.now())));
    },
  }),
};
