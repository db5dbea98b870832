import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedKey } from '../../../devices/alarm-keys/mqtt/simulator.ts';
import { freePort } from '../../bench/processes.ts';
import { type Bench, memoryOf, until } from '../bench.ts';
import { raiseCounty, registerDevice } from '../county.ts';
import { type OperatorDesk, openOperatorDesk } from '../desk.ts';
import { collect } from '../inspector.ts';
import { type Found, judged } from '../row.ts';
import { attack } from './attack.ts';
import { canaryId, type Foothold } from './packets.ts';

export interface FuzzOptions {
  readonly packets: number;
  readonly seed: number;
}

/** A press of the canary is acknowledged within this, whatever comes in beside it. */
const acknowledgedWithin = 5000;
/** Resident memory may grow by so many MB meanwhile, most of which V8 has not yet looked through; and so much may stay. */
const mostGrown = { meanwhile: 500, stays: 50 };
const every = 100;
const width = 16;

/**
 * Packets of every kind against the product's own ear, while a key is pressed ten times a second. The product goes on, each
 * press is acknowledged in time and in the record, memory stays bounded, and a device signs in afterwards.
 */
export async function fuzz(bench: Bench, { packets, seed }: FuzzOptions): Promise<Found> {
  const port = await freePort();
  const product = await bench.product({ NODE_OPTIONS: `--inspect-port=127.0.0.1:${port}` });
  const desk = await openOperatorDesk(product.http);
  const county = await raiseCounty(desk, [product.mqtt], 2);
  bench.defer(county.stop);
  const [canary, late] = county.keys;
  if (canary?.id !== canaryId || !late) throw new Error('the county has two keys');
  const doors = await footholds(desk, product.mqtt);
  await canary.press();
  const before = await memoryHeld(product.pid(), port);
  const song = sing(canary);
  const memory = watchMemory(() => product.pid());
  const began = performance.now();
  const attacked = await attack(seed, { mqtt: product.mqtt, doors, packets, width });
  const seconds = Math.max(1, Math.round((performance.now() - began) / 1000));
  const { presses, slowest, unanswered } = await song.stop();
  const grown = (await memory.stop()) - before;
  const stays = (await memoryHeld(product.pid(), port)) - before;
  const recorded = await recordedPresses(desk, canary.id, presses + 1);
  await late.press();
  return judged(
    [
      [
        `${attacked.strangers} packets of strangers and ${attacked.devices} of devices over ${attacked.connections} connections in ${seconds} s`,
        true,
      ],
      [
        `${presses} presses of the canary, ${unanswered} without an answer, the slowest after ${Math.round(slowest)} ms`,
        unanswered === 0 && slowest <= acknowledgedWithin,
      ],
      [`${recorded} presses of it in the record, one of them before`, recorded === presses + 1],
      [
        `memory ${signed(grown)} MB at most, ${signed(stays)} MB of it still held afterwards`,
        grown < mostGrown.meanwhile && stays < mostGrown.stays,
      ],
    ],
    product.ownEnds.map((end) => `the product ended though nobody killed it, ${end}`),
  );
}

const signed = (megabytes: number): string => `${megabytes >= 0 ? '+' : ''}${megabytes}`;

/** What the process cannot give back, in MB. */
async function memoryHeld(pid: number, port: number): Promise<number> {
  await collect(pid, port);
  // Pages are given back to the machine a little behind the collection.
  await pause(1000);
  return memoryOf(pid);
}

/** One device of each kind whose secret somebody has. */
async function footholds(desk: OperatorDesk, mqtt: string): Promise<readonly Foothold[]> {
  const kinds = ['key', 'camera', 'radio', 'loudspeaker'] as const;
  return Promise.all(
    kinds.map(async (kind) => {
      const place = kind === 'radio' ? {} : { siteId: 'site-1' };
      const door = await registerDevice(desk, mqtt, { id: `stolen-${kind}`, kind, driver: 'mqtt', name: kind, ...place });
      return { ...door, kind };
    }),
  );
}

/** Presses the key again and again; one that is not acknowledged in time counts as unanswered. */
function sing(canary: SimulatedKey): {
  stop(): Promise<{ readonly presses: number; readonly slowest: number; readonly unanswered: number }>;
} {
  const told = { presses: 0, slowest: 0, unanswered: 0 };
  let stopped = false;
  const singing = (async () => {
    while (!stopped) {
      const at = performance.now();
      told.presses += 1;
      const answer = await Promise.race([canary.press().then(() => true), pause(2 * acknowledgedWithin, false)]);
      if (!answer) told.unanswered += 1;
      told.slowest = Math.max(told.slowest, performance.now() - at);
      await pause(every);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await singing;
      return told;
    },
  };
}

/** The most that the process had, in MB. */
function watchMemory(pid: () => number): { stop(): Promise<number> } {
  let most = 0;
  const look = async () => {
    most = Math.max(most, await memoryOf(pid()).catch(() => 0));
  };
  const timer = setInterval(() => void look(), 250);
  return {
    async stop() {
      clearInterval(timer);
      await look();
      return most;
    },
  };
}

/** How many there are once all are there, or after a while. */
async function recordedPresses(desk: OperatorDesk, deviceId: string, all: number): Promise<number> {
  const count = async () => (await desk.all<{ deviceId: string }>(`/signals?type=press&deviceId=${deviceId}`)).length;
  await until('every press is in the record', 20_000, async () => (await count()) >= all, 200).catch(() => undefined);
  return count();
}
