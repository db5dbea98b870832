import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Duration, Instant } from './alarm/index.ts';
import type { Log } from './ports.ts';

/**
 * What the product's clock read, beside the machine's count since it was switched on, which no setting of a wall clock
 * touches. A process that starts again on the same machine knows from it how far the clock was set meanwhile.
 */
const keptSchema = z.object({ at: z.number(), uptime: z.number(), boot: z.string() });

/** Told apart on Linux alone; elsewhere nothing is known of the run before. */
const bootFile = '/proc/sys/kernel/random/boot_id';
const bootOf = async (): Promise<string | undefined> => (await readFile(bootFile, 'utf8').catch(() => undefined))?.trim();

const fileIn = (data: string): string => join(data, 'clock.json');

/** Notes what the clock reads; once is enough for as long as the process runs. Others may share the folder. */
export async function keepClock(data: string, now: Instant, log: Log): Promise<void> {
  const boot = await bootOf();
  if (boot === undefined) return;
  const part = `${fileIn(data)}.${randomUUID()}`;
  try {
    await writeFile(part, JSON.stringify({ at: now, uptime: uptime(), boot }));
    await rename(part, fileIn(data));
  } catch (error) {
    log.warn({ err: error }, 'The clock could not be noted; if it is set back before the next start, deadlines begin anew then');
    await rm(part, { force: true });
  }
}

/**
 * How far the clock stands behind that of the run before, in ms; negative where it stands before it. Undefined where
 * that is not known: on another machine, after it was switched off, or where nothing was noted.
 */
export async function setBackSince(data: string, now: Instant): Promise<Duration | undefined> {
  const text = await readFile(fileIn(data), 'utf8').catch(() => '{}');
  const kept = keptSchema.safeParse(parsed(text));
  if (!kept.success || kept.data.boot !== (await bootOf())) return undefined;
  const { at, uptime: then } = kept.data;
  return Math.round(at + (uptime() - then) * 1000 - now);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Cut short by whatever ended the run before: as good as not noted.
  }
}
