import { readdir, readFile } from 'node:fs/promises';
import type { NewSignal } from '../store/signals.ts';

/** The files of a spool: one JSON object a line. */
export const ending = '.jsonl';

/** The names begin with the time, so their order is that of the signals. */
export const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();

export async function linesOf(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
}

export const linesFor = (signals: readonly NewSignal[]): string => signals.map((signal) => `${JSON.stringify(asLine(signal))}\n`).join('');

const asLine = ({ raw, ...signal }: NewSignal): object =>
  raw === undefined ? signal : { ...signal, raw: Buffer.from(raw).toString('base64') };

export function signalIn(line: string): NewSignal | undefined {
  try {
    const { raw, ...signal } = JSON.parse(line) as Omit<NewSignal, 'raw'> & { readonly raw?: string };
    return raw === undefined ? signal : { ...signal, raw: Buffer.from(raw, 'base64') };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
