import { median, round } from './figures.ts';
import type { BenchOptions } from './main.ts';
import { type Outcome, type Said, type Sheet, say } from './outcome.ts';
import { type Poured, pour, type Task } from './pour.ts';
import { cpuOf } from './proc.ts';
import { onBaiying } from './stands/baiying.ts';
import { mosquitto, onAedes, onMosquitto, onNobody } from './stands/bare.ts';
import type { Needs, Stand } from './stands/stand.ts';

/**
 * How many signals a second are acknowledged: each sender has so many under way and sends the next when one is
 * acknowledged. The product has each in PostgreSQL by then; the floors have forgotten it.
 */
interface Row extends Poured {
  readonly stand: string;
  readonly message: Task['message'];
  readonly round: number;
  /** Processor seconds of the stand for each thousand that it acknowledged. */
  readonly cpu: number;
}

const messages: readonly Task['message'][] = ['press', 'motion'];
const warm = 2;

export async function benchIngest(options: BenchOptions): Promise<Outcome> {
  const needs: Needs = { keys: options.connections, cameras: options.connections, sites: true };
  const program = mosquitto();
  const makers = [
    () => onNobody(needs),
    ...(program === undefined ? [] : [() => onMosquitto(program, needs)]),
    () => onAedes(needs),
    () => onBaiying(needs),
  ];
  const rows: Row[] = [];
  for (const make of makers) {
    for (const message of messages) rows.push(...(await measure(await make(), message, options)));
  }
  return outcome(rows, options, program === undefined);
}

async function measure(
  stand: Stand,
  message: Task['message'],
  { rounds, connections, window, seconds, pourers }: BenchOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  try {
    const voices = message === 'press' ? stand.keys : stand.cameras;
    for (let turn = 1; turn <= rounds; turn += 1) {
      const before = cpuOf(stand.pids());
      const poured = await pour({ url: stand.mqtt, voices, window, message, warm, seconds }, pourers);
      const used = cpuOf(stand.pids()) - before;
      const cpu = round((used * 1000 * seconds) / ((seconds + warm) * poured.acknowledged));
      rows.push({ stand: stand.name, message, round: turn, ...poured, cpu });
      say(`${stand.name}, ${message}, round ${turn}: ${poured.perSecond} a second, p99 ${poured.p99} ms (${connections} senders)`);
    }
  } finally {
    await stand.stop();
  }
  return rows;
}

const titles: Record<Task['message'], Said> = {
  press: { zh: '每秒确认的按键信号', en: 'presses of alarm keys acknowledged a second, each another' },
  motion: { zh: '每秒确认的摄像机信号', en: 'signals of cameras acknowledged a second, each camera repeating itself' },
};

function outcome(rows: readonly Row[], options: BenchOptions, noFloor: boolean): Outcome {
  const tables = messages.map((message): Sheet => {
    const of = (stand: string) => rows.filter((row) => row.message === message && row.stand === stand);
    const middle = (stand: string, pick: (row: Row) => number) => round(median(of(stand).map(pick)));
    const stands = [...new Set(rows.map((row) => row.stand))];
    const floor = middle('Mosquitto', (row) => row.perSecond);
    return {
      title: titles[message],
      head: ['', 'a second', ': Mosquitto', 'PUBACK p50 ms', 'p99 ms', 'max ms', 'CPU s per 1000', 'missing'],
      rows: stands.map((stand) => [
        stand,
        middle(stand, (row) => row.perSecond),
        noFloor ? '-' : round(middle(stand, (row) => row.perSecond) / floor),
        middle(stand, (row) => row.p50),
        middle(stand, (row) => row.p99),
        Math.max(...of(stand).map((row) => row.max)),
        middle(stand, (row) => row.cpu),
        of(stand).reduce((sum, row) => sum + row.missing, 0),
      ]),
    };
  });
  return { tables, notes: notes(options, noFloor), found: { connections: options.connections, window: options.window, rows } };
}

const notes = ({ connections, window, seconds, rounds }: BenchOptions, noFloor: boolean): readonly Said[] => [
  {
    zh: `${connections} 个连接，各有 ${window} 条未确认；${rounds} 轮各 ${seconds} 秒，取中位数。负载在另一进程，与被测者共用处理器；“the load alone”是无人拖慢时负载自身的上限。`,
    en: `${connections} connections with ${window} unacknowledged each; medians of ${rounds} rounds of ${seconds} s. The load runs in a process of its own on the same processor; "the load alone" is what it reaches when nobody holds it up.`,
  },
  {
    zh: 'Mosquitto 与 Aedes 不存储、不判断；百应在确认之前已提交到 PostgreSQL，判断随后进行，在如此密集的按键下会落后。',
    en: 'Mosquitto and Aedes store nothing and decide nothing; Baiying has committed each to PostgreSQL before it acknowledges. The rules decide behind that, and lag in such a flood of presses.',
  },
  ...(noFloor ? [{ zh: '本机没有 Mosquitto，未测。', en: 'Mosquitto is not installed here and was not measured.' }] : []),
];
