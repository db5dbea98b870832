import type { MqttClient } from 'mqtt';
import { hangUp, openRadios, pause, press, signIn } from './callers.ts';
import { figuresOf } from './figures.ts';
import type { BenchOptions } from './main.ts';
import { type Outcome, say } from './outcome.ts';
import { withStands } from './stands/all.ts';
import type { Stand } from './stands/stand.ts';

/**
 * From kill -9 to the first order: the process is started again at once, the key and the radio connect as soon as they are
 * let in, and the key is pressed again and again until an order arrives.
 */
interface Row {
  readonly stand: string;
  readonly took: readonly number[];
}

/** Milliseconds between two presses, and between two attempts to connect. */
const again = 25;
const longest = 30_000;
/** Between two kills: a process that ran for a while is killed, not one that has just come up. */
const calm = 2000;

export async function benchRecovery({ kills }: BenchOptions): Promise<Outcome> {
  const rows: Row[] = [];
  const absent = await withStands(
    ['mosquitto', 'aedes', 'node-red', 'baiying'],
    { keys: kills, cameras: 0, sites: true },
    async (stand) => {
      rows.push({ stand: stand.name, took: await measure(stand) });
    },
  );
  const lines = rows.map(({ stand, took }) => {
    const { count, p50, max } = figuresOf(took);
    return [stand, count, p50, max] as const;
  });
  return {
    tables: [
      {
        title: { zh: '从 kill -9 到第一条指令', en: 'from kill -9 to the first order' },
        head: ['', 'kills', 'p50 ms', 'max ms'],
        rows: lines,
      },
    ],
    notes: [
      {
        zh: `进程随即重启；报警键每 ${again} 毫秒重按，直到电台收到指令。Mosquitto 与 Aedes 只转发，Node-RED 与其 Mosquitto 一起被杀。`,
        en: `The process is started again at once; the key is pressed every ${again} ms until the radio has an order. Mosquitto and Aedes only pass the press on; Node-RED is killed together with its Mosquitto.`,
      },
      ...absent,
    ],
    found: { rows },
  };
}

async function measure(stand: Stand): Promise<readonly number[]> {
  const ordered = new Set<string>();
  const radios = await openRadios(stand, (key) => void ordered.add(key), again);
  const took: number[] = [];
  const keys: MqttClient[] = [];
  for (const voice of stand.keys) {
    const line = await signIn(stand.mqtt, voice, again);
    keys.push(line);
    await pause(calm);
    const began = performance.now();
    const back = stand.kill();
    for (let count = 0; !ordered.has(voice.id); count += 1) {
      if (performance.now() - began > longest) throw new Error(`${stand.name}: no order within ${longest / 1000} s of the kill`);
      // One that the next break swallows is followed by another.
      if (line.connected) press(line, voice, count).catch((error: unknown) => line.log('press given up: %o', error));
      await pause(again);
    }
    took.push(Math.round(performance.now() - began));
    say(`${stand.name}: order ${took.at(-1)} ms after the kill`);
    await back;
  }
  await hangUp([...radios, ...keys]);
  return took;
}
