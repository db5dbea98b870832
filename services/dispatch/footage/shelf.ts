import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { dirname, join, resolve as resolvePath, sep } from 'node:path';
import { codeOf } from '../../store/processes.ts';

/** The files of incidents' footage: `<incident id>/<footage id>.<jpg|mp4>` below one folder, never changed once written. */
export interface Shelf {
  /** `full`: less is free than the settings ask; pictures are small and still taken. `none`: nothing at all is written. */
  room(): Promise<'enough' | 'full' | 'none'>;
  /** In words that may be shown to anybody; undefined while there is room. */
  obstacle(): Promise<string | undefined>;
  folderOf(incidentId: string): string;
  /** Writes a file to the disk before it answers. */
  put(incidentId: string, name: string, bytes: Uint8Array): Promise<{ readonly file: string; readonly sha256: string }>;
  /** Undefined where the file is not there, or not in the folder. @param part the first and last byte */
  read(file: string, part: { readonly start: number; readonly end: number }): Promise<ReadStream | undefined>;
  /** A file that is not there is no fault. */
  remove(file: string): Promise<void>;
}

const mebibyte = 2 ** 20;
/** What PostgreSQL needs to go on (see store/writable.ts), four times over. */
const neverBelow = 128 * mebibyte;

/** @param leastFree in MiB */
export function openShelf(folder: string, leastFree: number): Shelf {
  const free = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(await nearestFolder(folder));
    return bavail * bsize;
  };
  const room: Shelf['room'] = async () => {
    const left = await free();
    if (left < neverBelow) return 'none';
    return left < leastFree * mebibyte ? 'full' : 'enough';
  };
  // The names are our own, but they come back from the record, and whoever could write there must not reach the rest of the disk.
  const within = (file: string): boolean => resolvePath(folder, file).startsWith(`${resolvePath(folder)}${sep}`);
  return {
    room,
    async obstacle() {
      if ((await room()) === 'enough') return undefined;
      return `recordings have stopped: ${Math.floor((await free()) / mebibyte)} MiB are free on their disk; alarms go on`;
    },
    folderOf: (incidentId) => join(folder, incidentId),
    async put(incidentId, name, bytes) {
      const file = join(incidentId, name);
      await mkdir(join(folder, incidentId), { recursive: true });
      const handle = await open(join(folder, file), 'wx', 0o640);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
    },
    async read(file, part) {
      if (!within(file)) return undefined;
      const stream = createReadStream(join(folder, file), part);
      const { promise, resolve, reject } = Promise.withResolvers<ReadStream | undefined>();
      stream.once('open', () => resolve(stream));
      stream.once('error', (error) => (codeOf(error) === 'ENOENT' ? resolve(undefined) : reject(error)));
      return promise;
    },
    remove: async (file) => {
      if (within(file)) await rm(join(folder, file), { force: true });
    },
  };
}

/** The folder is made with the first file; until then its disk is that of the folder above. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    await statfs(folder);
    return folder;
  } catch (error) {
    const above = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || above === folder) throw error;
    return nearestFolder(above);
  }
}
