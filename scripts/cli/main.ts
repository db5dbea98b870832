import { describeFaults, SettingsFault } from '../../config/load.ts';
import { errors, Fault } from '../../services/errors.ts';
import { Ends, exits, languageOf, openIo } from './io.ts';
import { openProgram } from './program.ts';

/** The command line of an operator: docs/cli.md tells of every command and exit code. */

const lang = languageOf(process.argv, process.env);

try {
  await openProgram(lang).parseAsync();
} catch (error) {
  const [code, said] = await toldOf(error);
  openIo(lang, false).progress(said);
  process.exitCode = code;
}

/** What went wrong, in plain lines, with what to do. */
async function toldOf(error: unknown): Promise<readonly [number, string]> {
  if (error instanceof Ends) return [error.code, error.message];
  if (error instanceof SettingsFault) return [exits.askedWrongly, describeFaults(error.faults)];
  if (error instanceof Fault && lang === 'zh') {
    const { problemsZh } = await import('../../services/console/words/chinese.ts');
    const [title, remedy] = problemsZh[error.code];
    return [exits.unwell, `${title}：${error.message}\n-> ${remedy}`];
  }
  if (error instanceof Fault) return [exits.unwell, `${error.message}\n-> ${errors[error.code].remedy}`];
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return [exits.askedWrongly, `${path ?? ''}: ${openIo(lang, false).t('there is no such file', '没有这个文件')}`];
  const { messageOf } = await import('../../services/log.ts');
  return [exits.unwell, error instanceof Error ? messageOf(error) : String(error)];
}
