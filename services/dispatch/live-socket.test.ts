import { EventEmitter } from 'node:events';
import type { WebSocket } from '@fastify/websocket';
import { expect, test, vi } from 'vitest';
import type { LivePiece } from '../../devices/media/index.ts';
import { seconds } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { showLive } from './live-socket.ts';
import { seldom } from './seldom.ts';

const init: LivePiece = { kind: 'init', codec: 'avc1.42c01f', width: 640, height: 360, bytes: Uint8Array.of(0) };
const fragment = (name: number, key = false): LivePiece => ({ kind: 'fragment', key, at: 0, bytes: Uint8Array.of(name) });

class Line extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  closed: [number, string] | undefined;
  send(data: string | Uint8Array): void {
    this.sent.push(typeof data === 'string' ? JSON.parse(data) : data[0]);
  }
  close(code: number, why: string): void {
    this.closed ??= [code, why];
  }
}

/** A viewer of pieces that a test hands out one by one. */
function viewer(stillSignedIn = async () => true) {
  const line = new Line();
  const clock = manualClock();
  const end = new AbortController();
  const waiting: LivePiece[] = [];
  let wake = (): void => undefined;
  end.signal.addEventListener('abort', () => wake());
  async function* pieces(): AsyncGenerator<LivePiece> {
    while (!end.signal.aborted) {
      const piece = waiting.shift();
      if (piece) yield piece;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  const looked: string[] = [];
  const ledger = () => {
    looked.push('began');
    return () => looked.push('ended');
  };
  const shown = showLive({ socket: line as unknown as WebSocket, pieces: pieces(), end, stillSignedIn, clock, log: quiet, shown: ledger });
  const give = async (...some: LivePiece[]) => {
    waiting.push(...some);
    wake();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { line, clock, end, give, shown, looked };
}

test('a viewer gets the codec first, then the start, then pictures', async () => {
  const { line, give } = viewer();
  await give(init, fragment(1, true), fragment(2));
  expect(line.sent).toEqual([{ type: 'init', codec: 'avc1.42c01f', width: 640, height: 360 }, 0, 1, 2]);
});

test('a slow line is shown nothing until the next key frame that it has room for', async () => {
  const { line, give } = viewer();
  await give(init, fragment(1, true));
  line.bufferedAmount = 2 ** 21;
  await give(fragment(2), fragment(3));
  line.bufferedAmount = 0;
  await give(fragment(4));
  expect(line.sent.slice(2)).toEqual([1]);
  await give(fragment(5, true), fragment(6));
  expect(line.sent.slice(2)).toEqual([1, 5, 6]);
});

test('a line that takes nothing for a quarter of a minute is given up; one that drains goes on', async () => {
  const stuck = viewer();
  await stuck.give(init);
  stuck.line.bufferedAmount = 2 ** 21;
  await stuck.give(fragment(1, true));
  await stuck.clock.advance(seconds(16));
  await stuck.shown;
  expect(stuck.line.closed?.[0]).toBe(1000);

  const slow = viewer();
  await slow.give(init);
  slow.line.bufferedAmount = 2 ** 21;
  await slow.give(fragment(1, true));
  slow.line.bufferedAmount = 0;
  await slow.clock.advance(seconds(1));
  await vi.waitFor(() => expect(slow.line.sent.slice(2)).toEqual([1]), 20_000);
});

test('what is wrong with the camera is said with what to do, and the view stays', async () => {
  const { line, give } = viewer();
  await give({ kind: 'trouble', code: 'refused', detail: 'user or password' }, init);
  expect(line.sent[0]).toMatchObject({ type: 'trouble', code: 'device-refused', remedy: expect.stringContaining('settings') });
  expect(line.sent).toHaveLength(3);
  expect(line.closed).toBeUndefined();
});

test('who was shown a picture looked at it, from the first one on; who was shown none did not', async () => {
  const { give, looked, line, shown } = viewer();
  await give({ kind: 'trouble', code: 'silent', detail: 'no answer' }, init);
  expect(looked).toEqual([]);
  await give(fragment(1, true), fragment(2));
  expect(looked).toEqual(['began']);
  line.emit('close');
  await shown;
  expect(looked).toEqual(['began', 'ended']);
});

test('who signs out sees no more; who leaves ends the stream', async () => {
  const out = viewer(async () => false);
  await out.give(init);
  await out.clock.advance(seconds(3));
  await out.shown;
  expect(out.end.signal.aborted).toBe(true);

  const gone = viewer();
  await gone.give(init);
  gone.line.emit('close');
  await gone.shown;
  expect(gone.end.signal.aborted).toBe(true);
});

test('what repeats itself is named once, until it was quiet for a while', async () => {
  const clock = manualClock();
  const first = seldom(clock, seconds(10));
  expect([first('a'), first('a'), first('b')]).toEqual([true, false, true]);
  await clock.advance(9_999);
  expect(first('a')).toBe(false);
  await clock.advance(10_000);
  expect(first('a')).toBe(true);
});
