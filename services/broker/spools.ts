import type { Dirent } from 'node:fs';
import { mkdir, readdir, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Duration, seconds } from '../alarm/index.ts';
import type { Log } from '../ports.ts';
import { openSpool, type Spool } from './spool.ts';
import { filesIn, unlessGone } from './spool-lines.ts';

/** The spools of one broker. Each broker of a data folder has a folder of its own for them, named like it. */
export interface Spools {
  readonly calls: Spool;
  readonly answers: Spool;
  /** Shows the other brokers of the data folder that this one lives; asked for every few seconds. */
  mark(): Promise<void>;
  /**
   * Brings in what brokers left that show no sign of life, and what came into this broker's folder by another hand.
   * @param inTurn runs the work while no other broker does the same: an answer must not come to one, and its call to another
   */
  takeOver(inTurn: (work: () => Promise<void>) => Promise<void>): Promise<void>;
}

const kinds = ['calls', 'answers'] as const;
/** By the machine's clock, as the file system tells it; longer than a network disk may show what is past. */
const gone: Duration = seconds(120);

/** @param place the folder `spool` of the data folder */
export async function openSpools(place: string, brokerId: string, log: Log): Promise<Spools> {
  const own = join(place, brokerId);
  const [calls, answers] = [await openSpool(join(own, 'calls'), log), await openSpool(join(own, 'answers'), log)];

  async function mark(): Promise<void> {
    const now = new Date();
    await mkdir(own, { recursive: true, mode: 0o700 });
    await utimes(own, now, now);
  }

  /** Before each broker had a folder of its own, the files lay where those folders are now. */
  async function left(): Promise<readonly string[]> {
    const folders = (await readdir(place, { withFileTypes: true })).filter(isOther).map(({ name }) => join(place, name));
    const owners: string[] = [];
    for (const owner of [place, ...folders]) if (await isLeft(owner)) owners.push(owner);
    return owners;
  }
  const isOther = (entry: Dirent) => entry.isDirectory() && entry.name !== brokerId;

  /** Should its broker live after all, then it finds that its file has gone from its place, and keeps what it flushed in another. */
  async function bring(owner: string): Promise<void> {
    for (const kind of kinds) {
      await mkdir(join(own, kind), { recursive: true, mode: 0o700 });
      for (const name of await filesIn(join(owner, kind))) await unlessGone(rename(join(owner, kind, name), join(own, kind, name)));
    }
    log.warn({ from: owner }, 'a broker that shows no sign of life left signals on the disk; this one takes them in');
  }

  await mark();
  return {
    calls,
    answers,
    mark,
    async takeOver(inTurn) {
      const bringAll = async () => {
        for (const owner of await left()) await bring(owner);
      };
      if ((await left()).length > 0) await inTurn(bringAll);
      await calls.look();
      await answers.look();
    },
  };
}

/** Whether signals wait there, and nobody has touched anything for long. */
async function isLeft(owner: string): Promise<boolean> {
  const files: string[] = [];
  for (const kind of kinds) for (const name of await filesIn(join(owner, kind))) files.push(join(owner, kind, name));
  const touched = await Promise.all([owner, ...files].map((path) => unlessGone(stat(path))));
  return files.length > 0 && touched.every((found) => (found?.mtimeMs ?? 0) <= Date.now() - gone);
}
