import { access, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mark } from '../../devices/driver.ts';
import { codeOf } from '../store/processes.ts';
import type { NewSignal } from '../store/signals.ts';

/** The files of a spool: one JSON object a line. */
export const ending = '.jsonl';
/** Of one that is being taken in. Nobody adds to it. */
const claimed = '.taken.jsonl';

/** The names begin with the time, so their order is that of the signals. */
export const filesIn = async (folder: string): Promise<readonly string[]> =>
  ((await unlessGone(readdir(folder))) ?? []).filter((name) => name.endsWith(ending)).sort();

/** What is not there, because another process was quicker, holds nothing. */
export async function linesOf(path: string): Promise<readonly string[]> {
  const text = await unlessGone(readFile(path, 'utf8'));
  return (text ?? '').split('\n').filter((line) => line !== '');
}

export const standsAt = async (path: string): Promise<boolean> => (await unlessGone(access(path).then(() => true))) ?? false;

/**
 * Takes a file out of the hands of whoever writes to it: he looks after each flush whether it still has its name, and adds what he
 * flushed to another file where it has not. So no process need know whether another one lives.
 * @returns its name from now on; undefined where another process was quicker
 */
export async function claim(folder: string, name: string): Promise<string | undefined> {
  if (name.endsWith(claimed)) return name;
  const now = `${name.slice(0, -ending.length)}${claimed}`;
  return unlessGone(rename(join(folder, name), join(folder, now)).then(() => now));
}

export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export const linesFor = (signals: readonly NewSignal[]): string => signals.map((signal) => `${JSON.stringify(asLine(signal))}\n`).join('');

/** A line always has `ours`, so that one of an older version is known by having none. */
const asLine = ({ raw, ours = {}, ...signal }: NewSignal): object => ({
  ...signal,
  ours,
  ...(raw === undefined ? {} : { raw: Buffer.from(raw).toString('base64') }),
});

export function signalIn(line: string): NewSignal | undefined {
  try {
    const { raw, ours: said, ...signal } = JSON.parse(line) as Omit<NewSignal, 'raw'> & { readonly raw?: string };
    const ours = said ?? oursBefore(signal);
    return {
      ...signal,
      ...(Object.keys(ours).length === 0 ? {} : { ours }),
      ...(raw === undefined ? {} : { raw: Buffer.from(raw, 'base64') }),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Until `ours` had a place of its own, what stands there stood in `data`. */
function oursBefore({ data }: Partial<Pick<NewSignal, 'data'>>): NonNullable<NewSignal['ours']> {
  const { firstOrders, mark } = data ?? {};
  return {
    ...(Array.isArray(firstOrders) ? { firstOrders: firstOrders.map(String) } : {}),
    ...(mark === undefined ? {} : { mark: mark as Mark }),
  };
}
