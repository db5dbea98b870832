import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Ways to make markup or code of text. Names of devices and what they say come from outside; React shows them as text. */
const ways =
  /\b(dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|setHTML(Unsafe)?|createContextualFragment|srcdoc|srcDoc)\b|document\.write|\beval\(|new Function\(|javascript:/;

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|html)$/.test(file) && !file.endsWith('.test.ts') && !/^(dist|api.types)/.test(file))
    .map((file) => join(folder, file));
}

test('nothing in the console makes markup or code of text', () => {
  const files = sources(import.meta.dirname);
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => (ways.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});

test.each(['<p dangerouslySetInnerHTML={x} />', 'node.innerHTML = name', 'popup.setHTML(name)', "href='javascript:x'", 'eval(text)'])(
  '%s would be noticed',
  (line) => expect(ways.test(line)).toBe(true),
);
