import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Settings } from '../../config/schema.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const wantedNode = 24;
const leastNode = [22, 18] as const;

export function runtime(version: string): Finding {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  if (major === wantedNode) return ok('runtime', `Node ${version}`);
  const runs = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const todo = {
    en: 'run npm ci without --omit=optional, which brings Node 24 along, or install Node 24 from nodejs.org',
    zh: '运行 npm ci（不加 --omit=optional），会附带 Node 24；或从 nodejs.org 安装 Node 24',
  };
  return runs
    ? warn(
        'runtime',
        { en: `Node ${version}; Baiying is tested with ${wantedNode}`, zh: `Node ${version}；百应以 ${wantedNode} 测试` },
        todo,
      )
    : fail('runtime', { en: `Node ${version} is too old`, zh: `Node ${version} 太旧` }, todo);
}

export async function dataFolder({ data }: Pick<Settings, 'data'>): Promise<Finding> {
  const name = 'data folder';
  try {
    const { mode } = await stat(data);
    await access(data, constants.R_OK | constants.W_OK | constants.X_OK);
    if ((mode & 0o077) === 0) return ok(name, data);
    return warn(
      name,
      {
        en: `${data} is open to other users of this machine (${(mode & 0o777).toString(8)})`,
        zh: `${data} 对本机其他用户开放（${(mode & 0o777).toString(8)}）`,
      },
      { en: `chmod 700 ${data} (every start does it too)`, zh: `chmod 700 ${data}（每次启动也会这样做）` },
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return ok(name, { en: `${data} is not there yet; the first start makes it`, zh: `${data} 尚不存在；首次启动时创建` });
    return fail(
      name,
      {
        en: `${data} cannot be used (${(error as NodeJS.ErrnoException).code})`,
        zh: `${data} 无法使用（${(error as NodeJS.ErrnoException).code}）`,
      },
      {
        en: 'run Baiying as the user it belongs to, or name another folder with BAIYING_DATA',
        zh: '以该文件夹的属主运行百应，或用 BAIYING_DATA 指明另一文件夹',
      },
    );
  }
}

const mebibyte = 2 ** 20;
/** PostgreSQL stops taking alarms when its disk is full; a day of a county is about a gigabyte. */
const least = 512 * mebibyte;
const comfortable = 5 * 1024 * mebibyte;

export async function diskFree({ data }: Pick<Settings, 'data'>): Promise<Finding> {
  const { bavail, bsize } = await statfs(await standing(data));
  return judgeDisk(bavail * bsize);
}

export function judgeDisk(bytes: number): Finding {
  const found = {
    en: `${(bytes / 1024 / mebibyte).toFixed(1)} GiB free where the data folder is`,
    zh: `数据文件夹所在磁盘剩余 ${(bytes / 1024 / mebibyte).toFixed(1)} GiB`,
  };
  const todo = {
    en: 'make room, or move the data folder to a larger disk: on a full one no alarm is accepted',
    zh: '请腾出空间，或把数据文件夹移到更大的磁盘：磁盘写满后将无法接警',
  };
  if (bytes < least) return fail('disk', found, todo);
  return bytes < comfortable ? warn('disk', found, todo) : ok('disk', found);
}

/** The folder itself, or the nearest one above that exists. */
async function standing(path: string): Promise<string> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : standing(dirname(path));
}
