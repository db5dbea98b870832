import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Trouble } from '../driver.ts';
import { retime } from './boxes.ts';
import { plainFile } from './commands.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { Clip, ClipWanted, Pause } from './media.ts';
import type { Kept } from './ring.ts';
import { runOnce } from './run.ts';
import type { CameraStream } from './stream.ts';

export interface ClipGive {
  readonly ffmpeg: () => Promise<Ffmpeg>;
  readonly now: () => number;
  readonly pause: Pause;
}

/** Fragments come up to their own length late, and over a slow network later still. */
const patience = 3000;
/** A break between two fragments beyond what jitter makes. */
const gapAfter = 1000;

interface Written {
  readonly first: Kept;
  last: Kept;
  gaps: number;
}

/**
 * Writes what the ring holds from `from` on and what follows until `to`, as it comes; then puts the index at the front
 * (ISO/IEC 14496-12, `moov` before `mdat`), so that every player takes it. The caller holds the stream meanwhile.
 * @throws Trouble when no picture came at all; the signal's reason when aborted
 */
export async function writeClip(stream: CameraStream, wanted: ClipWanted, give: ClipGive): Promise<Clip> {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(wanted.name)) throw new Trouble('misconfigured', 'name of a clip');
  await mkdir(wanted.folder, { recursive: true });
  const path = (ending: string): string => join(wanted.folder, `${wanted.name}.${ending}`);
  const raw = path('raw.part');
  try {
    const written = await record(stream, wanted, raw, give);
    const done = await makePlain(raw, path('mp4.part'), give);
    const sha256 = await hashOf(done);
    await rename(done, path('mp4'));
    const { first, last, gaps } = written;
    return {
      file: path('mp4'),
      bytes: (await stat(path('mp4'))).size,
      sha256,
      from: first.at,
      to: last.until,
      codec: first.init.codec,
      gaps,
    };
  } finally {
    await rm(raw, { force: true });
    await rm(path('mp4.part'), { force: true });
  }
}

async function record(stream: CameraStream, wanted: ClipWanted, raw: string, give: ClipGive): Promise<Written> {
  const arrived = openArrivals(stream, wanted, give);
  const file = await open(raw, 'w');
  try {
    let written: Written | undefined;
    for await (const piece of arrived) {
      // Another picture size or codec cannot stand in one plain file: what came before it is kept.
      if (written && piece.init !== written.first.init) {
        written.gaps += 1;
        break;
      }
      if (written && piece.at - written.last.until > gapAfter) written.gaps += 1;
      written ??= { first: piece, last: piece, gaps: 0 };
      written.last = piece;
      await append(file, piece, written.first);
    }
    if (!written) throw stream.trouble ?? new Trouble('silent', 'no picture came in the time of the clip');
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
}

async function append(file: FileHandle, piece: Kept, first: Kept): Promise<void> {
  if (piece === first) await file.writeFile(first.init.bytes);
  await file.writeFile(retime(piece.bytes, piece.start - first.start));
}

/** The pieces of the clip in order, until `to` is reached or nothing more comes. */
async function* openArrivals(stream: CameraStream, wanted: ClipWanted, give: ClipGive): AsyncGenerator<Kept, void, undefined> {
  const waiting = [...stream.since(wanted.from)];
  let wake = (): void => undefined;
  const deaf = stream.listen((piece) => {
    waiting.push(piece);
    wake();
  });
  const over = new AbortController();
  const signal = wanted.signal ? AbortSignal.any([wanted.signal, over.signal]) : over.signal;
  let late = false;
  const deadline = give.pause(Math.max(0, wanted.to - give.now()) + patience, signal).then(() => {
    late = true;
    wake();
  });
  try {
    for (;;) {
      wanted.signal?.throwIfAborted();
      const piece = waiting.shift();
      if (piece && piece.at < wanted.to) yield piece;
      if (piece ? piece.until >= wanted.to : late) return;
      if (waiting.length === 0 && !late) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    deaf();
    over.abort();
    await deadline;
  }
}

const largestLog = 65_536;

/** @returns the file to keep: fragments are kept as they are where they could not be put together */
async function makePlain(raw: string, plain: string, give: ClipGive): Promise<string> {
  try {
    const { program } = await give.ffmpeg();
    await runOnce(program, plainFile(raw, plain), { largest: largestLog, milliseconds: 60_000 });
    const file = await open(plain, 'r+');
    await file.sync().finally(() => file.close());
    return plain;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return raw;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
