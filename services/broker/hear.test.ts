import { expect, test } from 'vitest';
import { heardFact } from '../../devices/branch.ts';
import type { Fact, FactType } from '../../devices/driver.ts';
import { Fault } from '../errors.ts';
import type { Hearing } from '../ports.ts';
import { quiet } from '../store/testing.ts';
import type { Voice } from './carried.ts';
import { hear } from './hear.ts';

/** What a record is given, of which it refuses the first; and what whoever spoke is told. */
async function given(type: FactType, { grade, error = new Error('value out of range') }: { grade?: 'duress'; error?: Error } = {}) {
  const kept: (Fact & Hearing)[] = [];
  const refused: Fact[] = [];
  const ear = {
    hear: (_speaker: unknown, fact: Fact, how: Hearing) => {
      if (refused.length === 0) {
        refused.push(fact);
        return Promise.reject(error);
      }
      kept.push({ ...fact, ...how });
      return Promise.resolve({ signalId: 's', known: false });
    },
    position: () => Promise.resolve(),
  };
  const voice = {
    speaker: { id: 'key-1', kind: 'key', exercise: false },
    device: {},
    dialect: { decode: () => heardFact({ type, active: true, data: { at: 'odd' }, ...(grade === undefined ? {} : { grade }) }) },
    publishes: ['keys/key-1/#'],
    standing: { isNews: () => true },
  } as unknown as Voice;
  const message = { topic: 'keys/key-1/event', payload: Buffer.from('{"type":"press"}'), retain: false };
  const told = await hear({ ear, log: quiet, unread: () => undefined }, voice, message).then(
    () => 'acknowledged',
    () => 'refused',
  );
  return { kept, told };
}

test('a press of which the record takes nothing stands as one that cannot be read, with its bytes', async () => {
  const { kept, told } = await given('press');
  expect(told).toBe('acknowledged');
  expect(kept).toMatchObject([{ type: 'unparsed', active: true, raw: Buffer.from('{"type":"press"}') }]);
  expect(kept[0]?.grade).toBeUndefined();
});

test('of one under threat the grade is kept', async () => {
  expect((await given('press', { grade: 'duress' })).kept).toMatchObject([{ type: 'unparsed', grade: 'duress' }]);
});

test.each([
  ['a record that is away', 'press', new Fault('record-unavailable')],
  ['a heartbeat', 'heartbeat', undefined],
] as const)('%s is no call to be kept otherwise', async (_what, type, error) => {
  expect(await given(type, error === undefined ? {} : { error })).toEqual({ kept: [], told: 'refused' });
});
