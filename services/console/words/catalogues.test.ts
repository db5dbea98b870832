import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { rooms } from './index.ts';

const home = resolve(import.meta.dirname, '..');
const placesOf = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe.each(Object.entries(rooms))('the words of %s', (_room, words: { readonly zh: object; readonly en: object }) => {
  const zh = Object.entries(words.zh) as [string, string][];
  const en = new Map(Object.entries(words.en) as [string, string][]);

  test('are the same in both languages, and none is empty', () => {
    expect([...en.keys()].sort()).toEqual(zh.map(([key]) => key).sort());
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('take the same values in both languages', () => {
    expect(zh.filter(([key, text]) => placesOf(text).join() !== placesOf(en.get(key) ?? '').join())).toEqual([]);
  });
});

/** Attributes that people read or hear. */
const spoken = /^(aria-label|aria-description|alt|title|label|placeholder|description|error|heading|legend)$/;
/** Called so in both languages. */
const names: ReadonlySet<string> = new Set(['XLSX']);
/** Letters of a language; not what stands for itself, as a unit or a sign. */
const isText = (text: string): boolean => /\p{L}{2}|\p{Script=Han}/u.test(text.trim()) && !names.has(text.trim());

/** Texts in one source that stand in no catalogue, each with its line. */
function strayTexts(file: string, source: string): readonly string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const found: string[] = [];
  const note = (node: ts.Node, text: string) =>
    found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`);
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isText(node.text)) note(node, node.text);
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (spoken.test(node.name.getText()) && isText(node.initializer.text)) note(node, node.initializer.text);
    }
    if (ts.isStringLiteralLike(node) && /\p{Script=Han}/u.test(node.text)) note(node, node.text);
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}

test('no text stands outside the catalogues', () => {
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/^dist\/|words(-\w+)?(\/\w+)?\.ts$|\.test\.tsx?$|\.generated\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((file) => strayTexts(file, readFileSync(join(home, file), 'utf8')))).toEqual([]);
});

test('a text in the markup, in an attribute and in Chinese is found', () => {
  const source = 'export const A = () => <div aria-label="Stop it">Hello {\'你好\'}</div>;';
  expect(strayTexts('a.tsx', source)).toEqual(['a.tsx:1: Stop it', 'a.tsx:1: Hello', 'a.tsx:1: 你好']);
});
