import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Give, HttpAnswer, OrderToSend } from '../../driver.ts';
import { deliveryOf, webhookRadio } from './driver.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const order: OrderToSend = {
  orderId: 'o1',
  incidentId: 'i1',
  priority: 1,
  kind: 'emergency',
  text: '速去第一医院',
  exercise: false,
  site: { id: 's1', name: '第一医院', address: '人民路1号' },
  issuedAt: Date.UTC(2026, 10, 21, 10),
  expiresAt: Date.UTC(2026, 10, 21, 10, 30),
};

const got: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 202;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    response.writeHead(status, { location: '/elsewhere' }).end();
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
});
afterAll(async () => {
  await new Promise((resolve) => void server.close(resolve));
});

const give: Give = {
  now: Date.now,
  post: async () => ({ outcome: 'failed', reason: 'not used' }),
  request: async (call): Promise<HttpAnswer> => {
    try {
      const answer = await fetch(call.url, { method: 'POST', headers: call.headers, body: call.body, redirect: 'manual' });
      return { status: answer.status };
    } catch (error) {
      return { error: String(error) };
    }
  },
};
const send = (to: string, what: OrderToSend = order) =>
  webhookRadio.open(give, { id: 'gateway-1', kind: 'radio', settings: { url: to, secret } }).order?.(what);

describe('an order by webhook', () => {
  test('is a signed CloudEvent, and taking it is not delivery', async () => {
    expect(await send(url)).toEqual({ outcome: 'sent' });
    const { headers, body } = got.at(-1) ?? { headers: {}, body: '' };
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
      specversion: '1.0',
      id: 'o1-gateway-1',
      source: '/orders',
      type: 'baiying.order.issued.v1',
      subject: 'o1',
      time: '2026-11-21T10:00:00.000Z',
      datacontenttype: 'application/json',
      data: {
        deviceId: 'gateway-1',
        orderId: 'o1',
        incidentId: 'i1',
        priority: 1,
        kind: 'emergency',
        text: '速去第一医院',
        site: { id: 's1', name: '第一医院', address: '人民路1号' },
        issuedAt: '2026-11-21T10:00:00.000Z',
        expiresAt: '2026-11-21T10:30:00.000Z',
      },
    });
  });

  test('cannot be changed on its way or forged with another secret', async () => {
    await send(url, { ...order, exercise: true });
    const { headers, body } = got.at(-1) ?? { headers: {}, body: '' };
    expect(body).toContain('"exercise":true');
    const checked = headers as Record<string, string>;
    expect(() => new Webhook(secret).verify(body.replace('o1', 'o2'), checked)).toThrow();
    expect(() => new Webhook(`whsec_${Buffer.alloc(24, 8).toString('base64')}`).verify(body, checked)).toThrow();
  });

  test('sent again has the same message id', async () => {
    await send(url);
    await send(url);
    expect(got.at(-1)?.headers['webhook-id']).toBe(got.at(-2)?.headers['webhook-id']);
  });

  test('does not follow a redirect', async () => {
    status = 307;
    const before = got.length;
    expect(await send(url)).toEqual({ outcome: 'failed', reason: 'receiver answered 307: redirects are not followed' });
    expect(got.length).toBe(before + 1);
  });

  test('to nobody is unreachable', async () => {
    expect(await send('http://127.0.0.1:1/orders')).toMatchObject({ outcome: 'unreachable', reason: expect.any(String) });
  });
});

test.each([
  [200, 'sent'],
  [202, 'sent'],
  [204, 'sent'],
  [301, 'failed'],
  [400, 'failed'],
  [401, 'failed'],
  [404, 'failed'],
  [410, 'failed'],
  [422, 'failed'],
  [408, 'unreachable'],
  [425, 'unreachable'],
  [429, 'unreachable'],
  [500, 'unreachable'],
  [503, 'unreachable'],
] as const)('status %i means %s', (answered, outcome) => {
  expect(deliveryOf({ status: answered }).outcome).toBe(outcome);
});

test.each([
  [{ url: 'https://dispatch.example/orders', secret }, true],
  [{ url: 'http://10.0.0.5:8080/orders', secret }, true],
  [{ url: 'ftp://dispatch.example/orders', secret }, false],
  [{ url: 'https://user:pw@dispatch.example/orders', secret }, false],
  [{ url: 'orders', secret }, false],
  [{ url: 'https://dispatch.example/orders', secret: 'whsec_c2hvcnQ=' }, false],
  [{ url: 'https://dispatch.example/orders', secret: secret.slice(6) }, false],
  [{ url: 'https://dispatch.example/orders', secret: `${secret}!` }, false],
  [{ url: 'https://dispatch.example/orders', secret, retries: 3 }, false],
  [{}, false],
])('settings %j: %s', (settings, fits) => {
  expect(webhookRadio.settings.safeParse(settings).success).toBe(fits);
});
