import { copyFileSync, renameSync, statSync, truncateSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { builtServer } from './server-build.mjs';

const entry = () => fileURLToPath(builtServer() ?? 'file:///nothing');

// Times alone are changed, and the note: processes that other tests start meanwhile start from the sources.
test.each([
  ['a source', () => join(import.meta.dirname, '..', 'services', 'words.ts')],
  ['the build itself', entry],
])('what was built is started only for as long as %s is what it was', (_what, fileOf) => {
  const built = builtServer();
  expect(built).toMatch(/baiying-server/);
  const file = fileOf();
  const { atime, mtime } = statSync(file);
  try {
    utimesSync(file, atime, new Date(mtime.getTime() + 5000));
    expect(builtServer()).toBeUndefined();
  } finally {
    utimesSync(file, atime, mtime);
  }
  expect(builtServer()).toBe(built);
});

test('a note that a loss of power cut short starts nothing', () => {
  const built = builtServer();
  const note = join(entry(), '..', 'built.json');
  copyFileSync(note, `${note}.whole`);
  try {
    truncateSync(note, 10);
    expect(builtServer()).toBeUndefined();
  } finally {
    renameSync(`${note}.whole`, note);
  }
  expect(builtServer()).toBe(built);
});
