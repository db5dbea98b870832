import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { recordedPhrases } from './recorded.ts';

test('a recording is found by language and phrase; what is none, or in no folder, is not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baiying-recorded-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'zh', 'keep-out.wav'), { recursive: true });
  writeFileSync(join(folder, 'zh', 'calm.wav'), 'a');
  writeFileSync(join(folder, 'zh', 'calm-down.opus'), 'b');
  writeFileSync(join(folder, 'zh', 'notes.txt'), 'c');
  const recorded = recordedPhrases(folder);
  const said = async (id: string, lang: 'zh' | 'en') => Buffer.from((await recorded(id, lang)) ?? []).toString();
  expect(await said('calm', 'zh')).toBe('a');
  expect(await said('calm-down', 'zh')).toBe('b');
  for (const id of ['notes', 'keep-out', '../zh/calm', '']) expect(await recorded(id, 'zh')).toBeUndefined();
  expect(await recorded('calm', 'en')).toBeUndefined();
});

test('nothing is recorded with the product itself', async () => {
  expect(await recordedPhrases()('police-on-the-way', 'zh')).toBeUndefined();
});
