import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Outcome, Sheet } from './outcome.ts';

/** docs/benchmarks.md: text by hand, figures by this file alone, each bench between markers of its own. */
const page = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md');

/** How the machine stood before the bench began. */
export interface Conditions {
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Runnable processes, mean of the last minute. */
  readonly load: number;
}

export const conditions = (): Conditions => ({
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  date: new Date().toISOString().slice(0, 10),
  load: Math.round((loadavg()[0] ?? Number.NaN) * 100) / 100,
});

/** Puts the figures of one bench in the place of its older ones. @throws when the page has no place for it */
export async function writeSection(name: string, command: string, on: Conditions, outcome: Outcome): Promise<void> {
  const text = await readFile(page, 'utf8');
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for ${name}: it needs ${begin} and ${end}`);
  await writeFile(page, `${text.slice(0, from + begin.length)}\n${section(command, on, outcome)}\n${text.slice(to)}`);
}

function section(command: string, on: Conditions, { tables, notes = [] }: Outcome): string {
  const where = `${on.date} · Node ${on.node} · ${on.cores} cores, ${on.memoryGb} GB · load ${on.load} · \`${command}\``;
  const lines = notes.map(({ zh, en }) => `- ${zh}\n  ${en}`);
  return [where, ...tables.map(sheet), ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}

function sheet({ title, head, rows }: Sheet): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    `**${title.zh}** ${title.en}`,
    '',
    row(head),
    row(head.map((_name, column) => (column === 0 ? '---' : '--:'))),
    ...rows.map(row),
  ].join('\n');
}
