import type { Settings } from '../../config/schema.ts';
import { candidates, findFfmpeg as search } from '../../devices/media/ffmpeg.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Where pictures and sound of cameras are made, looked for as the service looks for it. */
export async function findFfmpeg({ ffmpegBin }: Pick<Settings, 'ffmpegBin'>): Promise<Finding> {
  const found = await search(candidates(ffmpegBin));
  if (ffmpegBin !== undefined && !(found.ok && found.ffmpeg.program === ffmpegBin)) {
    return fail(
      'ffmpeg',
      { en: `${ffmpegBin} cannot be run`, zh: `${ffmpegBin} 无法运行` },
      { en: 'mend FFMPEG_BIN, or take it away and let Baiying look itself', zh: '请更正 FFMPEG_BIN，或去掉它，由百应自行查找' },
    );
  }
  if (found.ok) return ok('ffmpeg', `${found.ffmpeg.program}, ${found.ffmpeg.version}`);
  return warn(
    'ffmpeg',
    {
      en: `${found.why}; alarms and orders work, pictures of cameras do not`,
      zh: `不可用（${found.why}）；接警与指令正常，摄像机画面不可用`,
    },
    {
      en: 'install ffmpeg (apt install ffmpeg), or name it with FFMPEG_BIN',
      zh: '安装 ffmpeg（apt install ffmpeg），或用 FFMPEG_BIN 指明',
    },
  );
}
