import { publicJwk } from '../../signing.ts';
import type { Db } from '../../store/connect.ts';
import { auditHash, auditHead, lastEntry, noted, type TimelineHead, writtenTo } from '../../store/heads.ts';
import { listSigningKeys, type StoredSigningKey } from '../../store/signing-keys.ts';
import { readLines } from './file.ts';
import { isSigned, type Line } from './line.ts';

/** What does not fit between the record and the file of heads. `from` and `to` are rows of the audit trail or entries of a timeline. */
export type HeadFault =
  | { readonly what: 'file'; readonly why: 'gone' | 'cut' }
  | { readonly what: 'line'; readonly line: number; readonly why: 'out-of-place' | 'signature-wrong' | 'key-unknown' | 'key-retired' }
  | { readonly what: 'audit'; readonly why: 'cut' | 'rewritten'; readonly from: number; readonly to: number; readonly notedAt: string }
  | {
      readonly what: 'incident';
      readonly why: 'cut' | 'rewritten' | 'gone';
      readonly id: string;
      readonly number: number;
      readonly from: number;
      readonly to: number;
      readonly notedAt: string;
    };

export interface HeadsReport {
  readonly file: string;
  readonly lines: number;
  /** Lines that cannot be read, as a power cut while writing leaves one. A line that was spoilt later shows in the line after it. */
  readonly unreadable: readonly number[];
  /** When the first and the last of them were written. */
  readonly from?: string;
  readonly to?: string;
  readonly faults: readonly HeadFault[];
}

/** Compares the record with what was noted of it, line by line. @returns undefined where nothing was ever noted */
export async function compareHeads(db: Db, file: string): Promise<HeadsReport | undefined> {
  const written = await writtenTo(db, file);
  const lines = await readLines(file);
  if (!lines) {
    if (!written || written.lines === 0) return undefined;
    return { file, lines: 0, unreadable: [], faults: [{ what: 'file', why: 'gone' }] };
  }
  const keys = new Map((await listSigningKeys(db)).map((key) => [key.kid, key]));
  const audit = openAudit(db);
  const timelines = openTimelines(db);
  const faults: HeadFault[] = [];
  const unreadable: number[] = [];
  let [count, from, last]: [number, string | undefined, Line | undefined] = [0, undefined, undefined];
  let whole = !written || written.lines === 0;
  for await (const { number, line } of lines) {
    count += 1;
    if (!line) {
      unreadable.push(number);
      continue;
    }
    const flaw = flawOf(line, keys.get(line.kid));
    if (flaw) faults.push({ what: 'line', line: number, why: flaw });
    if (line.note.prev !== (last?.hash ?? '')) faults.push({ what: 'line', line: number, why: 'out-of-place' });
    if (flaw !== 'signature-wrong') {
      await audit.look(line);
      await timelines.look(line);
    }
    from ??= line.note.at;
    whole ||= line.hash === written?.last;
    last = line;
  }
  if (!whole) faults.push({ what: 'file', why: 'cut' });
  return {
    file,
    lines: count,
    unreadable,
    ...(from === undefined ? {} : { from }),
    ...(last === undefined ? {} : { to: last.note.at }),
    faults: [...faults, ...(await audit.faults()), ...(await timelines.faults())],
  };
}

function flawOf(line: Line, key: StoredSigningKey | undefined): Extract<HeadFault, { what: 'line' }>['why'] | undefined {
  if (key === undefined) return 'key-unknown';
  if (!isSigned(line, publicJwk(key.publicKey))) return 'signature-wrong';
  return key.retiredAt !== undefined && Date.parse(line.note.at) > key.retiredAt ? 'key-retired' : undefined;
}

/** What was noted last and fits, and the first that does not. */
interface Seen {
  good: number;
  rewritten?: { readonly to: number; readonly notedAt: string };
  cut?: { readonly to: number; readonly notedAt: string };
}

function judge(seen: Seen, to: number, notedAt: string, wanted: string, found: string | undefined): void {
  if (found === wanted) seen.good = Math.max(seen.good, to);
  else if (found === undefined) seen.cut = { to: Math.max(to, seen.cut?.to ?? 0), notedAt };
  else seen.rewritten ??= { to, notedAt };
}

function openAudit(db: Db) {
  const seen: Seen = { good: 0 };
  return {
    async look({ note: { audit, at } }: Line): Promise<void> {
      if (audit) judge(seen, audit.seq, at, audit.hash, await auditHash(db, audit.seq));
    },
    async faults(): Promise<HeadFault[]> {
      const end = seen.cut && ((await auditHead(db))?.seq ?? 0);
      return faultsOf(seen, end).map((fault) => ({ what: 'audit', ...fault }));
    },
  };
}

function openTimelines(db: Db) {
  const all = new Map<string, Seen & { readonly number: number; gone?: boolean }>();
  const seenOf = ({ id, number }: TimelineHead) => {
    const seen = all.get(id) ?? { number, good: 0 };
    all.set(id, seen);
    return seen;
  };
  return {
    async look({ note: { incidents, at } }: Line): Promise<void> {
      const found = await noted(db, incidents);
      for (const head of incidents) {
        const seen = seenOf(head);
        if (!found.has(head.id)) seen.gone = true;
        judge(seen, head.entries, at, head.head, found.get(head.id)?.hash);
      }
    },
    async faults(): Promise<HeadFault[]> {
      const faults: HeadFault[] = [];
      for (const [id, seen] of all) {
        const of = { what: 'incident', id, number: seen.number } as const;
        const end = seen.cut && !seen.gone ? await lastEntry(db, id) : undefined;
        if (seen.gone && seen.cut) faults.push({ ...of, why: 'gone', from: 1, ...seen.cut });
        else faults.push(...faultsOf(seen, end).map((fault) => ({ ...of, ...fault })));
      }
      return faults;
    },
  };
}

/** @param end the last row that there is */
function faultsOf({ good, rewritten, cut }: Seen, end: number | undefined) {
  return [
    ...(rewritten ? [{ why: 'rewritten' as const, from: good + 1, ...rewritten }] : []),
    // A row that is missing before the end is named by the chain itself.
    ...(cut && end !== undefined && end < cut.to ? [{ why: 'cut' as const, from: end + 1, ...cut }] : []),
  ];
}
