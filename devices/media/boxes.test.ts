import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxReader, FormatError, type Fragment, type InitSegment, retime } from './boxes.ts';
import { box, fragmentOf, headerOf } from './boxes-testing.ts';

const told = (piece: InitSegment | Fragment): unknown => ({ ...piece, bytes: Buffer.from(piece.bytes).toString('hex') });
const pieces = [
  fragmentOf({ start: 0, key: true, durations: [3600, 3600, 3600] }),
  fragmentOf({ start: 10_800, key: false, durations: [3600, 7200] }),
  fragmentOf({ start: 2 ** 33 + 5, key: true, durations: [1] }),
];
const stream = Buffer.concat([headerOf(), box('sidx', Buffer.alloc(9)), ...pieces, box('mfra', Buffer.alloc(3))]);

describe('what a stream is cut into', () => {
  const [init, ...fragments] = boxReader().push(stream);

  it('the header with codec, size and clock', () => {
    expect(init).toMatchObject({ kind: 'init', codec: 'avc1.64001f', width: 1280, height: 720, timescale: 90_000 });
    expect(Buffer.from(init?.bytes ?? [])).toEqual(headerOf());
  });

  it('fragments with key frame, time and number of pictures', () => {
    expect(fragments.map((piece) => (piece.kind === 'fragment' ? [piece.key, piece.start, piece.duration, piece.frames] : []))).toEqual([
      [true, 0, 10_800, 3],
      [false, 10_800, 10_800, 2],
      [true, 2 ** 33 + 5, 1, 1],
    ]);
    expect(fragments.map((piece) => Buffer.from(piece.bytes))).toEqual(pieces);
  });

  it('H.265 is named as RFC 6381 and 14496-15 say', () => {
    expect(boxReader().push(headerOf({ codec: 'hvc1' }))[0]).toMatchObject({ codec: 'hvc1.1.6.L93.B0' });
  });
});

it('however the pipe cuts the bytes, the boxes are the same', () => {
  const whole = boxReader().push(stream).map(told);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), (sizes) => {
      const reader = boxReader();
      const out: unknown[] = [];
      for (let at = 0, i = 0; at < stream.length; i += 1) {
        const size = sizes[i % sizes.length] ?? 1;
        out.push(...reader.push(stream.subarray(at, at + size)).map(told));
        at += size;
      }
      expect(out).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

it('garbage ends in an error of the format, never in another and never in a loop', () => {
  const spoilt = fc
    .tuple(fc.integer({ min: 0, max: stream.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 12 }))
    .map(([at, bytes]) => Buffer.concat([stream.subarray(0, at), bytes, stream.subarray(at + bytes.length)]));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), spoilt), (bytes) => {
      try {
        for (const piece of boxReader().push(bytes)) if (piece.kind === 'fragment') retime(piece.bytes, 5);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['a box of no size', Buffer.from([0, 0, 0, 4, ...Buffer.from('free')])],
  ['a box too large', Buffer.from([0x7f, 0, 0, 0, ...Buffer.from('mdat')])],
  ['a text page', Buffer.from('<html><body>404</body></html>')],
  ['pictures before the header', fragmentOf({ start: 0, key: true, durations: [1] })],
])('refused: %s', (_, bytes) => {
  expect(() => boxReader().push(bytes)).toThrow(FormatError);
});

it('a fragment is moved in time and nothing else of it', () => {
  const reader = boxReader();
  const [, fragment] = reader.push(Buffer.concat([headerOf(), pieces[1] ?? Buffer.alloc(0)]));
  const moved = retime(fragment?.bytes ?? Buffer.alloc(0), 2 ** 40 + 7);
  expect(reader.push(moved)[0]).toMatchObject({ start: 2 ** 40 + 7, key: false, duration: 10_800, frames: 2 });
  expect(Buffer.from(retime(moved, 10_800))).toEqual(pieces[1]);
});
