import type { Io } from './io.ts';

/** Words for people; what is the same in both languages stands as it is. */
export type Text = string | { readonly en: string; readonly zh: string };

/** What the doctor found of one thing. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: Text;
  /** What to do; absent when all is well. */
  readonly todo?: Text;
}

export const ok = (name: string, found: Text): Finding => ({ name, state: 'ok', found });
export const warn = (name: string, found: Text, todo: Text): Finding => ({ name, state: 'warn', found, todo });
export const fail = (name: string, found: Text, todo: Text): Finding => ({ name, state: 'fail', found, todo });

const names: Readonly<Record<string, string>> = {
  runtime: '运行环境',
  settings: '配置',
  'data folder': '数据文件夹',
  disk: '磁盘',
  service: '服务',
  ports: '端口',
  database: '数据库',
  clock: '时钟',
  queue: '队列',
};

/** A finding in the reader's language. Its name stays as it is: programs go by it. */
export function worded(
  { name, state, found, todo }: Finding,
  io: Pick<Io, 'lang'>,
): { name: string; state: Finding['state']; found: string; todo?: string } {
  const said = (text: Text): string => (typeof text === 'string' ? text : text[io.lang]);
  return { name, state, found: said(found), ...(todo === undefined ? {} : { todo: said(todo) }) };
}

/** A line for each finding, what to do below it. */
export function describeFindings(findings: readonly Finding[], io: Pick<Io, 'lang'>): string {
  const nameOf = (name: string): string => (io.lang === 'zh' ? (names[name] ?? name) : name);
  const width = Math.max(...findings.map(({ name }) => cells(nameOf(name))));
  const indent = ' '.repeat(width + 8);
  return findings
    .map((finding) => worded(finding, io))
    .flatMap(({ name, state, found, todo }) => {
      const shown = nameOf(name);
      const line = `${state.padEnd(4)}  ${shown}${' '.repeat(width - cells(shown))}  ${found.replaceAll('\n', `\n${indent}`)}`;
      return todo === undefined ? [line] : [line, `${indent}-> ${todo}`];
    })
    .join('\n');
}

/** A terminal shows a Chinese character as wide as two others. */
const cells = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
