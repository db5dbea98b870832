import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { addressRule } from './addresses.ts';
import { type Lookup, outwardRequest } from './outward.ts';

const publicOnly = outwardRequest({ allowNetworks: [], lookup: async () => [{ address: '93.184.215.14', family: 4 }] });

const refused = [
  'http://127.0.0.1/',
  'http://127.255.255.254/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://0.0.0.0/',
  'http://0/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://a.localhost/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://3232235777/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.100.100.200/',
  'http://168.63.129.16/',
  'http://192.0.0.192/',
  'http://198.18.0.1/',
  'http://203.0.113.9/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[0:0:0:0:0:ffff:c0a8:0101]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
  'http://[ff02::1]/',
  'http://[2001:db8::1]/',
  'http://１２７.０.０.１/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'http://user:pass@example.com/',
  'not a url',
  '//example.com/',
];
test.each(refused)('%s is refused before anything is sent', async (url) => {
  expect(publicOnly.examine(url)).toBeTypeOf('string');
  const examined = /localhost/i.test(url)
    ? outwardRequest({ allowNetworks: [], lookup: async () => [{ address: '127.0.0.1', family: 4 }] })
    : publicOnly;
  expect(await examined.post({ url, headers: {}, body: '', deadline: 1000 })).toMatchObject({ outcome: 'refused' });
});

test.each([
  '93.184.215.14',
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '223.255.255.255',
  '2606:2800:21f:cb07::1',
  '::ffff:8.8.8.8',
])('%s may be called', (address) => expect(addressRule([]).refuses(address)).toBeUndefined());

test('an allowed network opens itself and nothing else', () => {
  const rule = addressRule(['10.1.0.0/16', 'fd00:1::/32']);
  expect(rule.refuses('10.1.2.3')).toBeUndefined();
  expect(rule.refuses('::ffff:10.1.2.3')).toBeUndefined();
  expect(rule.refuses('fd00:1::5')).toBeUndefined();
  expect(rule.refuses('10.2.0.1')).toBeTypeOf('string');
  expect(rule.refuses('fd00:2::5')).toBeTypeOf('string');
});

test.each(['10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'example.com/8', '0.0.0.0/-1'])('%s is no network', (network) => {
  expect(() => addressRule([network])).toThrow('Networks are written as');
});

async function serve(handle: RequestListener): Promise<number> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

test('the checked address is the one connected to, with the name as host; a name that changes gains nothing', async () => {
  const asked: IncomingMessage[] = [];
  const port = await serve((request, response) => {
    asked.push(request);
    response.end('ok');
  });
  const answers = ['127.0.0.1', '10.66.66.66'];
  let lookups = 0;
  const lookup: Lookup = async () => [{ address: answers[lookups++] ?? '', family: 4 }];
  const outward = outwardRequest({ allowNetworks: ['127.0.0.1/32'], lookup });
  const answer = await outward.post({ url: `http://hook.example:${port}/a?b=1`, headers: { 'x-a': '1' }, body: 'body', deadline: 5000 });
  expect(answer).toEqual({ outcome: 'answered', status: 200, body: 'ok' });
  expect(lookups).toBe(1);
  expect(asked[0]?.headers).toMatchObject({ host: `hook.example:${port}`, 'x-a': '1', 'content-length': '4' });
  expect(asked[0]?.url).toBe('/a?b=1');
  expect(await outward.post({ url: `http://hook.example:${port}/`, headers: {}, body: '', deadline: 5000 })).toEqual({
    outcome: 'refused',
    reason: '10.66.66.66 is not a public address; webhooks.allowNetworks in the settings opens private networks',
  });
  expect(asked).toHaveLength(1);
});

test('a name with one allowed and one private address is called at the allowed one', async () => {
  const port = await serve((_request, response) => response.end());
  const lookup: Lookup = async () => [
    { address: '192.168.0.1', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ];
  const outward = outwardRequest({ allowNetworks: ['127.0.0.0/8'], lookup });
  expect(await outward.post({ url: `http://both.example:${port}/`, headers: {}, body: '', deadline: 5000 })).toMatchObject({
    outcome: 'answered',
    status: 200,
  });
});

const local = outwardRequest({ allowNetworks: ['127.0.0.0/8'] });

test('a redirect is an answer, not followed', async () => {
  let asked = 0;
  const port = await serve((_request, response) => {
    asked += 1;
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  });
  expect(await local.post({ url: `http://127.0.0.1:${port}/`, headers: {}, body: '', deadline: 5000 })).toMatchObject({
    outcome: 'answered',
    status: 302,
  });
  expect(asked).toBe(1);
});

test('an endless answer is read as far as the cap', async () => {
  const port = await serve((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384, 'a')));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  const answer = await local.post({ url: `http://127.0.0.1:${port}/`, headers: {}, body: '', deadline: 5000 });
  expect(answer).toMatchObject({ outcome: 'answered', status: 200 });
  expect('body' in answer && answer.body.length).toBe(65_536);
});

test('a server that says nothing, a lookup that never ends and a closed port all fail within the deadline', async () => {
  const port = await serve(() => undefined);
  const silent = await local.post({ url: `http://127.0.0.1:${port}/`, headers: {}, body: '', deadline: 50 });
  expect(silent).toEqual({ outcome: 'failed', reason: 'no answer within 50 ms' });
  const lost = outwardRequest({ allowNetworks: [], lookup: () => new Promise(() => undefined) });
  expect(await lost.post({ url: 'http://lost.example/', headers: {}, body: '', deadline: 50 })).toMatchObject({ outcome: 'failed' });
  expect(await local.post({ url: 'http://127.0.0.1:1/', headers: {}, body: '', deadline: 5000 })).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});
