import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSealer, places } from './secrets-at-rest.ts';

const here = places.webhook('a');

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'baiying-seal-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('what is sealed is read again, also by the next process, and does not show', async () => {
  const data = await folder();
  const sealed = openSealer(data).seal('口令 whsec_1', here);
  expect(sealed).toMatch(/^v2\.[\w-]+$/);
  expect(Buffer.from(sealed.slice(3), 'base64url').includes('whsec_1')).toBe(false);
  expect(openSealer(data).unseal(sealed, here)).toBe('口令 whsec_1');
});

test('the same text is sealed differently each time', async () => {
  const sealer = openSealer(await folder());
  expect(sealer.seal('a', here)).not.toBe(sealer.seal('a', here));
});

test('the master key is 32 bytes that only its owner may read, and a loosened file is tightened', async () => {
  const data = await folder();
  openSealer(data);
  const path = join(data, 'master.key');
  expect((await readFile(path)).length).toBe(32);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await chmod(path, 0o644);
  openSealer(data);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a data folder that is not there yet is made, for its owner alone', async () => {
  const data = join(await folder(), 'data');
  openSealer(data);
  expect((await stat(data)).mode & 0o777).toBe(0o700);
});

test('another master key, a changed byte and a cut tail are refused', async () => {
  const sealer = openSealer(await folder());
  const sealed = sealer.seal('secret', here);
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const other = openSealer(await folder());
  expect(() => other.unseal(sealed, here)).toThrow('another master.key');
  expect(() => sealer.unseal(`v2.${bytes.toString('base64url')}`, here)).toThrow('another master.key');
  expect(() => sealer.unseal(sealed.slice(0, 20), here)).toThrow('not in sealed form');
  expect(() => sealer.unseal('secret', here)).toThrow('not in sealed form');
});

test('what is sealed opens at its own place alone', async () => {
  const sealer = openSealer(await folder());
  const all = [places.setting('a', 'password'), places.setting('a', 'secret'), places.setting('b', 'password')];
  all.push(places.secondFactor('a'), places.signingKey('a'), places.webhook('a'));
  for (const place of all) {
    const sealed = sealer.seal('secret', place);
    expect(sealer.unseal(sealed, place)).toBe('secret');
    for (const other of all.filter((each) => each !== place))
      expect(() => sealer.unseal(sealed, other), `${place} at ${other}`).toThrow('for another place');
  }
});

test('a master key that was cut stops the start instead of being replaced', async () => {
  const data = await folder();
  await writeFile(join(data, 'master.key'), 'short');
  expect(() => openSealer(data)).toThrow('does not hold a key of 32 bytes');
});
