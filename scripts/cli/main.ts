import { resolve } from 'node:path';
import { Command } from 'commander';
import { describeFaults, loadSettings, SettingsFault } from '../../config/load.ts';
import type { Settings } from '../../config/schema.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { messageOf } from '../../services/log.ts';
import { type ChainReport, checkChains, describeChains } from './chain.ts';
import { describeFindings, examine } from './doctor.ts';
import { openRecord } from './record.ts';

/** The command line of an operator. Exit codes: 0 all is well, 1 something is not, 2 it was asked wrongly or the settings have faults. */
const [unwell, askedWrongly] = [1, 2];

/** As `npm start` does, whatever folder the command is called from. */
const home = resolve(import.meta.dirname, '../..');

const program = new Command('baiying')
  .description('Baiying (百应): what an operator does beside the running service')
  .version(packageJson.version)
  .showHelpAfterError()
  .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : askedWrongly));

program
  .command('chain')
  .description('check that nobody changed the record: the hash chain of every incident and of the audit trail')
  .argument('[incident]', 'number or id of one incident; all of them and the audit trail when absent')
  .option('--json', 'print the verdict as JSON')
  .action(async (incident: string | undefined, { json = false }: { json?: boolean }) => {
    const record = await openRecord(settingsOrExit(), progress);
    let report: ChainReport;
    try {
      report = await checkChains(record.db, incident, progress);
    } finally {
      await record.close();
    }
    print(json ? JSON.stringify(report, undefined, 2) : describeChains(report));
    if (!report.intact) process.exitCode = unwell;
  });

program
  .command('doctor')
  .description('look at the machine, the settings and the running service, and say what to do')
  .option('--json', 'print the findings as JSON')
  .action(async ({ json = false }: { json?: boolean }) => {
    const findings = await examine({ env: process.env, cwd: home });
    print(json ? JSON.stringify(findings, undefined, 2) : describeFindings(findings));
    if (findings.some(({ state }) => state === 'fail')) process.exitCode = unwell;
  });

try {
  await program.parseAsync();
} catch (error) {
  progress(error instanceof Error ? messageOf(error) : String(error));
  process.exitCode = unwell;
}

function settingsOrExit(): Settings {
  try {
    return loadSettings({ env: process.env, cwd: home }).settings;
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    progress(describeFaults(error.faults));
    process.exit(askedWrongly);
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** On stderr, so that what is printed can be piped. */
function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
