import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Settings } from '../../../config/schema.ts';
import { codeOf } from '../../store/processes.ts';
import { type Line, readLine } from './line.ts';

/** Where the heads are noted: a file of lines that is only ever added to. */
export const headsFile = ({ data, heads }: Pick<Settings, 'data' | 'heads'>): string => resolve(data, heads.file ?? 'heads.jsonl');

export interface Tail {
  /** The last line that can be read. */
  readonly last?: Line;
  /** It ends with a whole line. */
  readonly ended: boolean;
}

/** Several times the longest line. */
const tailBytes = 2 ** 20;

/** The end of a file; undefined where there is none, or an empty one. */
export async function readTail(path: string): Promise<Tail | undefined> {
  const file = await openFile(path, 'r');
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    if (size === 0) return undefined;
    const length = Math.min(size, tailBytes);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const texts = buffer.toString('utf8').split('\n');
    const last = texts.map(readLine).findLast((line) => line !== undefined);
    return { ...(last === undefined ? {} : { last }), ended: texts.at(-1) === '' };
  } finally {
    await file.close();
  }
}

/** Adds to the file and resolves once it is on the disk. The folder must be there: one that a mount left empty is not made anew. */
export async function append(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o640);
  try {
    await file.writeFile(text, 'utf8');
    await file.datasync();
  } finally {
    await file.close();
  }
}

export interface NumberedLine {
  /** Counts from 1. */
  readonly number: number;
  /** Absent for what cannot be read. */
  readonly line?: Line;
}

/** Every line, first to last; undefined where there is no file. */
export async function readLines(path: string): Promise<AsyncGenerator<NumberedLine> | undefined> {
  const file = await openFile(path, 'r');
  if (!file) return undefined;
  await file.close();
  return linesOf(path);
}

async function* linesOf(path: string): AsyncGenerator<NumberedLine> {
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text === '') continue;
    const line = readLine(text);
    yield { number, ...(line === undefined ? {} : { line }) };
  }
}

async function openFile(path: string, flags: string) {
  try {
    return await open(path, flags);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
