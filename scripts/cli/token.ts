import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** The sessions of `baiying login`, by address of the service. The file and its folder are for their owner alone. */

const shape = z.record(z.string(), z.string());

export function tokenFolder(env: Readonly<Record<string, string | undefined>>): string {
  const base =
    env['XDG_CONFIG_HOME'] ?? (process.platform === 'win32' ? env['APPDATA'] : undefined) ?? join(env['HOME'] ?? homedir(), '.config');
  return join(base, 'baiying');
}

export async function keptToken(folder: string, url: string): Promise<string | undefined> {
  return (await read(folder))[url];
}

/** Keeps a token, or with undefined lets go of the one kept. */
export async function keepToken(folder: string, url: string, token: string | undefined): Promise<string> {
  const { [url]: _old, ...others } = await read(folder);
  const file = join(folder, 'tokens.json');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${file}.part`;
  await rm(part, { force: true });
  await writeFile(part, JSON.stringify(token === undefined ? others : { ...others, [url]: token }), { mode: 0o600 });
  await chmod(part, 0o600);
  await rename(part, file);
  return file;
}

async function read(folder: string): Promise<Readonly<Record<string, string>>> {
  try {
    return shape.parse(JSON.parse(await readFile(join(folder, 'tokens.json'), 'utf8')));
  } catch (error) {
    // None yet, or one that somebody spoilt: signing in anew makes it anew.
    if (error instanceof SyntaxError || error instanceof z.ZodError || (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
