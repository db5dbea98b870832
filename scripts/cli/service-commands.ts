import { type Command, Option } from 'commander';
import { openClient } from './client.ts';
import { askHidden, collect, Ends, exits, type Language, openIo, wholeNumber } from './io.ts';
import { readyOf } from './ready.ts';
import { discover, importSheet, register } from './setting-up.ts';
import { keepToken, keptToken, tokenFolder } from './token.ts';

/** The commands that ask the running service over HTTP. */
export function addServiceCommands(program: Command, lang: Language): void {
  addSessionCommands(program, lang);
  addRegisterCommands(program, lang);
  addPress(program, lang);
  addBroadcast(program, lang);
}

function addSessionCommands(program: Command, lang: Language): void {
  const { t } = openIo(lang, false);
  program
    .command('login')
    .description(t('sign in; the session is kept in a file of your own until it ends', '登录；会话保存在仅您可读的文件中，直到过期'))
    .argument('[username]', t('account', '账号'), 'admin')
    .option('--code <code>', t('of the authenticator app; a terminal asks for it where it is needed', '动态码；在终端中需要时会询问'))
    .action(async (username: string, { code: given }: { readonly code?: string }, command: Command) => {
      const { io, url } = readyOf(command, lang);
      const password = await askHidden(t(`password of ${username}: `, `${username} 的密码：`));
      const enter = (code: string | undefined) =>
        openClient({ io, url: url(), token: undefined }).ask<{ token: string }>('POST', '/sessions', {
          ...{ username, password },
          ...(code === undefined ? {} : { code }),
        });
      const { token } = await enter(given).catch(async (error: unknown) => {
        if (!(error instanceof Ends && error.problem === 'second-factor-needed' && process.stdin.isTTY)) throw error;
        return enter(await askHidden(t('code of the authenticator app: ', '动态码：')));
      });
      const file = await keepToken(tokenFolder(process.env), url(), token);
      io.result(
        { username, url: url(), file },
        t(`signed in to ${url()} as ${username}; kept in ${file}`, `已以 ${username} 登录 ${url()}；会话保存在 ${file}`),
      );
    });
  program
    .command('logout')
    .description(t('end the kept session', '结束已保存的会话'))
    .action(async (_options, command: Command) => {
      const { io, url } = readyOf(command, lang);
      const token = await keptToken(tokenFolder(process.env), url());
      await keepToken(tokenFolder(process.env), url(), undefined);
      if (token !== undefined) await openClient({ io, url: url(), token }).ask('DELETE', '/sessions/current');
      io.result({ url: url() }, t('signed out', '已退出登录'));
    });
}

interface RegisterOptions {
  readonly driver: string;
  readonly name?: string;
  readonly site?: string;
  readonly unit?: string;
  readonly location?: string;
  readonly setting?: readonly string[];
}

function addRegisterCommands(program: Command, lang: Language): void {
  const { t } = openIo(lang, false);
  program
    .command('discover')
    .description(t('search the network for devices', '搜索网络中的设备'))
    .option('--seconds <n>', t('how long', '搜索时长（秒）'), '5')
    .option('--interface <name>', t('a network interface, again for each; all when absent', '网络接口，可重复；默认全部'), collect)
    .action(async (options: { seconds: string; interface?: readonly string[] }, command: Command) => {
      const { io, client } = readyOf(command, lang);
      const seconds = wholeNumber('--seconds', options.seconds, 1, 30);
      await discover(await client(), io, { seconds, interfaces: options.interface ?? [] });
    });
  program
    .command('register')
    .description(t('register one device; its secret is shown once', '登记一台设备；密钥仅显示一次'))
    .argument('<kind>', 'key | camera | radio | loudspeaker')
    .argument('<id>', t('a-z, 0-9 and hyphens', '由 a-z、0-9 与连字符组成'))
    .option('--driver <name>', t('how it is spoken to', '驱动'), 'mqtt')
    .option('--name <text>', t('what people call it', '名称'))
    .option('--site <id>', t('the site it protects', '所属重点单位'))
    .option('--unit <id>', t('the unit that carries it', '所属警力'))
    .option('--location <lat,lon>', t('where it is, WGS-84', '位置（WGS-84）'))
    .option('--setting <name=value>', t('a setting of its driver, again for each', '驱动的设置项，可重复'), collect)
    .action(async (kind: string, id: string, { setting = [], ...options }: RegisterOptions, command: Command) => {
      const { io, client } = readyOf(command, lang);
      await register(await client(), io, { kind, id, ...options, settings: setting });
    });
  program
    .command('import')
    .description(
      t(
        'register all devices of a sheet (CSV, UTF-8 or GB18030), or none',
        '登记表格（CSV，UTF-8 或 GB18030）中的全部设备，有错则一台也不登记',
      ),
    )
    .argument('<file>', t('the sheet', '表格文件'))
    .option(
      '--secrets <file>',
      t('where the secrets go, readable by you alone; else they are printed', '密钥写入的文件，仅您可读；默认直接输出'),
    )
    .action(async (file: string, { secrets }: { secrets?: string }, command: Command) => {
      const { io, client } = readyOf(command, lang);
      await importSheet(await client(), io, file, secrets);
    });
}

