import { readFileSync } from 'node:fs';
import { pause } from './callers.ts';
import { openCrowd } from './crowd.ts';
import { round } from './figures.ts';
import type { BenchOptions } from './main.ts';
import { type Outcome, type Said, say } from './outcome.ts';
import { cpuOf, memoryOf } from './proc.ts';
import { withStands } from './stands/all.ts';
import type { Stand } from './stands/stand.ts';

/**
 * What a device costs that is connected and quiet: memory of the product with its PostgreSQL, beside bare brokers. All
 * devices keep alive; memory is read after everybody has pinged once.
 */
interface Row {
  readonly stand: string;
  readonly devices: number;
  readonly connectedAfter: number;
  /** MB before anybody came. */
  readonly empty: number;
  readonly memory: number;
  readonly kilobytesEach: number;
  /** Percent of a core while nobody says anything. */
  readonly cpu: number;
  /** Devices that had lost their connection by the end. */
  readonly lost: number;
}

const settle = 3000;
const watched = 15_000;
const patience = 60_000;
/** Files that a server has open besides its devices. */
const others = 300;

export async function benchIdle({ devices }: BenchOptions): Promise<Outcome> {
  const most = Math.min(devices, openFiles() - others);
  const steps = [Math.round(devices / 2), most].filter((count, place, all) => count <= most && all.indexOf(count) === place);
  const rows: Row[] = [];
  const absent = await withStands(['mosquitto', 'aedes', 'baiying'], { keys: most, cameras: 0, sites: false }, async (stand) => {
    rows.push(...(await measure(stand, steps)));
  });
  const short: Said = {
    zh: `本机一个进程最多打开 ${openFiles()} 个文件，因此只测到 ${most} 台设备，未测 ${devices} 台。`,
    en: `A process may open ${openFiles()} files on this machine, so that ${most} devices were connected and not ${devices}.`,
  };
  return {
    tables: [
      {
        title: { zh: '已连接、无事的设备所占内存', en: 'memory of devices that are connected and quiet' },
        head: ['', 'devices', 'all in after s', 'empty MB', 'MB', 'kB each', 'CPU % of a core', 'lost'],
        rows: rows.map((row) => [
          ...[row.stand, row.devices, row.connectedAfter, row.empty, row.memory, row.kilobytesEach, row.cpu, row.lost],
        ]),
      },
    ],
    notes: [
      {
        zh: '内存为进程及其子进程（百应包括 PostgreSQL）的 Pss，减去无人连接时的值，除以设备数。',
        en: 'Memory is Pss of the process and all below it, for Baiying with its PostgreSQL; each is the difference to nobody connected, by device.',
      },
      ...(most < devices ? [short] : []),
      ...absent,
    ],
    found: { rows },
  };
}

async function measure(stand: Stand, steps: readonly number[]): Promise<readonly Row[]> {
  await pause(settle);
  const empty = memoryOf(stand.pids());
  const crowds: Awaited<ReturnType<typeof openCrowd>>[] = [];
  const rows: Row[] = [];
  try {
    for (const count of steps) {
      const here = await all(crowds);
      crowds.push(await openCrowd(stand.mqtt, stand.keys.slice(here, count), patience, crowds.length));
      await pause(settle);
      const cpu = cpuOf(stand.pids());
      await pause(watched);
      const [memory, used, devices] = [memoryOf(stand.pids()), cpuOf(stand.pids()) - cpu, await all(crowds)];
      rows.push({
        stand: stand.name,
        devices,
        connectedAfter: round((crowds.at(-1)?.took ?? 0) / 1000),
        empty: round(empty / 1e6),
        memory: round(memory / 1e6),
        kilobytesEach: round((memory - empty) / 1000 / devices),
        cpu: round((used / watched) * 100_000),
        lost: crowds.reduce((sum, crowd) => sum + crowd.connected, 0) - devices,
      });
      say(`${stand.name}: ${devices} devices, ${rows.at(-1)?.kilobytesEach} kB each`);
    }
  } finally {
    await Promise.all(crowds.map((crowd) => crowd.leave()));
  }
  return rows;
}

const all = async (crowds: readonly Awaited<ReturnType<typeof openCrowd>>[]): Promise<number> =>
  (await Promise.all(crowds.map((crowd) => crowd.ask()))).reduce((sum, count) => sum + count, 0);

/** How many files any process of ours may open. */
const openFiles = (): number => Number(/^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1024);
