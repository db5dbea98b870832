import { type Api, signIn } from '../api.ts';
import { find, startBaiying } from '../processes.ts';
import { startRedis } from '../redis.ts';
import { type Needs, numbered, type Stand } from './stand.ts';

/** The product as a user starts it, furnished over its API. */
export async function onBaiying(needs: Needs, name = 'Baiying'): Promise<Stand & { readonly api: Api; readonly data: string }> {
  const server = await startBaiying(needs.env);
  try {
    const api = await signIn(server.http);
    const secrets = await register(api, needs);
    const voice = (kind: string, index: number, channel: string) => {
      const id = `${kind}-${index}`;
      return { id, username: id, password: secrets.get(id) as string, topic: `${kind}s/${id}/${channel}` };
    };
    return {
      name,
      api,
      data: server.data,
      mqtt: server.mqtt,
      keys: numbered(needs.keys, (index) => voice('key', index, 'event')),
      cameras: numbered(needs.cameras, (index) => voice('camera', index, 'event')),
      radios: numbered(radios, (index) => voice('radio', index, 'order')),
      keyOf: (order) => read(order).site.id.replace('site', 'key'),
      answerTo: (order) => JSON.stringify({ orderId: read(order).orderId, state: 'accepted' }),
      pids: () => [server.pid()],
      kill: server.kill,
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The same with its queue on a Redis that flushes each write, as a city that minds its queue would run it. */
export async function onBaiyingWithRedis(program: string, needs: Needs): Promise<Stand> {
  const redis = await startRedis(program, 'always');
  const stand = await onBaiying({ ...needs, env: { ...needs.env, REDIS_URL: redis.url } }, 'Baiying, queue on Redis');
  return { ...stand, pids: () => [...stand.pids(), redis.pid()], stop: () => stand.stop().then(() => redis.stop()) };
}

export const redisServer = (): string | undefined => find('redis-server');

const radios = 2;

interface Order {
  readonly orderId: string;
  readonly site: { readonly id: string };
}
const read = (order: Buffer): Order => JSON.parse(order.toString()) as Order;

async function register(api: Api, { keys, cameras, sites }: Needs): Promise<ReadonlyMap<string, string>> {
  const location = { lat: 30.1, lon: 120.1 };
  await api('POST', '/stations', { id: 'station', name: 'Station', location });
  for (const index of numbered(radios, (each) => each))
    await api('POST', '/units', {
      ...{ id: `unit-${index}`, name: `Unit ${index}`, tier: 'city', stationId: 'station' },
      ...{ gridIds: [], deviceIds: [], status: 'available' },
    });
  for (const index of numbered(sites ? keys : 0, (each) => each))
    await api('POST', '/sites', {
      ...{ id: `site-${index}`, name: `Site ${index}`, kind: 'bank', stationId: 'station', address: '', location, contacts: [] },
    });
  const lines = [
    ...numbered(radios, (index) => `radio-${index},radio,mqtt,Radio ${index},,unit-${index}`),
    ...numbered(keys, (index) => `key-${index},key,mqtt,Key ${index},${sites ? `site-${index}` : ''},`),
    ...numbered(cameras, (index) => `camera-${index},camera,mqtt,Camera ${index},,`),
  ];
  const secrets = new Map<string, string>();
  for (let done = 0; done < lines.length; done += atOnce)
    for (const [id, secret] of await sheet(api, lines.slice(done, done + atOnce))) secrets.set(id, secret);
  return secrets;
}

/** Rows of one sheet. */
const atOnce = 4000;

async function sheet(api: Api, lines: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const text = ['id,kind,driver,name,siteId,unitId', ...lines].join('\n');
  const { items } = await api<{ items: readonly { device: { id: string }; secret: string }[] }>(
    'POST',
    '/devices/import',
    text,
    'text/csv',
  );
  return items.map(({ device, secret }) => [device.id, secret] as const);
}
