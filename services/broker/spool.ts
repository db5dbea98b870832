import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openGroup } from '../group.ts';
import type { Log } from '../ports.ts';
import type { NewSignal } from '../store/signals.ts';
import { claim, filesIn, linesFor, linesOf, signalIn } from './spool-lines.ts';
import { openSpoolWriter } from './spool-writer.ts';

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
  /** Signals kept by this process, or found, that were not taken in yet. */
  readonly waiting: number;
  /**
   * Hands over what waits, oldest first. What was taken is forgotten only then, so a crash hands it over again. `take` gives back
   * what fits nowhere: somebody was told that it was heard, so it is kept in a file for people.
   * @throws what `take` throws; the rest waits on
   */
  takeIn(take: (signals: readonly NewSignal[]) => Promise<readonly NewSignal[]>): Promise<void>;
  /** Finds what came into the folder by another hand. */
  look(): Promise<void>;
  close(): Promise<void>;
}

const most = 500;

/** @param folder of this product alone; made when it is not there */
export async function openSpool(folder: string, log: Log): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const held = new Map<string, number>();
  const writer = openSpoolWriter(folder, held, log);
  let turn: Promise<unknown> = Promise.resolve();

  /** What is being written is not put away under the hand of the writer: it would be acknowledged and gone. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function look(): Promise<void> {
    // While nothing is written, what was written here is known.
    const names = await alone(() => filesIn(folder));
    for (const name of names) if (!held.has(name)) held.set(name, (await linesOf(join(folder, name))).length);
  }

  await look();
  const group = openGroup<NewSignal, void>({
    name: 'spool',
    write: (signals) => alone(() => writer.append(signals).then(() => signals.map(() => undefined))),
    most,
    soon: queueMicrotask,
    recordAway: () => true,
    log,
  });

  return {
    keep: (signal) => group.add(signal),
    get waiting() {
      return [...held.values()].reduce((all, lines) => all + lines, 0);
    },
    async takeIn(take) {
      const names = await alone(async () => {
        await writer.rotate();
        return claimAll(folder, held);
      });
      for (const name of names) {
        await takeFile(join(folder, name), take, log);
        held.delete(name);
      }
    },
    look,
    close: () => alone(writer.rotate),
  };
}

/** The files to take in, and how many lines each of them holds, as far as that is known. */
async function claimAll(folder: string, held: Map<string, number>): Promise<readonly string[]> {
  const claimed = new Map<string, number>();
  for (const name of await filesIn(folder)) {
    const now = await claim(folder, name);
    // One that another process left is counted as one signal until it is read.
    if (now !== undefined) claimed.set(now, held.get(name) ?? 1);
  }
  held.clear();
  for (const [name, lines] of claimed) held.set(name, lines);
  return [...claimed.keys()];
}

async function takeFile(path: string, take: Parameters<Spool['takeIn']>[0], log: Log): Promise<void> {
  const read = (await linesOf(path)).map(signalIn);
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
}
