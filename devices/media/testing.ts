import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { testPicture } from './commands.ts';
import { candidates, type Ffmpeg, findFfmpeg } from './ffmpeg.ts';
import { type Pictures, splitPictures } from './h264.ts';
import type { Pause } from './media.ts';
import { runOnce } from './run.ts';

/** What the tests of this room share. */

/** The ffmpeg of this machine; tests that need one are skipped without. */
export async function ffmpegHere(): Promise<Ffmpeg | undefined> {
  const found = await findFfmpeg(candidates(process.env['FFMPEG_BIN']));
  if (found.ok) return found.ffmpeg;
  console.log(`skipped: ${found.why}`);
  return undefined;
}

/** ffmpeg's test picture, 320 by 180 at 25 a second, a key frame every 2 s; four seconds to be looped. */
export async function testPictures({ program }: Ffmpeg): Promise<Pictures> {
  const bytes = await runOnce(program, testPicture(320, 180, 25, 100), { largest: 64e6, milliseconds: 60_000 });
  return { framesPerSecond: 25, list: splitPictures(bytes) };
}

/** Bytes in the form of H.264 that no decoder would take: enough for what only carries them. */
export const pretendedPictures: Pictures = {
  framesPerSecond: 25,
  list: Array.from({ length: 50 }, (_, index) => ({
    key: index === 0,
    units:
      index === 0
        ? [Uint8Array.of(0x67, 0x42, 0xc0, 0x1f), Uint8Array.of(0x68, 0xce), new Uint8Array(4000).fill(0x65)]
        : [new Uint8Array(300).fill(0x61)],
  })),
};

export const silentLog = { info: () => undefined, warn: () => undefined };

/** Waiting that a test ends itself: the last one asked for, or all of them. */
export function handPause(): {
  readonly pause: Pause;
  readonly asked: number[];
  readonly go: () => void;
  readonly all: () => (() => void)[];
} {
  const asked: number[] = [];
  const ends: (() => void)[] = [];
  const pause: Pause = (milliseconds, signal) => {
    asked.push(milliseconds);
    return new Promise((resolve) => {
      ends.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  };
  return { pause, asked, go: () => ends.at(-1)?.(), all: () => [...ends] };
}

/** A program of this product that watches one camera, to be killed. Says `ffmpeg PID` when pictures come. */
export function startWatcher(url: string): { readonly kill: () => void; readonly ffmpeg: Promise<number> } {
  const child = spawn(process.execPath, [fileURLToPath(new URL('testing-watcher.ts', import.meta.url)), url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('exit', () => reject(new Error('the watcher ended')));
  child.stdout.on('data', (text: Buffer) => resolve(Number(text.toString().trim())));
  return { kill: () => void child.kill('SIGKILL'), ffmpeg: promise };
}
