import type { MqttClient } from 'mqtt';
import { hangUp, openRadios, pause, press, signIn } from './callers.ts';
import type { Voice } from './chatter.ts';
import type { BenchOptions } from './main.ts';
import { type Outcome, say } from './outcome.ts';
import { withStands } from './stands/all.ts';
import type { Stand } from './stands/stand.ts';

/**
 * What is lost when the power goes: keys are pressed one after the other, what takes the presses is killed twice meanwhile
 * and starts again at once. A press that was acknowledged and led to no order is lost: nobody will press again.
 */
interface Row {
  readonly stand: string;
  readonly presses: number;
  readonly acknowledged: number;
  /** Acknowledged, and no order came. */
  readonly lost: number;
}

const presses = 600;
/** Presses a second. */
const rate = 200;
const kills = [0.3, 0.65];
const reconnect = 100;
/** A key that has heard nothing for so long presses again. */
const impatient = 3000;
/** Nothing came for so long: nothing will. */
const quiet = 5000;
const longest = 20_000;

export async function benchStorm(_options: BenchOptions): Promise<Outcome> {
  const rows: Row[] = [];
  const absent = await withStands(
    ['mosquitto', 'aedes', 'node-red', 'baiying'],
    { keys: presses, cameras: 0, sites: true },
    async (stand) => {
      const row = await weather(stand);
      say(`${row.stand}: ${row.acknowledged} of ${row.presses} acknowledged, ${row.lost} of them led to no order`);
      rows.push(row);
    },
  );
  return {
    tables: [
      {
        title: { zh: '被杀掉时丢失的报警', en: 'alarms lost to a kill' },
        head: ['', 'presses', 'acknowledged', 'acknowledged and lost'],
        rows: rows.map((row) => [row.stand, row.presses, row.acknowledged, row.lost]),
      },
    ],
    notes: [
      {
        zh: `每秒 ${rate} 次按键，各来自不同的报警键；其间 kill -9 ${kills.length} 次，随即重启（Node-RED 与其 Mosquitto 一起）。未确认的由报警键重发。`,
        en: `${rate} presses a second, each of another key; kill -9 ${kills.length} times meanwhile, started again at once (Node-RED together with its Mosquitto). Keys send again what was not acknowledged.`,
      },
      ...absent,
    ],
    found: { rate, rows },
  };
}

async function weather(stand: Stand): Promise<Row> {
  const ordered = new Set<string>();
  const acknowledged = new Set<string>();
  let lastAt = performance.now();
  const heard = (key: string) => {
    ordered.add(key);
    lastAt = performance.now();
  };
  const radios = await openRadios(stand, heard, reconnect);
  const keys: MqttClient[] = [];
  for (const voice of stand.keys) keys.push(await signIn(stand.mqtt, voice, reconnect));
  const pressed = stand.keys.map(async (voice, place) => {
    await pause((place * 1000) / rate);
    await untilAcknowledged(keys[place] as MqttClient, voice);
    acknowledged.add(voice.id);
    lastAt = performance.now();
  });
  const killed = kills.map((share) => pause((share * presses * 1000) / rate).then(() => stand.kill()));
  await Promise.all([...killed, Promise.race([Promise.all(pressed), pause(longest)])]);
  const missing = () => [...acknowledged].filter((key) => !ordered.has(key));
  const end = performance.now() + longest;
  while (missing().length > 0 && performance.now() < end && performance.now() - lastAt < quiet) await pause(50);
  const row = { stand: stand.name, presses, acknowledged: acknowledged.size, lost: missing().length };
  await hangUp([...radios, ...keys]);
  return row;
}

/** The client library forgets some of what was under way when its line broke; a device keeps that and says it again. */
async function untilAcknowledged(line: MqttClient, voice: Voice): Promise<void> {
  while (!line.disconnecting) {
    const answer = await Promise.race([press(line, voice).then(known, unknown), pause(impatient).then(unknown)]);
    if (answer === 'acknowledged') return;
    await pause(reconnect);
  }
  throw new Error(`${voice.id} was never acknowledged`);
}
const known = () => 'acknowledged' as const;
const unknown = () => 'unknown' as const;
