import type { Client } from 'aedes';
import { expect, test } from 'vitest';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { openConnections } from './connections.ts';
import { brokerHooks, type HookDeps } from './hooks.ts';
import { openTurns } from './turns.ts';
import { openUnderWay } from './under-way.ts';

/** A device that signs on, and what it was told: closed without a word, or the CONNACK code. */
async function signOn(more: Partial<HookDeps>): Promise<readonly (string | number)[]> {
  const clock = manualClock();
  const heard = openUnderWay(clock);
  const told: (string | number)[] = [];
  const hooks = brokerHooks({
    ...{
      clock,
      heard,
      log: quiet,
      connections: openConnections(() => undefined),
      silence: { heard: () => undefined },
      drill: () => false,
      reached: () => undefined,
      turns: openTurns(),
      troubles: { note: () => undefined, refused: () => undefined },
      floods: { count: () => undefined, keptOut: () => false },
      flooded: () => undefined,
      stopping: () => false,
    },
    ear: { hear: () => Promise.reject(new Error('not asked')), position: () => Promise.resolve() },
    admission: { check: () => Promise.resolve({ refused: 'wrong-secret' }), stillHolds: () => Promise.resolve(true) },
    ...more,
  });
  const client = { id: 'key', close: () => told.push('closed') } as unknown as Client;
  hooks.authenticate(client, 'key', Buffer.from('secret'), (error) => told.push(error?.returnCode ?? 0));
  await heard.ended(clock.now());
  return told;
}

test('a wrong secret is refused for good, with code 4', async () => {
  expect(await signOn({})).toEqual([4]);
});

test('while the record is away a device is cut off without an answer, since many take a refusal for final', async () => {
  const admission = { check: () => Promise.reject(new Error('connect ECONNREFUSED')), stillHolds: () => Promise.resolve(true) };
  expect(await signOn({ admission })).toEqual(['closed']);
});

test('so it is by a broker that stops', async () => {
  expect(await signOn({ stopping: () => true })).toEqual(['closed']);
});

test('so is one that is kept out because it floods, before its secret is looked at', async () => {
  const admission = { check: () => Promise.reject(new Error('not asked')), stillHolds: () => Promise.resolve(true) };
  expect(await signOn({ admission, floods: { count: () => undefined, keptOut: (id) => id === 'key' } })).toEqual(['closed']);
});
