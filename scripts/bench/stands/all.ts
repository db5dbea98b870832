import { type Said, say } from '../outcome.ts';
import { onBaiying, onBaiyingWithRedis, redisServer } from './baiying.ts';
import { mosquitto, onAedes, onMosquitto } from './bare.ts';
import { installNodeRed, onNodeRed } from './node-red.ts';
import type { Needs, Stand } from './stand.ts';

export type StandName = 'mosquitto' | 'aedes' | 'node-red' | 'baiying' | 'baiying-redis';

const missing = {
  mosquitto: {
    zh: '本机没有 Mosquitto（Debian：apt-get install mosquitto），凡需要它的都未测。',
    en: 'Mosquitto is not installed (Debian: apt-get install mosquitto): what needs it was not measured.',
  },
  redis: {
    zh: '本机没有 Redis（Debian：apt-get install redis-server），只测 PostgreSQL。',
    en: 'Redis is not installed (Debian: apt-get install redis-server): PostgreSQL only.',
  },
  nodeRed: { zh: 'Node-RED 无法安装，未测。', en: 'Node-RED could not be installed and was not measured.' },
} satisfies Record<string, Said>;

/**
 * Starts each stand, hands it over and stops it again, one after the other.
 * @returns what is not on this machine and was left out
 */
export async function withStands(
  names: readonly StandName[],
  needs: Needs,
  use: (stand: Stand) => Promise<void>,
): Promise<readonly Said[]> {
  const absent = new Set<Said>();
  for (const name of names) {
    const opened = await open(name, needs);
    if ('missing' in opened) {
      absent.add(opened.missing);
      say(opened.missing.en);
      continue;
    }
    try {
      await use(opened);
    } finally {
      await opened.stop();
    }
  }
  return [...absent];
}

async function open(name: StandName, needs: Needs): Promise<Stand | { readonly missing: Said }> {
  const [broker, redis] = [mosquitto(), redisServer()];
  switch (name) {
    case 'mosquitto':
      return broker === undefined ? { missing: missing.mosquitto } : onMosquitto(broker, needs);
    case 'aedes':
      return onAedes(needs);
    case 'node-red':
      return broker === undefined ? { missing: missing.mosquitto } : withNodeRed(broker, needs);
    case 'baiying':
      return onBaiying(needs);
    case 'baiying-redis':
      return redis === undefined ? { missing: missing.redis } : onBaiyingWithRedis(redis, needs);
    default:
      throw new Error(`no stand ${String(name satisfies never)}`);
  }
}

async function withNodeRed(broker: string, needs: Needs): Promise<Stand | { readonly missing: Said }> {
  const installed = await installNodeRed();
  if (!installed) return { missing: missing.nodeRed };
  const stand = await onNodeRed(installed, broker, needs);
  return { ...stand, stop: () => stand.stop().then(installed.remove) };
}
