import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { loadSettings } from '../../config/load.ts';
import type { Settings } from '../../config/schema.ts';

export type Language = 'zh' | 'en';

/** What a command says, to whom and in which language. */
export interface Io {
  readonly lang: Language;
  /** Print what programs can read, and nothing else on stdout. */
  readonly json: boolean;
  /** The one of the two sentences that is in the reader's language. */
  t(en: string, zh: string): string;
  /** The result, on stdout: `text` for people, `value` with --json. */
  result(value: unknown, text: string): void;
  /** What goes on meanwhile, on stderr, so that what is printed can be piped. */
  progress(text: string): void;
}

/** What is asked of every command, wherever in the line it stands. */
export interface Globals {
  readonly json?: boolean;
  readonly lang?: string;
  readonly url?: string;
  readonly token?: string;
}

/** Exit codes: all is well; something is not; it was asked wrongly or the settings have faults; nobody answers; you may not. */
export const exits = { well: 0, unwell: 1, askedWrongly: 2, away: 3, mayNot: 4 } as const;

/** Ends the command with an exit code and plain lines. */
export class Ends extends Error {
  readonly code: number;
  /** What the service called it, where the service said no. */
  readonly problem: string | undefined;
  constructor(code: number, lines: string, problem?: string) {
    super(lines);
    this.name = 'Ends';
    this.code = code;
    this.problem = problem;
  }
}

/** `--lang`, else what the terminal speaks. @param args of the command line, looked at before they are parsed: help is in that language too */
export function languageOf(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const named = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
  const spoken = named ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return spoken.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function openIo(lang: Language, json: boolean): Io {
  return {
    lang,
    json,
    t: (en, zh) => (lang === 'zh' ? zh : en),
    result: (value, text) => void process.stdout.write(`${json ? JSON.stringify(value, undefined, 2) : text}\n`),
    progress: (text) => void process.stderr.write(`${text}\n`),
  };
}

/** As `npm start` reads them. @throws SettingsFault */
export const settingsOf = (home: string): Settings => loadSettings({ env: process.env, cwd: home }).settings;

/** A line that is typed unseen; where there is no terminal, the first line of stdin. */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  // What is typed is echoed to a place where nobody looks.
  const unseen = new Writable({ write: (_text, _encoding, done) => done() });
  if (stdin.isTTY) stderr.write(question);
  const lines = createInterface({ input: stdin, ...(stdin.isTTY ? { output: unseen, terminal: true } : {}) });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (stdin.isTTY) stderr.write('\n');
  }
}

/** For options that are given more than once. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** A whole number within bounds. @throws Ends */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Ends(exits.askedWrongly, `${option}: ${JSON.stringify(text)}; ${least} … ${most}`);
}
