import { expect, test } from 'vitest';
import { uuidv7 } from './ids.ts';
import { lastMarks, lastStates } from './last-said.ts';
import { insertSignals, type NewSignal, type Ours } from './signals.ts';
import { freshStore } from './testing.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const said = (second: number, more: Partial<NewSignal>): NewSignal => ({
  ...{ id: uuidv7(noon + second * 1000), deviceId: 'key', deviceKind: 'key', type: 'heartbeat', active: true, lane: 'routine' },
  ...{ at: noon, receivedAt: noon + second * 1000, exercise: false, settled: true, via: 'mqtt', data: {} },
  ...more,
});
const mark = (of: string, count: number): Ours => ({ mark: { of, value: { count } } });
/** As no code of ours writes it. */
const unfit = (written: unknown): Ours => written as Ours;

test('the last mark of each name is known; what a teller writes under that word is none, and a row that cannot be read mutes nobody', async () => {
  const { ear } = await freshStore();
  const words: readonly Partial<NewSignal>[] = [
    { ours: mark('left', 1) },
    { ours: mark('left', 2) },
    { ours: mark('right', 7) },
    { via: 'http', data: { mark: null } },
    { via: 'http', data: mark('left', 3) as NewSignal['data'] },
    { data: mark('right', 8) as NewSignal['data'] },
    ...[
      null,
      'left',
      [],
      {},
      { of: 5, value: {} },
      { of: 'a' },
      { of: 'b', value: null },
      { of: 'c', value: [1] },
      { of: 'd', value: { e: {} } },
    ].map((written) => ({ ours: unfit({ mark: written }) })),
  ];
  await insertSignals(
    ear,
    words.map((more, second) => said(second, more)),
  );
  expect(await lastMarks(ear, 'key')).toEqual([
    { ...mark('left', 2), at: noon + 1000 },
    { ...mark('right', 7), at: noon + 2000 },
  ]);
});

test('how the input of a camera stands is for the camera to say', async () => {
  const { ear } = await freshStore();
  const input = { deviceKind: 'camera', type: 'digital-input', data: { topic: 'IO', sourceValues: ['1'] } } as const;
  await insertSignals(ear, [said(1, { ...input, active: false, via: 'watch' }), said(2, { ...input, via: 'http' })]);
  expect(await lastStates(ear, 'key')).toEqual([{ key: '["digital-input","IO",["1"],null]', active: false }]);
});
