import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openGroup } from '../group.ts';
import type { Log } from '../ports.ts';
import { idMaker } from '../store/ids.ts';
import type { NewSignal } from '../store/signals.ts';

/**
 * Where signals wait while the record takes none: files of one JSON object a line, flushed before anybody is told that the
 * signal was heard, and read again by whichever process of this folder finds the record back.
 */
export interface Spool {
  /**
   * Resolves once the signal is on the disk.
   * @throws what the file system says; the signal is then not kept
   */
  keep(signal: NewSignal): Promise<void>;
  /** Signals kept by this process, or found at its start, that were not taken in yet. */
  readonly waiting: number;
  /**
   * Hands over what waits, oldest first. What was taken is forgotten only then, so a crash hands it over again. `take` gives back
   * what fits nowhere: somebody was told that it was heard, so it is kept in a file for people.
   * @throws what `take` throws; the rest waits on
   */
  takeIn(take: (signals: readonly NewSignal[]) => Promise<readonly NewSignal[]>): Promise<void>;
  close(): Promise<void>;
}

const ending = '.jsonl';
const most = 500;
/** Of its own: the names of files follow the machine's clock, everything else the product's. */
const nameAt = idMaker();

/** @param folder of this product alone; made when it is not there */
export async function openSpool(folder: string, log: Log): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let waiting = 0;
  for (const name of await filesIn(folder)) waiting += (await linesOf(join(folder, name))).length;
  let file: FileHandle | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** What is being written is not put away under the hand of the writer: it would be acknowledged and gone. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function rotate(): Promise<void> {
    const full = file;
    file = undefined;
    await full?.close();
  }

  async function append(signals: readonly NewSignal[]): Promise<readonly undefined[]> {
    try {
      file ??= await create(folder);
      await file.appendFile(linesFor(signals));
      await file.datasync();
    } catch (error) {
      // Half a line may stand at the end of it: nothing more is written behind that.
      await rotate().catch((closing: unknown) => log.debug({ err: closing }, 'a spool file could not be closed'));
      throw error;
    }
    waiting += signals.length;
    return signals.map(() => undefined);
  }

  const group = openGroup<NewSignal, void>({
    name: 'spool',
    write: (signals) => alone(() => append(signals)),
    most,
    soon: queueMicrotask,
    recordAway: () => true,
    log,
  });

  return {
    keep: (signal) => group.add(signal),
    get waiting() {
      return waiting;
    },
    async takeIn(take) {
      const names = await alone(async () => {
        await rotate();
        return filesIn(folder);
      });
      for (const name of names) {
        const taken = await takeFile(join(folder, name), take, log);
        waiting = Math.max(0, waiting - taken);
      }
    },
    close: () => alone(rotate),
  };
}

/** How many lines it held. */
async function takeFile(path: string, take: Parameters<Spool['takeIn']>[0], log: Log): Promise<number> {
  const lines = await linesOf(path);
  const read = lines.map(signalIn);
  const signals = read.filter((signal) => signal !== undefined);
  const unfit: NewSignal[] = [];
  for (let from = 0; from < signals.length; from += most) unfit.push(...(await take(signals.slice(from, from + most))));
  if (unfit.length > 0) {
    await writeFile(`${path}.unfit`, linesFor(unfit), { mode: 0o600, flush: true });
    log.error(
      { file: `${path}.unfit`, signals: unfit.length },
      'signals that were kept fit no record; whoever looks into it finds them there',
    );
  }
  // The last line may have been cut off by a crash, before anybody was told that it was heard.
  const damaged = read.slice(0, -1).some((signal) => signal === undefined);
  if (damaged) {
    log.error({ file: `${path}.damaged` }, 'a spool file holds lines that cannot be read; it is kept for whoever looks into it');
    await rename(path, `${path}.damaged`);
  } else {
    await rm(path, { force: true });
  }
  return lines.length;
}

/** The names begin with the time, so their order is that of the signals. */
const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();

async function create(folder: string): Promise<FileHandle> {
  const file = await open(join(folder, `${nameAt(Date.now())}${ending}`), 'ax', 0o600);
  // A file is found again after a power cut only once its folder is on the disk, too.
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
  return file;
}

async function linesOf(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
}

const linesFor = (signals: readonly NewSignal[]): string => signals.map((signal) => `${JSON.stringify(asLine(signal))}\n`).join('');

const asLine = ({ raw, ...signal }: NewSignal): object =>
  raw === undefined ? signal : { ...signal, raw: Buffer.from(raw).toString('base64') };

function signalIn(line: string): NewSignal | undefined {
  try {
    const { raw, ...signal } = JSON.parse(line) as Omit<NewSignal, 'raw'> & { readonly raw?: string };
    return raw === undefined ? signal : { ...signal, raw: Buffer.from(raw, 'base64') };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
