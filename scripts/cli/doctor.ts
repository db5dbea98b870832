import { describeFaults, loadSettings, SettingsFault, type Source } from '../../config/load.ts';
import type { Settings } from '../../config/schema.ts';
import { findFfmpeg } from './doctor-ffmpeg.ts';
import { dataFolder, diskFree, runtime } from './doctor-machine.ts';
import { openSurvey, ports, service } from './doctor-ports.ts';
import { clockDifference, database, queue } from './doctor-record.ts';
import { type Finding, fail, ok } from './finding.ts';

/**
 * Looks at everything and changes nothing. Beside a running Baiying and beside a stopped one.
 * @param url where the service is said to be, when not where the settings put it
 */
export async function examine(source: Source, url?: string): Promise<readonly Finding[]> {
  const settings = read(source);
  if ('faults' in settings) return [runtime(process.version), settings.faults];
  const survey = await openSurvey(settings, url);
  const looks: readonly (() => Finding | Promise<Finding>)[] = [
    () => runtime(process.version),
    () => ok('settings', { en: 'no faults', zh: '没有错误' }),
    () => dataFolder(settings),
    () => diskFree(settings),
    () => service(survey),
    () => ports(survey),
    () => database(settings),
    () => clockDifference(settings),
    () => queue(settings),
    () => findFfmpeg(settings),
  ];
  const findings: Finding[] = [];
  for (const look of looks) findings.push(await look());
  return findings;
}

function read(source: Source): Settings | { readonly faults: Finding } {
  try {
    return loadSettings(source).settings;
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    return {
      faults: fail('settings', describeFaults(error.faults), {
        en: 'mend each line; docs/settings.md tells of every setting',
        zh: '请逐行更正；docs/settings.md 说明每个配置项',
      }),
    };
  }
}
