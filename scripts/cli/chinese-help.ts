import { type Command, Help } from 'commander';

/** What commander itself says, for those who read Chinese: the headings of its help, and what was asked wrongly. */

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

const faults: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'/, "没有命令 '$1'"],
  [/^error: unknown option '(.*)'/, "没有选项 '$1'"],
  [/^error: missing required argument '(.*)'/, '缺少参数 <$1>'],
  [/^error: option '(.*)' argument missing/, "选项 '$1' 缺少内容"],
  [/^error: required option '(.*)' not specified/, "缺少选项 '$1'"],
  [/^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./, "选项 '$1' 不能是 '$2'，可用：$3"],
  [/^error: too many arguments.*Expected (\d+) arguments? but got (\d+).*/, '参数过多：应有 $1 个，给出了 $2 个'],
  [/\(Did you mean (.*)\?\)/, '（是不是 $1？）'],
];

const inChinese = (said: string): string => faults.reduce((text, [pattern, words]) => text.replace(pattern, words), said);

/** To be called before the commands are added: they take it from the program. */
export function speakChinese(program: Command): Command {
  return program
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [command]', '显示一个命令的帮助')
    .configureOutput({ outputError: (said, write) => write(inChinese(said)) })
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      optionDescription: (option) =>
        new Help()
          .optionDescription(option)
          .replace(/ \(choices: (.*?)(?=\)$|, default: )/, '（可用：$1')
          .replace(/ \(default: |, default: /, (found) => (found.startsWith(',') ? '，默认：' : '（默认：'))
          .replace(/\)$/, '）'),
    });
}
