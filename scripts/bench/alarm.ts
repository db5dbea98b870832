import type { MqttClient } from 'mqtt';
import { hangUp, openRadios, pause, press, signIn } from './callers.ts';
import { startChatter } from './chatter.ts';
import { flushOfDisk } from './disk.ts';
import { type Figures, figuresOf, median, round } from './figures.ts';
import type { BenchOptions } from './main.ts';
import { type Outcome, type Said, type Sheet, say } from './outcome.ts';
import { withStands } from './stands/all.ts';
import type { Stand } from './stands/stand.ts';

/**
 * From press to order: a key publishes, an officer's radio receives. The floors are the same clients on a bare Mosquitto and
 * a bare Aedes, which store nothing and decide nothing; all are measured in turn, round by round, in one run.
 */
interface Row extends Figures {
  readonly stand: string;
  readonly load: number;
  readonly round: number;
  readonly chatterPerSecond: number;
  readonly chatterAcknowledged: number;
}

const gap = 40;
const cameras = 50;
const lateAfter = 15_000;
/**
 * Presses before those that count: a station runs for weeks, and what the first ones after a start take, while their code is
 * compiled and their statements are planned, is told by itself.
 */
const first = 200;

export async function benchAlarm(options: BenchOptions): Promise<Outcome> {
  const rows: Row[] = [];
  const begun: Said[] = [];
  const disk = await flushOfDisk();
  // Each key is pressed once, so that each press opens an incident of its own.
  const needs = { keys: first + options.loads.length * options.rounds * options.presses, cameras, sites: true };
  const absent = await withStands(['mosquitto', 'aedes', 'node-red', 'baiying', 'baiying-redis'], needs, async (stand) => {
    const measured = await measure(stand, options);
    rows.push(...measured.rows);
    begun.push(saidOfFirst(stand.name, measured.first));
  });
  return outcome(rows, options, [...absent, ...begun, saidOf(disk)]);
}

async function measure(
  stand: Stand,
  { loads, rounds, presses }: BenchOptions,
): Promise<{ readonly first: Figures; readonly rows: readonly Row[] }> {
  const rows: Row[] = [];
  const waiting = waits();
  const radios = await openRadios(stand, waiting.arrived);
  const keys: MqttClient[] = [];
  for (const voice of stand.keys) keys.push(await signIn(stand.mqtt, voice));
  let number = 0;
  const next = () => {
    const [voice, line] = [stand.keys[number], keys[number]];
    number += 1;
    if (!voice || !line) throw new Error('every key was pressed');
    const took = waiting.wait(voice.id);
    press(line, voice).catch((error: unknown) => say(`${voice.id}: ${String(error)}`));
    return took;
  };
  const begun = await inTurn(next, first);
  say(`${stand.name}: the first ${first} presses: p50 ${begun.p50} ms, p99 ${begun.p99} ms`);
  for (const load of loads) {
    for (let turn = 1; turn <= rounds; turn += 1) rows.push(await phase(stand, next, load, turn, presses));
  }
  await hangUp([...radios, ...keys]);
  return { first: begun, rows };
}

/** Presses one after the other at their pace, whether or not the order to the one before has come. */
async function inTurn(next: () => Promise<number>, presses: number): Promise<Figures> {
  const samples: number[] = [];
  const pressing: Promise<void>[] = [];
  for (let count = 0; count < presses; count += 1) {
    pressing.push(next().then((took) => void samples.push(took)));
    await pause(gap);
  }
  await Promise.all(pressing);
  return figuresOf(samples);
}

