import { sha256OfText } from './hashing.ts';
import { parsed } from './manifest.ts';
import type { Fault, Source } from './report.ts';

/** The chain of a timeline, recomputed from its words. */

interface Entry {
  readonly incidentId: string;
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly text: string;
  readonly reason: string | null;
  readonly by: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly prev: string;
  readonly hash: string;
}

export interface Timeline {
  readonly faults: readonly Fault[];
  readonly entries: number;
  /** The pictures and recordings that it names, by id. */
  readonly footage: ReadonlyMap<string, Told>;
}

/** What a timeline says of a picture or a recording. */
export interface Told {
  readonly entry: number;
  readonly sha256?: string;
}

/** @param end what the manifest says of it */
export async function checkTimeline(
  source: Source,
  file: { readonly start: number; readonly end: number },
  incidentId: string,
  end: { readonly entries: number; readonly head: string },
): Promise<Timeline> {
  const faults: Fault[] = [];
  const footage = new Map<string, Told>();
  let [prev, seq, entries]: [string | undefined, number, number] = ['', 0, 0];
  for await (const line of linesOf(source, file)) {
    const entry = parsed(line);
    if (!isEntry(entry)) {
      faults.push({ code: 'timeline-unreadable', entry: seq + 1 });
      [prev, seq, entries] = [undefined, seq + 1, entries + 1];
      continue;
    }
    for (let gone = seq + 1; gone < entry.seq && gone - seq <= mostNamed; gone += 1) faults.push({ code: 'entry-missing', entry: gone });
    const follows = entry.seq === seq + 1;
    if (entry.seq <= seq || (follows && prev !== undefined && entry.prev !== prev))
      faults.push({ code: 'entry-out-of-place', entry: entry.seq });
    else if (entry.incidentId !== incidentId || (await hashOf(entry)) !== entry.hash)
      faults.push({ code: 'entry-changed', entry: entry.seq });
    const { footageId, sha256 } = entry.data;
    if (typeof footageId === 'string' && typeof sha256 === 'string') footage.set(footageId, { entry: entry.seq, sha256 });
    else if (typeof footageId === 'string' && !footage.has(footageId)) footage.set(footageId, { entry: entry.seq });
    [prev, seq, entries] = [entry.hash, Math.max(seq, entry.seq), entries + 1];
  }
  if (entries !== end.entries || (prev !== undefined && prev !== end.head)) faults.push({ code: 'timeline-end', entry: entries + 1 });
  return { faults, entries, footage };
}

/** Of one gap. */
const mostNamed = 1000;

/** SHA-256 over the JSON of these fields, names in order (after RFC 8785). */
function hashOf({ incidentId, seq, at, kind, text, reason, by, data, prev }: Entry): Promise<string> {
  return sha256OfText(JSON.stringify(inOrder([incidentId, seq, at, kind, text, reason, by, data, prev])));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, inner]) => [name, inOrder(inner)]));
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, data, reason, by, ...texts } = value as Readonly<Record<string, unknown>>;
  const told = ['incidentId', 'at', 'kind', 'text', 'prev', 'hash'].every((name) => typeof texts[name] === 'string');
  const maybe = [reason, by].every((text) => text === null || typeof text === 'string');
  return told && maybe && Number.isInteger(seq) && typeof data === 'object' && data !== null;
}

const piece = 2 ** 20;

async function* linesOf(source: Source, { start, end }: { readonly start: number; readonly end: number }): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (let at = start; at < end; at += piece) {
    const last = at + piece >= end;
    const lines = (rest + decoder.decode(await source.read(at, Math.min(at + piece, end)), { stream: !last })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
