import { subscribe } from 'node:diagnostics_channel';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { channelOf, failpoints } from '../../services/failpoint.ts';
import { type Step, trapFolders, trapVariable } from './trap.ts';

/**
 * Loaded into a process of the product by `--import`: ends or freezes it at the failpoint that stands next in the trap's
 * folder. A step is taken by renaming its file, so of several processes with one trap one alone is hit.
 */
const folder = process.env[trapVariable];
if (folder !== undefined) {
  const { waiting, passed } = trapFolders(folder);
  for (const name of failpoints) {
    subscribe(channelOf(name), () => {
      const [file] = readdirSync(waiting).toSorted();
      const [, point, signal] = file?.split('.') ?? [];
      if (file === undefined || point !== name || !taken(join(waiting, file), join(passed, file))) return;
      process.kill(process.pid, signal as Step['signal']);
    });
  }
}

function taken(from: string, to: string): boolean {
  try {
    writeFileSync(from, JSON.stringify({ pid: process.pid, at: Date.now() }), { flag: 'r+' });
    renameSync(from, to);
    return true;
  } catch (error) {
    // Another process of this trap passed the same instant first.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
