import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { seconds } from '../../alarm/index.ts';
import { keep } from './kept.ts';

const clockAt = (start: number) => {
  let now = start;
  return {
    now: () => now,
    later: (by: number) => {
      now += by;
    },
  };
};

test('many who ask at once are given one answer, which is made anew when it is old', async () => {
  const clock = clockAt(0);
  const make = vi.fn(async () => ({ made: make.mock.calls.length }));
  const ask = keep(make, seconds(5), clock);
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(first).toBe(second);
  clock.later(4999);
  expect(await ask()).toBe(first);
  clock.later(1);
  const third = await ask();
  expect(JSON.parse(third.bytes.toString())).toEqual({ made: 2 });
  expect(third.etag).not.toBe(first?.etag);
});

test('the same content keeps its name, so that nobody takes it twice', async () => {
  const clock = clockAt(0);
  const ask = keep(async () => ({ same: true }), seconds(1), clock);
  const before = await ask();
  clock.later(5000);
  expect((await ask()).etag).toBe(before.etag);
});

test('what could not be made is tried again by the next who asks', async () => {
  const make = vi.fn(async () => 'good').mockRejectedValueOnce(new Error('the record is away'));
  const ask = keep(make, seconds(5), clockAt(0));
  await expect(ask()).rejects.toThrow('the record is away');
  expect((await ask()).bytes.toString()).toBe('"good"');
});

test.each([
  ['br', 'br', brotliDecompressSync],
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['gzip;q=1.0, *;q=0', 'gzip', gunzipSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
  ['identity', undefined, (bytes: Buffer) => bytes],
  ['', undefined, (bytes: Buffer) => bytes],
] as const)('to %o it is packed as %s', async (accepted, encoding, unpack) => {
  const ask = keep(async () => ['甲', '乙'], seconds(5), clockAt(0));
  const packed = await (await ask()).packed(accepted);
  expect([packed.encoding, unpack(packed.bytes).toString()]).toEqual([encoding, '["甲","乙"]']);
});