async function phase(stand: Stand, next: () => Promise<number>, load: number, turn: number, presses: number): Promise<Row> {
  const chatter = await startChatter(stand.mqtt, load > 0 ? stand.cameras : [], load);
  await pause(1000);
  const began = performance.now();
  const figures = await inTurn(next, presses);
  const seconds = (performance.now() - began) / 1000;
  const row = {
    stand: stand.name,
    load,
    round: turn,
    chatterPerSecond: Math.round(chatter.sent() / (seconds + 1)),
    chatterAcknowledged: Math.round(chatter.acknowledged() / (seconds + 1)),
    ...figures,
  };
  await chatter.stop();
  say(
    `${stand.name}: ${load} camera signals a second, round ${turn}: p50 ${row.p50} ms, p99 ${row.p99} ms, max ${row.max} ms (${row.chatterAcknowledged} a second acknowledged)`,
  );
  return row;
}

function waits() {
  const open = new Map<string, { readonly since: number; readonly done: (took: number) => void }>();
  return {
    wait: (id: string) =>
      new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no order for ${id} within ${lateAfter} ms`)), lateAfter);
        open.set(id, {
          since: performance.now(),
          done: (took) => {
            clearTimeout(late);
            resolve(took);
          },
        });
      }),
    arrived(id: string) {
      const waiting = open.get(id);
      open.delete(id);
      waiting?.done(performance.now() - waiting.since);
    },
  };
}

function outcome(rows: readonly Row[], options: BenchOptions, absent: readonly Said[]): Outcome {
  const stands = [...new Set(rows.map((row) => row.stand))];
  const summary = options.loads.flatMap((load) =>
    stands.map((stand) => {
      const own = rows.filter((row) => row.stand === stand && row.load === load);
      const middle = (pick: (row: Row) => number) => round(median(own.map(pick)));
      return {
        ...{ stand, load, p50: middle((row) => row.p50), p99: middle((row) => row.p99), max: Math.max(...own.map((row) => row.max)) },
        acknowledged: middle((row) => row.chatterAcknowledged),
      };
    }),
  );
  const ratio = (row: (typeof summary)[number], pick: 'p50' | 'p99') => {
    const base = summary.find((other) => other.stand === 'Mosquitto' && other.load === row.load);
    return base ? round(row[pick] / base[pick]) : '-';
  };
  const sheet: Sheet = {
    title: { zh: '从按下报警键到电台收到指令', en: 'from the press of a key to the order on the radio' },
    head: ['', 'camera signals/s', 'acknowledged/s', 'p50 ms', 'p99 ms', 'max ms', 'p50 : Mosquitto', 'p99 : Mosquitto'],
    rows: summary.map((row) => [row.stand, row.load, row.acknowledged, row.p50, row.p99, row.max, ratio(row, 'p50'), ratio(row, 'p99')]),
  };
  return { tables: [sheet], notes: [...notes(options), ...absent], found: { options, summary, rows } };
}

const saidOf = ({ p50, p99 }: Figures): Said => ({
  zh: `本机硬盘落盘 8 KiB：p50 ${p50} 毫秒，p99 ${p99} 毫秒。先落盘再派出，不会比这更快。`,
  en: `This machine's disk keeps 8 KiB in ${p50} ms (p50) and ${p99} ms (p99): what is kept before it leads to an order cannot be faster.`,
});

const saidOfFirst = (stand: string, { p50, p99 }: Figures): Said => ({
  zh: `${stand}：启动后最初 ${first} 次（不计入表内）p50 ${p50} 毫秒，p99 ${p99} 毫秒。`,
  en: `${stand}: the first ${first} after the start, which do not count above, took ${p50} ms (p50) and ${p99} ms (p99).`,
});

const notes = ({ rounds, presses }: BenchOptions): readonly Said[] => [
  {
    zh: `${rounds} 轮各 ${presses} 次按键，取中位数；${cameras} 台摄像机同时说话。`,
    en: `Medians of ${rounds} rounds of ${presses} presses each, beside ${cameras} cameras that speak.`,
  },
  {
    zh: 'Mosquitto 与 Aedes 只是转发；Node-RED 只生成指令，不存储；百应先存储、再判断、再派出。',
    en: 'Mosquitto and Aedes only pass the press on; Node-RED makes an order of it and stores nothing; Baiying stores, decides, then sends.',
  },
];
