import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { idMaker } from '../store/ids.ts';
import type { NewSignal } from '../store/signals.ts';
import { ending, linesFor, standsAt } from './spool-lines.ts';

/** The end of a spool at which signals are added. One thing is asked of it at a time. */
export interface SpoolWriter {
  /**
   * Resolves once they are on the disk.
   * @throws what the file system says; what was written in part is then taken back
   */
  append(signals: readonly NewSignal[]): Promise<void>;
  /** What comes next goes into another file. */
  rotate(): Promise<void>;
}

interface Written {
  readonly name: string;
  readonly file: FileHandle;
  /** In bytes: as far as somebody was told that it was heard. */
  size: number;
}

/** A file is taken in as a whole, so it ends at this size; a string of half a gigabyte could not be made at all. */
const largest = 8 * 1024 * 1024;
/** Of its own: the names of files follow the machine's clock, everything else the product's. */
const nameAt = idMaker();

/** @param held how many lines each file holds, by its name; kept up to date */
export function openSpoolWriter(folder: string, held: Map<string, number>, log: Log): SpoolWriter {
  let written: Written | undefined;

  async function rotate(): Promise<void> {
    const full = written;
    written = undefined;
    await full?.file.close();
  }

  /** Nothing more is written into the file: after a failure nobody knows what its disk made of it. */
  async function undo({ name, file, size }: Written): Promise<void> {
    await file.truncate(size).finally(rotate);
    if (size === 0) await rm(join(folder, name), { force: true });
  }

  /** False where somebody takes in the file: what was added to it he may have read, or not. */
  async function added(signals: readonly NewSignal[]): Promise<boolean> {
    if (written !== undefined && written.size >= largest) await rotate();
    written ??= await create(folder);
    const { name, file } = written;
    const bytes = Buffer.from(linesFor(signals));
    const lines = (held.get(name) ?? 0) + signals.length;
    try {
      await file.appendFile(bytes);
      await file.datasync();
      if (!(await standsAt(join(folder, name)))) {
        held.delete(name);
        return false;
      }
    } catch (error) {
      // Some of it may stand there, and would be taken in as if somebody had been told that it was heard.
      await undo(written).catch((undoing: unknown) => {
        log.warn({ err: undoing, file: name }, 'what a disk took in part could not be taken back');
        held.set(name, lines);
      });
      throw error;
    }
    written.size += bytes.length;
    held.set(name, lines);
    return true;
  }

  return {
    async append(signals) {
      while (!(await added(signals))) await rotate();
    },
    rotate,
  };
}

async function create(folder: string): Promise<Written> {
  const name = `${nameAt(Date.now())}${ending}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(join(folder, name), 'ax', 0o600);
  try {
    await syncFolder(folder);
  } catch (error) {
    await file.close();
    throw error;
  }
  return { name, file, size: 0 };
}

/** A file is found again after a power cut only once its folder is on the disk, too. */
async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
