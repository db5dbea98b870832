import { once } from 'node:events';
import { get } from 'node:http';
import { type AddressInfo, createServer, connect as plug, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { quiet } from '../store/testing.ts';
import { boundSockets, clientOf, mostSocketsOfOne, trustedProxies } from './clients.ts';
import { bareApp } from './server.ts';

const patience = { timeout: 20_000, interval: 20 };

test.each([
  ['10.0.0.7', '10.0.0.7'],
  ['::ffff:10.0.0.7', '10.0.0.7'],
  ['2001:db8:0:1::7', '2001:db8:0:1::'],
  ['2001:db8:0:1:ffff:ffff:ffff:ffff', '2001:db8:0:1::'],
])('%s counts as %s', (ip, client) => {
  expect(clientOf({ ip })).toBe(client);
});

test.each([
  [undefined, '127.0.0.1', false],
  ['10.0.0.7, 10.0.1.0/24', '10.0.0.7', true],
  ['10.0.0.7, 10.0.1.0/24', '10.0.0.8', false],
  ['10.0.0.7, 10.0.1.0/24', '::ffff:10.0.1.9', true],
  ['fd00::/8', 'fd00::7', true],
  ['fd00::7', 'fd00::8', false],
  ['0.0.0.0/0', 'unknown', false],
])('with the proxies %s, is %s one: %s', (list, address, trusted) => {
  expect(trustedProxies(list)(address)).toBe(trusted);
});

/** A door that greets whom it lets in. */
async function door(proxies?: string): Promise<Server> {
  const server = createServer();
  boundSockets(server, trustedProxies(proxies), quiet);
  server.on('connection', (socket: Socket) => !socket.destroyed && socket.on('error', () => undefined).write('in'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
}

const call = (server: Server, localAddress: string): Socket => {
  const { port } = server.address() as AddressInfo;
  const socket = plug({ host: '127.0.0.1', port, localAddress }).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
};

/** Those of `count` new connections from there that were let in. */
async function knock(server: Server, localAddress: string, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => call(server, localAddress));
  const greeted = (socket: Socket) =>
    new Promise<Socket[]>((resolve) => socket.once('data', () => resolve([socket])).once('close', () => resolve([])));
  return (await Promise.all(sockets.map(greeted))).flat();
}

test('a client has so many connections and no more; when one ends there is place for another, and others come in all the while', async () => {
  const server = await door();
  const held = await knock(server, '127.0.0.1', mostSocketsOfOne + 3);
  expect([held.length, await knock(server, '127.0.0.2', 1)]).toEqual([mostSocketsOfOne, [expect.anything()]]);
  held[0]?.destroy();
  await vi.waitFor(async () => expect(await knock(server, '127.0.0.1', 1)).toHaveLength(1), patience);
  expect(await knock(server, '127.0.0.1', 1)).toEqual([]);
});

test('a proxy that we trust speaks for many', async () => {
  const server = await door('127.0.0.1');
  expect(await knock(server, '127.0.0.1', mostSocketsOfOne + 3)).toHaveLength(mostSocketsOfOne + 3);
});

test('whoever fills the HTTP door does not shut out the others', async () => {
  const app = bareApp(quiet);
  app.get('/livez', async () => ({ status: 'ok' }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  let seen = 0;
  app.server.on('connection', () => (seen += 1));
  for (let count = 0; count < mostSocketsOfOne; count += 1) call(app.server, '127.0.0.1').resume();
  await vi.waitFor(() => expect(seen).toBe(mostSocketsOfOne), patience);
  const { port } = app.server.address() as AddressInfo;
  const ask = (localAddress: string) =>
    new Promise<number | string | undefined>((resolve) => {
      const asked = get({ host: '127.0.0.1', port, path: '/livez', localAddress, agent: false }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      asked.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
  expect([await ask('127.0.0.1'), await ask('127.0.0.2')]).toEqual(['ECONNRESET', 200]);
});
