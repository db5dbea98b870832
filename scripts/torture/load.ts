import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import type { Chance } from '../demo/random.ts';
import type { County } from './county.ts';
import { say } from './say.ts';
import type { PressEntry } from './verdict.ts';

export interface Load {
  readonly presses: number;
  /** Presses a second. */
  readonly rate: number;
  /** Asked after that many: whether still more are wanted. */
  readonly more?: () => boolean;
}

/** Every key in another order each time round; nobody waits for an answer before the next press. */
export async function press({ keys }: Pick<County, 'keys'>, presses: PressEntry[], random: Chance, options: Load): Promise<void> {
  const began = performance.now();
  let round = random.shuffled(keys);
  for (let count = 0; count < options.presses || options.more?.(); count += 1) {
    if (count > 0 && count % keys.length === 0) round = random.shuffled(keys);
    await pause(Math.max(0, began + (count * 1000) / options.rate - performance.now()));
    const key = round[count % keys.length];
    if (!key) return;
    const entry: PressEntry = { eventId: randomUUID(), keyId: key.id, sentAt: Date.now() };
    presses.push(entry);
    untilAcknowledged(key, entry).catch((error: unknown) => say(`${key.id}: ${String(error)}`));
  }
}

/**
 * The client library sends again what was under way when its connection broke, but gives up what had waited behind such
 * a second sending when the connection breaks once more. A device keeps that too.
 */
export async function untilAcknowledged(key: SimulatedKey, entry: PressEntry): Promise<void> {
  while (entry.acknowledgedAt === undefined) {
    try {
      entry.acknowledgedAt = (await key.press(undefined, entry.eventId)).acknowledgedAt ?? Date.now();
    } catch (error) {
      if (!(error instanceof Error && error.message === 'Connection closed')) throw error;
    }
  }
}
