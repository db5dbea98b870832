import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { builtServer } from './server-build.mjs';

test('what was built is started only for as long as every source is what it was', () => {
  const built = builtServer();
  expect(fileURLToPath(built ?? 'file:///nothing')).toMatch(/baiying-server/);
  const source = join(import.meta.dirname, '..', 'services', 'words.ts');
  const { atime, mtime } = statSync(source);
  try {
    utimesSync(source, atime, new Date(mtime.getTime() + 5000));
    expect(builtServer()).toBeUndefined();
  } finally {
    utimesSync(source, atime, mtime);
  }
  expect(builtServer()).toBe(built);
});
