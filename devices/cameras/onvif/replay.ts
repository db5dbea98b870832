import { setTimeout as wait } from 'node:timers/promises';
import type { webRequest } from '../../web.ts';
import { child, readXml } from '../../xml.ts';
import { pathOf } from './soap.ts';

/** A camera that says again what a real one was recorded saying: each kind of request gets its answers in their order. */

export interface Recorded {
  readonly url: string;
  readonly soap_action: string;
  readonly response_status: number;
  readonly response: string;
}

export const readSession = (lines: string): Recorded[] =>
  lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Recorded);

const nameOf = (action: string): string => action.slice(action.lastIndexOf('/') + 1).replace(/Request$/, '');

export interface Replay {
  readonly send: typeof webRequest;
  /** Each request that came: its name and path. */
  readonly asked: { readonly name: string; readonly path: string }[];
  /** Resolves when every answer of the recording was given. */
  readonly over: Promise<void>;
}

/**
 * @param before answers to what the recording does not hold, by the name of the request; a SOAP body
 */
export function replay(session: readonly Recorded[], before: Readonly<Record<string, string>>): Replay {
  const left = new Map<string, Recorded[]>();
  for (const record of session) left.set(nameOf(record.soap_action), [...(left.get(nameOf(record.soap_action)) ?? []), record]);
  const asked: { name: string; path: string }[] = [];
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const end = (): void => {
    if ([...left.values()].every((records) => records.length === 0)) resolve();
  };
  const send: typeof webRequest = async (_door, { path, body, signal }) => {
    const read = readXml(String(body));
    const name = ('root' in read && child(read.root, 'Body')?.children[0]?.name) || '';
    asked.push({ name, path });
    const record = left.get(name)?.shift();
    end();
    if (!record && name === 'PullMessages') await wait(2 ** 30, undefined, signal ? { signal } : {});
    const text = record?.response ?? `<Envelope><Body>${before[name] ?? '<Nothing/>'}</Body></Envelope>`;
    return { status: record?.response_status ?? 200, headers: {}, challenges: [], body: Buffer.from(text) };
  };
  return { send, asked, over };
}

/** Where the recorded client found its pull points. */
export const eventPathOf = (session: readonly Recorded[]): string =>
  pathOf(session.find(({ soap_action: action }) => action.includes('CreatePullPoint'))?.url);
