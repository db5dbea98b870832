import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { digestGuard, type GuardOptions } from './digest-guard.ts';
import { type Door, webRequest } from './web.ts';

async function device(options: Partial<GuardOptions> = {}, refuseAgain = false) {
  const guard = digestGuard({ username: 'u', password: 'p', ...options });
  const statuses: number[] = [];
  let last = '';
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers;
    const nonce = authorization.split('nonce="')[1]?.split('"')[0] ?? '';
    const used = refuseAgain && nonce !== '' && nonce === last;
    last = nonce || last;
    const { method, url } = request;
    const ask = guard({ method, url, authorization: used ? undefined : authorization || undefined });
    statuses.push(ask ? 401 : 200);
    if (ask) response.writeHead(401, { 'www-authenticate': [...ask] }).end();
    else response.end('in');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const door: Door = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    username: 'u',
    password: 'p',
    nonce: { count: 0, useless: false },
  };
  const ask = () => webRequest(door, { method: 'POST', path: '/x', body: 'y', milliseconds: 5000 });
  return { statuses, door, ask };
}

test('the question is asked once, the nonce counted on', async () => {
  const { statuses, ask } = await device();
  for (let turn = 0; turn < 4; turn += 1) expect((await ask()).status).toBe(200);
  expect(statuses).toEqual([401, 200, 200, 200, 200]);
});

test('many at once each count on their own', async () => {
  const { ask, statuses } = await device();
  await ask();
  const answers = await Promise.all(Array.from({ length: 10 }, ask));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(statuses.filter((status) => status === 401)).toHaveLength(1);
});

test('a nonce that grew stale is replaced', async () => {
  const { ask, statuses } = await device({ uses: 2 });
  for (let turn = 0; turn < 4; turn += 1) expect((await ask()).status).toBe(200);
  expect(statuses).toEqual([401, 200, 200, 401, 200, 200]);
});

test('a device that takes each nonce once is asked first ever after', async () => {
  const { ask, statuses, door } = await device({}, true);
  for (let turn = 0; turn < 3; turn += 1) expect((await ask()).status).toBe(200);
  expect([statuses, door.nonce?.useless]).toEqual([[401, 200, 401, 200, 401, 200], true]);
});

test('a wrong password is sent twice at most', async () => {
  const { ask, statuses } = await device({ password: 'other' });
  await expect(ask()).rejects.toMatchObject({ code: 'refused' });
  await expect(ask()).rejects.toMatchObject({ code: 'refused' });
  expect(statuses.length).toBeLessThanOrEqual(5);
});
