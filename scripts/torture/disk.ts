import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Absent, type Bench, until } from './bench.ts';
import { familyOf } from './targets.ts';

/** Disks that can be spoilt. All of them need root, and are absent elsewhere. */

const done = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** A disk of its own of so many MB. @throws Absent where this user may not mount one */
export async function smallDisk(bench: Bench, megabytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-torture-disk-'));
  const mounted = done('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'baiying-torture', folder);
  bench.defer(async () => {
    if (mounted) done('umount', '-l', folder);
    await rmdir(folder);
  });
  if (!mounted)
    throw new Absent('needs the right to mount a small tmpfs; services/scenarios/disk-full.test.ts does it where that is there');
  return folder;
}

/** A disk with a real file system, which can fail and be repaired. */
export interface FailingDisk {
  readonly folder: string;
  /** As after an error of the device: the kernel takes no writes any more, also of files that are open. */
  fail(): void;
  /** Nobody may use it meanwhile. */
  repair(): Promise<void>;
}

/** @throws Absent where this user may not mount one */
export async function failingDisk(bench: Bench, megabytes: number): Promise<FailingDisk> {
  const base = await mkdtemp(join(tmpdir(), 'baiying-torture-disk-'));
  bench.defer(() => rm(base, { recursive: true, force: true }));
  const [image, folder] = [join(base, 'image'), join(base, 'mounted')];
  await mkdir(folder);
  const mount = () => done('mount', '-o', 'loop', image, folder);
  const made = done('truncate', '-s', `${megabytes}M`, image) && done('mkfs.ext4', '-q', '-F', image) && mount();
  if (!made) throw new Absent('needs root, a loop device and mkfs.ext4');
  bench.defer(() => done('umount', '-l', folder));
  return {
    folder,
    fail() {
      if (!done('mount', '-o', 'remount,abort', folder)) throw new Error('the disk could not be made to fail');
    },
    async repair() {
      await until('nobody uses the disk', 20_000, () => done('umount', folder), 100);
      // 1: errors were found and mended.
      const { status } = spawnSync('fsck.ext4', ['-y', image], { stdio: 'ignore' });
      if (status === null || status > 1 || !mount()) throw new Error(`the disk could not be repaired: fsck.ext4 ended with ${status}`);
    },
  };
}

/**
 * Lets a process and all that it started write to the disk of a folder only so often a second, until that is lifted.
 * @throws Absent where there is no such control group
 */
export async function slowWrites(bench: Bench, pid: number, folder: string, perSecond: number): Promise<{ lift(): Promise<void> }> {
  const { dev } = await stat(folder);
  // As Linux numbers its devices: the major in bits 8 to 19, the minor around it.
  const device = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
  const own = /:blkio:(.*)$/m.exec(await readFile('/proc/self/cgroup', 'utf8'))?.[1] ?? '';
  const above = join('/sys/fs/cgroup/blkio', own);
  const group = join(above, `baiying-torture-${pid}`);
  try {
    await mkdir(group);
    await writeFile(join(group, 'blkio.throttle.write_iops_device'), `${device} ${perSecond}`);
  } catch {
    // Not root, another kind of control group, or a folder that is on no block device.
    throw new Absent('needs root, control groups of version 1 (blkio) and a data folder on a block device');
  }
  const lift = async () => move((await readFile(join(group, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean), above);
  bench.defer(async () => {
    await lift();
    await rmdir(group);
  });
  await move((await familyOf(pid)).map(String), group);
  return { lift };
}

/** Those that ended meanwhile are in no group any more. */
async function move(pids: readonly string[], group: string): Promise<void> {
  for (const pid of pids) await writeFile(join(group, 'cgroup.procs'), pid).catch(() => undefined);
}
