import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeFaults, SettingsFault } from '../faults.ts';
import { loadPhrases, placeholdersOf, textsOf, wordingSchema } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'baiying-phrases-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faults(language: 'zh' | 'en', from: string, to: string): string {
  for (const name of ['zh', 'en']) cpSync(join(import.meta.dirname, `${name}.yaml`), join(folder, `${name}.yaml`));
  const file = join(folder, `${language}.yaml`);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
  try {
    loadPhrases(folder);
  } catch (error) {
    if (error instanceof SettingsFault) return describeFaults(error.faults);
    throw error;
  }
  return '';
}

describe('the wording that comes with the product', () => {
  const { zh, en } = loadPhrases();

  test('has the same keys in both languages, section by section', () => {
    for (const section of Object.keys(wordingSchema.shape) as (keyof typeof zh)[])
      expect(Object.keys(en[section]), section).toEqual(Object.keys(zh[section]));
  });

  test('has the same placeholders in both languages, text by text', () => {
    const english = textsOf(en);
    for (const [path, text] of textsOf(zh)) expect(placeholdersOf(english.get(path) ?? ''), path).toEqual(placeholdersOf(text));
  });

  test('has enough for loudspeakers to say, and says it without placeholders', () => {
    expect(Object.keys(zh.phrases).length).toBeGreaterThanOrEqual(10);
    for (const text of [...Object.values(zh.phrases), ...Object.values(en.phrases)]) expect(placeholdersOf(text)).toEqual([]);
  });

  test('is Chinese in the Chinese file and holds none in the English one', () => {
    for (const [path, text] of textsOf(zh))
      if (!/^also\.(list|because)$/.test(path))
        expect(text.replaceAll(/\{\w+\}/g, '') + (/^\{\w+\}$/.test(text) ? '字' : ''), path).toMatch(/[\p{Script=Han}：，]/u);
    for (const [path, text] of textsOf(en)) expect(text, path).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('faults of the wording', () => {
  test('a text that is missing', () =>
    expect(faults('en', "  climbed: '{unit}: {state}{late}{note}'\n", '')).toMatch(/reasons\.climbed .*is missing/));
  test('a text that is empty', () => expect(faults('zh', "list: '、'", "list: ''")).toMatch(/also\.list in .*zh\.yaml:\d+: is too small/));
  test('a key that nobody knows', () =>
    expect(faults('zh', '  climbed:', '  climed:')).toMatch(/reasons\.climed .*not a known key; wanted: climbed/));
  test('a placeholder that only one language has', () =>
    expect(faults('en', '{unit} cannot come', 'The unit cannot come')).toMatch(/reasons\.unit-declined .*the same placeholders/));
  test('a phrase that only one language has', () =>
    expect(faults('zh', '  speaker-test:', '  speaker-check:').split('\n')).toHaveLength(2));
});
