import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Absent, type Bench } from './bench.ts';

/** The wall clock of some processes alone, which can be set while they run. Their monotonic clock goes on as ever. */
export interface FakeClock {
  readonly env: Readonly<Record<string, string>>;
  /** Seconds before or after the machine's own. */
  set(offset: number): Promise<void>;
}

/** @throws Absent where libfaketime is not installed */
export async function openFakeClock(bench: Pick<Bench, 'defer'>, offset = 0): Promise<FakeClock> {
  const library = ['/usr/lib', ...readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`)]
    .map((folder) => join(folder, 'faketime', 'libfaketimeMT.so.1'))
    .find((path) => existsSync(path));
  if (library === undefined) throw new Absent('libfaketime is not installed (Debian: apt-get install libfaketime)');
  const folder = await mkdtemp(join(tmpdir(), 'baiying-torture-clock-'));
  bench.defer(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'offset');
  const set = async (seconds: number): Promise<void> => {
    // Renamed into its place, so that nobody reads half of it.
    await writeFile(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
    await rename(`${file}.new`, file);
  };
  await set(offset);
  return {
    set,
    env: { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  };
}
