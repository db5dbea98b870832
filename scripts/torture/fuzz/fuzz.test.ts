import { expect, onTestFinished, test } from 'vitest';
import { openBench } from '../bench.ts';
import { fuzz } from './fuzz.ts';

test('two thousand packets of every kind: the ear goes on, and a key beside them misses no acknowledgement', async () => {
  const bench = openBench(7, 0);
  onTestFinished(async () => void (await bench.close(false)));
  expect(await fuzz(bench, { packets: 2000, seed: 7 })).toMatchObject({ broken: [], late: [] });
});
