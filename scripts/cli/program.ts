import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { speakChinese } from './chinese-help.ts';
import { examineDevice } from './device-doctor.ts';
import { describeFindings, worded } from './finding.ts';
import { exits, type Io, type Language, openIo } from './io.ts';
import { home, type Ready, readyOf } from './ready.ts';
import { addServiceCommands } from './service-commands.ts';

/** What a command needs is loaded when it runs: most need no database, and none should be waited for. */
export function openProgram(lang: Language): Command {
  const { t } = openIo(lang, false);
  const program = new Command('baiying')
    .description(t('Baiying (百应): what an operator does beside the running service', '百应：在运行的服务之外，用命令行完成的事'))
    .version(packageJson.version, '-V, --version', t('print the version', '显示版本'))
    .option('--json', t('print the result as JSON', '以 JSON 输出结果'))
    .addOption(
      new Option('--lang <language>', t('zh or en; else what the terminal speaks (LANG)', 'zh 或 en；默认随终端语言（LANG）')).choices([
        'zh',
        'en',
      ]),
    )
    .option('--url <address>', t('the service; else BAIYING_URL, else that of the settings', '服务地址；默认取 BAIYING_URL，再取配置'))
    .option(
      '--token <token>',
      t(
        'session token or API key; else BAIYING_TOKEN, else that of baiying login',
        '会话令牌或 API 密钥；默认取 BAIYING_TOKEN，再取 baiying login 所存',
      ),
    )
    .showHelpAfterError()
    .exitOverride((end) => process.exit(end.exitCode === 0 ? exits.well : exits.askedWrongly));
  if (lang === 'zh') speakChinese(program);
  addChecks(program, lang);
  addSafekeeping(program, lang);
  addServiceCommands(program, lang);
  return program;
}

function addChecks(program: Command, lang: Language): void {
  const { t } = openIo(lang, false);
  program
    .command('verify')
    .alias('chain')
    .description(
      t(
        'check that nobody changed the record, or a bundle of evidence: the hash chains, and what was noted of them elsewhere; of a bundle every byte and the signature',
        '核对记录或证据包是否被改动：核对记录的哈希链及另处存证；核对证据包的每个字节及签名',
      ),
    )
    .argument(
      '[what]',
      t(
        'number or id of one incident, or the file of a bundle (offline); all incidents and the audit trail when absent',
        '一件警情的编号或标识，或证据包文件（离线核对）；不写则核对全部警情与审计记录',
      ),
    )
    .option('--key <key>', t('of a bundle: the key id of the station, or a file with its keys', '证据包：本所的密钥编号，或公钥文件'))
    .option(
      '--heads <file>',
      t('of the record: a copy of the file of heads; else that of the settings', '记录：存证文件的副本；默认取配置'),
    )
    .action(async (what: string | undefined, options: VerifyOptions, command: Command) => {
      const ready = readyOf(command, lang);
      const well =
        what === undefined || isIncident(what) ? await verifyRecord(ready, what, options) : await verifyFile(ready.io, what, options);
      if (!well) process.exitCode = exits.unwell;
    });
  program
    .command('doctor')
    .description(
      t(
        'look at the machine, the settings and the running service, or at one device, and say what to do',
        '检查本机、配置与运行中的服务，或检查一台设备，并说明如何处理',
      ),
    )
    .argument('[device]', t('why this device is silent, or would be when it is needed', '查明这台设备为何不响应，或为何会在需要时失灵'))
    .action(async (device: string | undefined, _options, command: Command) => {
      const { io, client, named } = readyOf(command, lang);
      if (device !== undefined) return examineDevice(await client(), io, device);
      const { examine } = await import('./doctor.ts');
      const findings = await examine({ env: process.env, cwd: home }, named());
      io.result(
        findings.map((finding) => worded(finding, io)),
        describeFindings(findings, io),
      );
      if (findings.some(({ state }) => state === 'fail')) process.exitCode = exits.unwell;
    });
}

interface VerifyOptions {
  readonly key?: string;
  readonly heads?: string;
}

const isIncident = (what: string): boolean => /^(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(what);

async function verifyFile(io: Io, file: string, { key }: VerifyOptions): Promise<boolean> {
  const { checkFile, describeBundle } = await import('./evidence.ts');
  const report = await checkFile(file, key, io);
  io.result({ file, ...report }, describeBundle(report, file, io));
  return report.good;
}

async function verifyRecord({ io, settings }: Ready, incident: string | undefined, { heads }: VerifyOptions): Promise<boolean> {
  const [{ checkChains, describeChains }, { openRecord }, { headsFile }] = await Promise.all([
    import('./chain.ts'),
    import('./record.ts'),
    import('../../services/dispatch/heads/file.ts'),
  ]);
  const known = settings();
  const record = await openRecord(known, io);
  const file = heads === undefined ? headsFile(known) : resolve(heads);
  const report = await checkChains(record.db, { ...(incident === undefined ? { heads: file } : { incident }) }, io).finally(() =>
    record.close(),
  );
  io.result(report, describeChains(report, io));
  return report.intact;
}

function addSafekeeping(program: Command, lang: Language): void {
  const { t } = openIo(lang, false);
  program
    .command('backup')
    .description(t('copy the whole record into one file; Baiying may run meanwhile', '把全部记录备份到一个文件；期间百应可照常运行'))
    .argument('<file>', t('the file to be made, for example baiying-2026-11-22.gz', '要生成的文件，例如 baiying-2026-11-22.gz'))
    .action(async (file: string, _options, command: Command) => {
      const { io, settings } = readyOf(command, lang);
      const { backup } = await import('./safekeeping.ts');
      await backup(settings(), io, file);
    });
  program
    .command('restore')
    .description(t('put a backup in the place of an empty record, while Baiying stands still', '在百应停止时，把备份恢复到空的记录中'))
    .argument('<file>', t('a file of baiying backup', 'baiying backup 生成的文件'))
    .option('--force', t('also in the place of a record that holds something, which is then gone', '记录不为空时也恢复，原有记录随之消失'))
    .action(async (file: string, { force = false }: { force?: boolean }, command: Command) => {
      const { io, settings } = readyOf(command, lang);
      const { restore } = await import('./safekeeping.ts');
      await restore(settings(), io, file, force);
    });
}
