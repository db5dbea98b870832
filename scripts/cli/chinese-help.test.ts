import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { speakChinese } from './chinese-help.ts';

/** A program whose words are kept, and what they are. */
function listening() {
  const said: string[] = [];
  const program = new Command('baiying').exitOverride();
  speakChinese(program).configureOutput({ ...program.configureOutput(), writeErr: (text) => said.push(text) });
  program
    .command('press')
    .argument('<key>')
    .addOption(new Option('--grade <grade>', '级别').choices(['assist', 'duress']).default('assist'))
    .addOption(new Option('--wait <seconds>', '时长').default(10))
    .action(() => undefined);
  return { program, said };
}

test.each([
  [['pres'], "没有命令 'pres'"],
  [['press'], '缺少参数 <key>'],
  [['press', 'k', '--gade'], "没有选项 '--gade'"],
  [['press', 'k', '--grade'], "选项 '--grade <grade>' 缺少内容"],
  [['press', 'k', '--grade', 'loud'], "选项 '--grade <grade>' 不能是 'loud'，可用：assist, duress"],
  [['press', 'k', 'l'], '参数过多：应有 1 个，给出了 2 个'],
])('%j is refused in Chinese', (args, expected) => {
  const { program, said } = listening();
  expect(() => program.parse(args, { from: 'user' })).toThrow();
  expect(said.join('')).toContain(expected);
});

test('a page of help has no English of its own', () => {
  const { program } = listening();
  const help = program.commands.map((command) => command.helpInformation()).join('');
  expect(help).toContain('级别（可用："assist", "duress"，默认："assist"）');
  expect(help).toContain('时长（默认：10）');
  expect(`${program.helpInformation()}${help}`).not.toMatch(/Usage|Options|Commands|Arguments|display|default|choices/);
});
