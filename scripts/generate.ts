import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { apiTypes } from './generated/api-types.ts';
import { errorsPage } from './generated/errors.ts';
import { rolesPage } from './generated/roles.ts';
import { editorSchema, exampleFile, settingsPage } from './generated/settings.ts';
import { torturePage } from './generated/torture.ts';

/** A file that is made from the code. `make` gives its whole text and depends on nothing but the code. */
export interface Generated {
  /** From the project's root. */
  readonly file: string;
  readonly make: () => string | Promise<string>;
}

/** All of them, in the order of writing. A new page (the API, the drivers) is one more line here. */
export const generated: readonly Generated[] = [
  { file: 'config/site.example.yaml', make: exampleFile },
  { file: 'config/site.schema.json', make: editorSchema },
  { file: 'docs/settings.md', make: settingsPage },
  { file: 'docs/errors.md', make: errorsPage },
  { file: 'docs/roles.md', make: rolesPage },
  { file: 'docs/torture.md', make: torturePage },
  { file: 'services/console/api/types.generated.ts', make: apiTypes },
];

const home = resolve(import.meta.dirname, '..');

/** The files that are not what the code would make today. */
export async function staleFiles(): Promise<{ file: string; text: string }[]> {
  const made = await Promise.all(generated.map(async ({ file, make }) => ({ file, text: await make() })));
  return made.filter(({ file, text }) => !existsSync(join(home, file)) || readFileSync(join(home, file), 'utf8') !== text);
}

async function main(check: boolean): Promise<void> {
  const stale = await staleFiles();
  for (const { file, text } of stale) {
    if (check) {
      console.error(`stale: ${file} (run: node scripts/generate.ts)`);
      continue;
    }
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), text);
    console.log(`wrote ${file}`);
  }
  if (check && stale.length > 0) process.exitCode = 1;
  if (stale.length === 0) console.log(`generated files: ${generated.length} fresh`);
}

if (import.meta.main) await main(process.argv.includes('--check'));
