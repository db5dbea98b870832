import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { Settings } from '../../config/schema.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const program = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';

/** Where pictures and sound of cameras are made: what the settings name, the one on PATH, or the package's. */
export async function findFfmpeg({ ffmpegBin }: Pick<Settings, 'ffmpegBin'>): Promise<Finding> {
  if (ffmpegBin !== undefined) {
    if (await runs(ffmpegBin)) return ok('ffmpeg', ffmpegBin);
    return fail(
      'ffmpeg',
      { en: `${ffmpegBin} cannot be run`, zh: `${ffmpegBin} 无法运行` },
      { en: 'mend FFMPEG_BIN, or take it away and let Baiying look itself', zh: '请更正 FFMPEG_BIN，或去掉它，由百应自行查找' },
    );
  }
  const places = [
    ...(process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => folder !== '')
      .map((folder) => join(folder, program)),
    ...packaged(),
  ];
  for (const place of places) if (await runs(place)) return ok('ffmpeg', place);
  return warn(
    'ffmpeg',
    { en: 'not found; alarms and orders work, pictures of cameras do not', zh: '未找到；接警与指令正常，摄像机画面不可用' },
    {
      en: 'install ffmpeg (apt install ffmpeg), or name it with FFMPEG_BIN',
      zh: '安装 ffmpeg（apt install ffmpeg），或用 FFMPEG_BIN 指明',
    },
  );
}

const runs = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

function packaged(): readonly string[] {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof path === 'string' ? [path] : [];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return [];
    throw error;
  }
}
