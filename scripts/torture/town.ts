import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startEmbedded } from '../../services/store/embedded.ts';
import type { StartedRedis } from '../bench/redis.ts';
import type { Bench } from './bench.ts';
import type { Product, ProductRole } from './product.ts';
import type { Place } from './siege.ts';

/** The services of a city, each a supervised process of its own, on one PostgreSQL beside them. */
export interface Town {
  /** As the operators and the devices see it: the first dispatch and the first broker. */
  readonly place: Place;
  /** MQTT of each broker. */
  readonly doors: readonly string[];
  readonly processes: readonly TownProcess[];
  /** Of the PostgreSQL that runs now. */
  postmaster(): number;
}

export interface TownProcess {
  readonly name: string;
  readonly role: TownRole;
  readonly product: Product;
}

export type TownRole = Exclude<ProductRole, 'all'>;

export interface TownPlan {
  /** How many processes of each role. */
  readonly counts: Readonly<Record<TownRole, number>>;
  /** For the queue; it is on PostgreSQL where there is none. */
  readonly redis?: StartedRedis;
  /** What this one process is told besides. */
  readonly env?: (role: TownRole, index: number) => Readonly<Record<string, string>>;
}

/** As docs/city.md reckons it: 55 for each of eight processes, and some for those who look. */
const connections = 480;

export async function openTown(bench: Bench, { counts, redis, env = () => ({}) }: TownPlan): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-torture-town-'));
  bench.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startEmbedded({ dataDir: join(folder, 'server'), log: pino({ level: 'silent' }), connections });
  bench.defer(postgres.stop);
  const { host, user, database } = postgres.connection;
  const shared = {
    DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
    BAIYING_DATA: join(folder, 'shared'),
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
  const start = async (role: TownRole, index: number): Promise<TownProcess> => {
    const name = `${role} ${index + 1}`;
    const own = { ...shared, BAIYING_BROKER_ID: `broker-${index + 1}`, ...env(role, index) };
    return { name, role, product: await bench.product(own, role) };
  };
  const wanted = (['broker', 'pipeline', 'dispatch'] as const).flatMap((role) =>
    Array.from({ length: counts[role] }, (_unused, index) => [role, index] as const),
  );
  const processes = await Promise.all(wanted.map(([role, index]) => start(role, index)));
  const of = (role: TownRole) => processes.filter((one) => one.role === role).map(({ product }) => product);
  const doors = of('broker').map(({ mqtt }) => mqtt);
  return {
    place: {
      http: of('dispatch')[0]?.http ?? '',
      mqtt: doors[0] ?? '',
      get ownEnds() {
        return processes.flatMap(({ product }) => product.ownEnds);
      },
    },
    doors,
    processes,
    postmaster: () => postgres.pid,
  };
}
