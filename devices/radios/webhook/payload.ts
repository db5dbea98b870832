import { Webhook } from 'standardwebhooks';
import type { HttpCall, OrderToSend } from '../../driver.ts';
import { writeInstant } from '../../payload.ts';

/** Where a dispatch system or phone gateway takes orders, and the secret that it checks them with. */
export interface Receiver {
  readonly url: string;
  /** `whsec_` and base64, as in Standard Webhooks. */
  readonly secret: string;
  /** The device that the receiver stands for; it answers through `POST /signals` under this id. */
  readonly deviceId: string;
}

/**
 * An order as a signed request: CloudEvents 1.0, JSON format, structured mode; Standard Webhooks headers. The message id
 * stays the same when the order is sent again, so that the receiver can drop the repeat. `now` is milliseconds UTC:
 * receivers refuse a signature five minutes old.
 */
export function writeOrderCall(order: OrderToSend, receiver: Receiver, now: number): HttpCall {
  const id = `${order.orderId}-${receiver.deviceId}`;
  const { orderId, incidentId, priority, kind, text, site, location } = order;
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: '/orders',
    type: 'baiying.order.issued.v1',
    subject: orderId,
    time: writeInstant(order.issuedAt),
    datacontenttype: 'application/json',
    data: {
      deviceId: receiver.deviceId,
      orderId,
      incidentId,
      priority,
      kind,
      text,
      ...(order.exercise ? { exercise: true } : {}),
      ...(site ? { site } : {}),
      ...(location ? { location } : {}),
      issuedAt: writeInstant(order.issuedAt),
      expiresAt: writeInstant(order.expiresAt),
    },
  });
  const at = new Date(now);
  return {
    url: receiver.url,
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': new Webhook(receiver.secret).sign(id, at, body),
    },
    body,
  };
}