interface PressOptions {
  readonly grade: 'emergency' | 'assist' | 'duress';
  readonly secret?: string;
  readonly mqtt?: string;
  readonly exercise?: boolean;
  readonly wait: string;
}
interface BroadcastOptions {
  readonly phrase?: string;
  readonly loudspeaker?: readonly string[];
  readonly zone?: string;
  readonly camera?: string;
  readonly near?: string;
  readonly spoken?: Language;
  readonly repeat: string;
  readonly wait: string;
}

const waiting = (lang: Language): string => openIo(lang, false).t('how long to wait for what comes of it, seconds', '等待结果的时长（秒）');

function addPress(program: Command, lang: Language): void {
  const { t } = openIo(lang, false);
  program
    .command('press')
    .description(t('press a key: a real alarm, unless --exercise', '按下报警按钮：是真实报警，除非加 --exercise'))
    .argument('<key>', t('id of the key', '按钮标识'))
    .addOption(
      new Option('--grade <grade>', t('what is called for', '级别')).choices(['emergency', 'assist', 'duress']).default('emergency'),
    )
    .option('--exercise', t('as an exercise: it is marked as one and closed like any other', '作为演练'))
    .option(
      '--secret <secret>',
      t(
        "the key's own secret: press by MQTT as the key does; else BAIYING_DEVICE_SECRET",
        '按钮自己的密钥：经 MQTT 按下，与真实按钮相同；默认取 BAIYING_DEVICE_SECRET',
      ),
    )
    .option('--mqtt <address>', t('the broker; else that of the settings', '消息服务地址；默认取配置'))
    .option('--wait <seconds>', waiting(lang), '10')
    .action(async (key: string, { exercise = false, ...options }: PressOptions, command: Command) => {
      const { io, client, settings, url } = readyOf(command, lang);
      const secret = options.secret ?? process.env['BAIYING_DEVICE_SECRET'];
      const { mqttPort } = settings();
      if (secret !== undefined && options.mqtt === undefined && mqttPort === 0)
        throw new Ends(exits.askedWrongly, io.t('--mqtt is missing: mqttPort is 0', '缺少 --mqtt：mqttPort 为 0'));
      const mqtt = options.mqtt ?? `mqtt://${new URL(url()).hostname}:${mqttPort}`;
      const { press } = await import('./acting.ts');
      await press(await client(), io, {
        key,
        grade: options.grade,
        secret,
        mqtt,
        exercise,
        wait: wholeNumber('--wait', options.wait, 1, 120),
      });
    });
}

function addBroadcast(program: Command, lang: Language): void {
  const { t } = openIo(lang, false);
  program
    .command('broadcast')
    .description(t('have loudspeakers say something, and see how far it came', '让广播喊话，并查看送达情况'))
    .argument('[text]', t('the words; or --phrase', '喊话内容；或用 --phrase'))
    .option('--phrase <id>', t('a phrase that is kept', '预置短语'))
    .option('--loudspeaker <id>', t('again for each', '广播标识，可重复'), collect)
    .option('--zone <id>', t('every loudspeaker of a zone', '分区内全部广播'))
    .option('--camera <id>', t('those that are heard where this camera looks', '该摄像机所见之处能听到的广播'))
    .option('--near <lat,lon,metres>', t('those within a circle', '圆形范围内的广播'))
    .addOption(
      new Option('--spoken <language>', t('in which language; yours when absent', '喊话语言；默认随界面语言')).choices(['zh', 'en']),
    )
    .option('--repeat <n>', t('how many times', '重复次数'), '1')
    .option('--wait <seconds>', waiting(lang), '30')
    .action(async (text: string | undefined, options: BroadcastOptions, command: Command) => {
      const { io, client } = readyOf(command, lang);
      const { loudspeaker = [], spoken = lang, repeat, wait: patience, ...rest } = options;
      const { broadcast } = await import('./acting.ts');
      await broadcast(await client(), io, {
        ...rest,
        ...(text === undefined ? {} : { text }),
        loudspeakers: loudspeaker,
        spoken,
        repeat: wholeNumber('--repeat', repeat, 1, 10),
        wait: wholeNumber('--wait', patience, 1, 600),
      });
    });
}
