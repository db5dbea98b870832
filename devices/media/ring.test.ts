import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxReader, type InitSegment } from './boxes.ts';
import { headerOf } from './boxes-testing.ts';
import { measure } from './measure.ts';
import type { LivePiece } from './media.ts';
import { type Kept, openRing } from './ring.ts';
import { openViewer } from './viewer.ts';

const initOf = (bytes: Buffer): InitSegment => {
  const [init] = boxReader().push(bytes);
  if (init?.kind !== 'init') throw new Error('no header');
  return init;
};
const init = initOf(headerOf());
/** Fragments of 200 ms, a key frame every `group` of them. */
const kept = (index: number, group = 10, bytes = 1000, of = init): Kept => ({
  init: of,
  bytes: new Uint8Array(bytes),
  key: index % group === 0,
  frames: 5,
  start: index * 18_000,
  at: index * 200,
  until: index * 200 + 200,
});
const indexes = (pieces: readonly Kept[]): number[] => pieces.map(({ at }) => at / 200);

describe('the past of a stream', () => {
  it('begins with a key frame, and goes back as far as was wanted and no further', () => {
    const ring = openRing(1e9);
    ring.reach(5000);
    for (let i = 3; i < 200; i += 1) ring.add(kept(i));
    expect(indexes(ring.since(0))[0]).toBe(170);
    expect(indexes(ring.since(35_000))[0]).toBe(170);
    expect(indexes(ring.since(36_100))[0]).toBe(180);
    expect(indexes(ring.group())).toEqual([190, 191, 192, 193, 194, 195, 196, 197, 198, 199]);
  });

  it('is the current group only where nobody wants a past', () => {
    const ring = openRing(1e9);
    for (let i = 0; i < 35; i += 1) ring.add(kept(i));
    expect(indexes(ring.since(0))).toEqual([30, 31, 32, 33, 34]);
    ring.reach(60_000);
    for (let i = 35; i < 50; i += 1) ring.add(kept(i));
    ring.reach(0);
    expect(indexes(ring.since(0))[0]).toBe(40);
  });

  it('whatever comes, it stays within its bytes and begins with a key frame', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 500 }))), fc.integer({ min: 0, max: 20_000 }), (list, far) => {
        const ring = openRing(3000);
        ring.reach(far);
        for (const [index, [key, bytes]] of list.entries()) ring.add({ ...kept(index, 10, bytes), key });
        const all = ring.since(0);
        expect(all[0]?.key ?? true).toBe(true);
        expect(ring.bytes).toBeLessThanOrEqual(3000);
        expect(ring.bytes).toBe(all.reduce((sum, piece) => sum + piece.bytes.byteLength, 0));
      }),
    );
  });
});

describe('a viewer', () => {
  const read = async (pieces: AsyncGenerator<LivePiece>, count: number): Promise<string[]> => {
    const out: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const { value } = await pieces.next();
      if (value) out.push(value.kind === 'fragment' ? `${value.key ? 'K' : '-'}${value.at / 200}` : value.kind);
    }
    return out;
  };

  it('who keeps up gets everything, the header first', async () => {
    const viewer = openViewer(() => 0);
    const pieces = viewer.pieces(new AbortController().signal);
    for (let i = 0; i < 4; i += 1) viewer.offer(kept(i));
    expect(await read(pieces, 5)).toEqual(['init', 'K0', '-1', '-2', '-3']);
  });

  it('who is slow goes on at the next key frame', async () => {
    let now = 0;
    const viewer = openViewer(() => now);
    const pieces = viewer.pieces(new AbortController().signal);
    for (let i = 0; i < 14; i += 1) {
      now = i * 200;
      viewer.offer(kept(i));
    }
    // The oldest has waited 2,600 ms: all is dropped, and 13 is no key frame.
    for (let i = 14; i < 22; i += 1) viewer.offer(kept(i));
    expect(await read(pieces, 3)).toEqual(['init', 'K20', '-21']);
  });

  it('who takes a whole group at once at the start is not slow', async () => {
    const viewer = openViewer(() => 0);
    for (let i = 0; i < 100; i += 1) viewer.offer(kept(i, 100));
    expect(await read(viewer.pieces(new AbortController().signal), 101)).toHaveLength(101);
  });

  it('is told of another header before what needs it', async () => {
    const viewer = openViewer(() => 0);
    const other = initOf(headerOf({ width: 640 }));
    viewer.offer(kept(0));
    viewer.offer(kept(10, 10, 1000, other));
    expect(await read(viewer.pieces(new AbortController().signal), 4)).toEqual(['init', 'K0', 'init', 'K10']);
  });

  it('who leaves is let go while nothing comes', async () => {
    const leave = new AbortController();
    const next = openViewer(() => 0)
      .pieces(leave.signal)
      .next();
    leave.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});

it('how a stream does is measured from what came', () => {
  const samples = Array.from({ length: 100 }, (_, index) => ({ at: index * 200, frames: 5, bytes: 25_000, key: index % 10 === 0 }));
  expect(measure(samples, 19_800)).toEqual({ lastAt: 19_800, framesPerSecond: 25, bitsPerSecond: 1_000_000, secondsBetweenKeyFrames: 2 });
  expect(measure(samples.slice(0, 3), 400)).toEqual({ lastAt: 400 });
  expect(measure([], 0)).toEqual({});
});
