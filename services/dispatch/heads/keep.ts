import { randomUUID } from 'node:crypto';
import { type Duration, hours, type Instant, minutes, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { messageOf } from '../../log.ts';
import type { Clock, Log } from '../../ports.ts';
import type { SigningKeys } from '../../signing.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { auditHead, claimHeadFile, letGoOfHeadFile, noteWritten, timelineHeads, type Written } from '../../store/heads.ts';
import { codeOf } from '../../store/processes.ts';
import { append, readLines, readTail, type Tail } from './file.ts';
import { lineHash, type Note, writeLine } from './line.ts';

export interface HeadsDeps {
  /** `store.routine` */
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: Pick<SigningKeys, 'inUse'>;
  /** See headsFile. */
  readonly file: string;
}

export interface Heads {
  /** Why they are not noted, or what became of the file, in words that may be shown to anybody. */
  obstacle(): Promise<string | undefined>;
  close(): Promise<void>;
}

const each: Duration = hours(1);
/** Of processes that share a file the first writes; the others find it fresh. */
const fresh: Duration = each - minutes(5);
const lease: Duration = minutes(5);
/** An entry bears the time of its decision and is seen at its commit. */
const lateCommits: Duration = minutes(10);
const inOneLine = 500;

/** Hourly notes the signed heads of all chains outside the record. Nothing waits for it, and nothing fails with it. */
export function keepHeads(deps: HeadsDeps): Heads {
  const { db, clock, log } = deps;
  const holder = randomUUID();
  let [trouble, lost]: (string | undefined)[] = [];
  let underWay: Promise<void> | undefined;
  let since: Instant = 0;

  const write = async (): Promise<void> => {
    const written = await claimHeadFile(db, deps.file, holder, clock.now(), lease);
    if (!written) return;
    try {
      const tail = await readTail(deps.file);
      const gone = (await reaches(deps.file, written, tail)) ? undefined : written;
      if (gone || !isFresh(tail, clock.now())) await writeHour(deps, tail, written, gone);
      if (gone) lost = await tellLoss(deps, gone);
    } finally {
      await letGoOfHeadFile(db, deps.file, holder);
    }
  };
  const turn = (): Promise<void> => {
    if (underWay) return underWay;
    since = clock.now();
    underWay = write()
      .then(() => {
        trouble = undefined;
      })
      .catch((error: unknown) => {
        trouble = `the heads of the chains cannot be noted: ${reasonOf(error)}; it is tried again within the hour`;
        log.error({ err: error, file: deps.file }, 'the heads of the chains were not noted');
      })
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
  const timers = [clock.after('heads, first', 0, turn), clock.every('heads', each, turn)];
  return {
    async obstacle() {
      if (underWay && clock.now() - since > lease) return 'the disk with the heads of the chains does not answer';
      return trouble ?? lost;
    },
    async close() {
      for (const timer of timers) timer.stop();
      await underWay;
    },
  };
}

const isFresh = (tail: Tail | undefined, now: Instant): boolean =>
  tail?.ended === true && tail.last !== undefined && !tail.last.note.more && Math.abs(now - Date.parse(tail.last.note.at)) < fresh;

/** Whether what was written is still in the file. More may be: a line just before a sudden end, or what an older record does not know of. */
async function reaches(file: string, { lines, last }: Written, tail: Tail | undefined): Promise<boolean> {
  if (lines === 0 || tail?.last?.hash === last) return true;
  for await (const { line } of (await readLines(file)) ?? []) if (line?.hash === last) return true;
  return false;
}

async function tellLoss({ db, clock, log, file }: HeadsDeps, gone: Written): Promise<string> {
  log.error({ file, ...gone }, 'the file of heads is gone or does not end as it was left; all heads are noted anew');
  await audit(db, { at: clock.now(), by: 'heads', act: 'heads.lost', subject: 'heads', data: { file, ...gone } });
  return `the file of heads was gone or cut at ${rfc3339(clock.now())}; all heads are noted anew, and those of before stand in copies only`;
}

async function writeHour(deps: HeadsDeps, tail: Tail | undefined, before: Written, gone: Written | undefined): Promise<void> {
  const { db, clock, file } = deps;
  // The time before the key: a line that is dated after its key was retired would look forged.
  const at = clock.now();
  const signer = await deps.keys.inUse();
  const from = gone ? undefined : fromOf(tail);
  const first = await auditHead(db);
  let prev = tail?.last?.hash ?? '';
  let lines = before.lines;
  let after = 0;
  if (tail?.ended === false) await append(file, '\n');
  for (let more = true; more; ) {
    const incidents = await timelineHeads(db, from, after, inOneLine);
    more = incidents.length === inOneLine;
    const note: Omit<Note, 'form'> = {
      at: rfc3339(at),
      ...(from === undefined ? {} : { from: rfc3339(from) }),
      prev,
      ...(first === undefined ? {} : { audit: first }),
      incidents,
      more,
      ...(gone === undefined ? {} : { lost: { lines: gone.lines, last: gone.last } }),
    };
    const text = writeLine(note, signer);
    await append(file, `${text}\n`);
    [prev, lines, after] = [lineHash(text), lines + 1, incidents.at(-1)?.number ?? 0];
    await noteWritten(db, file, { lines, last: prev });
  }
}

/** An hour that was broken off is begun again from where it began. */
function fromOf(tail: Tail | undefined): Instant | undefined {
  if (!tail?.last) return undefined;
  const { at, from, more } = tail.last.note;
  if (more) return from === undefined ? undefined : Date.parse(from);
  return Date.parse(at) - lateCommits;
}

/** Without a path: anybody may read it. */
const reasonOf = (error: unknown): string => (error instanceof Fault ? messageOf(error) : (codeOf(error) ?? 'see the log'));
