/** One fault of the configuration: where it stands, what is wrong, what is wanted. Never holds the value of a secret. */
export interface ConfigFault {
  /** Dotted from the file's root, lists as `rules[2]`; empty for the file as a whole. */
  readonly path: string;
  /** The environment name of the same setting, where it has one. */
  readonly env?: string;
  /** The file that was read, when the fault stands in one. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly wrong: string;
  readonly wanted: string;
}

/** The configuration cannot be used; carries every fault found, not the first. A main file prints them and exits with 2. */
export class SettingsFault extends Error {
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(`the settings have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}`);
    this.name = 'SettingsFault';
    this.faults = faults;
  }
}

/** One line a fault, ready for a terminal. */
export function describeFaults(faults: readonly ConfigFault[]): string {
  return faults.map(describeFault).join('\n');
}

function describeFault(fault: ConfigFault): string {
  const names = [fault.path, fault.env].filter((name) => name !== undefined && name !== '');
  const place = fault.file === undefined ? '' : ` in ${fault.file}${fault.line === undefined ? '' : `:${fault.line}`}`;
  const where = names.length === 0 ? place.slice(' in '.length) : `${names.join(' / ')}${place}`;
  return `${where}: ${fault.wrong}; wanted: ${fault.wanted}`;
}

/** `['rules', 2, 'when']` as `rules[2].when`. */
export function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** The known word that a mistyped one most likely meant; none when all are too far away. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

/** Edits between two words, a swap of neighbours counted as one (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = cell(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(changed, swapped, cell(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1));
    }
    rows.push(row);
  }
  return cell(rows, a.length, b.length);
}

const cell = (rows: readonly (readonly number[])[], i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
