import { spawnSync } from 'node:child_process';
import { type FileHandle, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, signalAll, until } from '../bench.ts';
import { openOperatorDesk } from '../desk.ts';
import { failingDisk, slowWrites } from '../disk.ts';
import { readRecord } from '../ledgers.ts';
import type { Product } from '../product.ts';
import { type Found, judged, type Row } from '../row.ts';
import { askHealth, besiege } from '../siege.ts';
import { familyOf, postmasterOf } from '../targets.ts';

/** Disks that are slow, that fail, and that forget. */

async function slow(bench: Bench): Promise<Found> {
  const product = await bench.product();
  const { violations, figures } = await besiege(bench, { product, keys: 40, rate: 30, lasts: 15 }, async () => {
    const slowed = await slowWrites(bench, product.pid(), product.data, 10);
    await pause(15_000);
    await slowed.lift();
  });
  const { acknowledge, order, counts } = figures;
  return judged(
    [
      [`${counts.acknowledged} of ${counts.presses} presses acknowledged, ${violations.length} broken promises`, violations.length === 0],
      [`acknowledged p50 ${acknowledge.p50} ms, p99 ${acknowledge.p99} ms`, acknowledge.p99 <= 2000, 'timed'],
      [`press to order p99 ${order.p99} ms`, true],
    ],
    violations,
  );
}

async function failing(bench: Bench): Promise<Found> {
  const disk = await failingDisk(bench, 512);
  const product = await bench.product({ BAIYING_DATA: join(disk.folder, 'data') });
  const besieged = await besiege(bench, { product, keys: 40, rate: 20, lasts: 25 }, async () => {
    await pause(3000);
    disk.fail();
    const failedAt = Date.now();
    await pause(5000);
    const ready = await product.ready();
    const said = await askHealth(product.http);
    const downAt = Date.now();
    await product.whileDown('SIGTERM', async () => {
      await endPostgres(product);
      await disk.repair();
    });
    return { failedAt, downAt, ready, said };
  });
  const { value, ledgers } = besieged;
  // It may well give up on such a disk: that is what a supervisor is for.
  const violations = besieged.violations.filter((violation) => !violation.includes('ended though nobody killed it'));
  const within = ledgers.presses.filter(({ acknowledgedAt = 0 }) => acknowledgedAt > value.failedAt + 500 && acknowledgedAt < value.downAt);
  return judged(
    [
      [`${within.length} presses acknowledged while nothing could be written`, within.length === 0],
      [value.ready ? 'it calls itself ready' : `not ready: ${value.said[0]}`, !value.ready],
      [`repaired and started again, ${violations.length} broken promises`, violations.length === 0],
    ],
    violations,
  );
}

/** What outlived its Baiying would keep the disk in use. */
async function endPostgres(product: Product): Promise<void> {
  const pid = await postmasterOf(product).catch(() => undefined);
  if (pid === undefined) return;
  signalAll(await familyOf(pid), 'SIGKILL');
}

const home = join(import.meta.dirname, '..', '..', '..');

function baiying(data: string, ...args: readonly string[]): { readonly code: number | null; readonly said: string } {
  const env = { ...process.env, BAIYING_DATA: data, BAIYING_LANGUAGE: 'en' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/baiying.mjs', ...args], { cwd: home, env, encoding: 'utf8' });
  return { code: status, said: `${stdout}${stderr}` };
}

const page = 8192;

/** The record's own relations have numbers above those of PostgreSQL's catalogue. */
const firstOwn = 16_384;

/** Bytes of a page in the middle of the table that grew most. */
async function damage({ data }: Pick<Product, 'data'>): Promise<string> {
  const base = join(data, 'postgres', 'base');
  const files = (await readdir(base, { recursive: true })).filter((name) => Number(basename(name)) >= firstOwn);
  const sizes = await Promise.all(files.map(async (name) => ({ name, size: (await stat(join(base, name))).size })));
  for (const { name, size } of sizes.toSorted((a, b) => b.size - a.size)) {
    const number = Math.floor(size / page / 2);
    const file = await open(join(base, name), 'r+');
    try {
      if (!(await isTable(file, number))) continue;
      await file.write(Buffer.alloc(64, 0xa5), 0, 64, number * page + page / 2);
      return `page ${number} of base/${name}`;
    } finally {
      await file.close();
    }
  }
  throw new Error('the record has no tables');
}

/** A page of an index keeps something at its end; where that begins stands in bytes 16 and 17. */
async function isTable(file: FileHandle, number: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, number * page + 16);
  return buffer.readUInt16LE() === page;
}

async function damaged(bench: Bench): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-torture-backup-'));
  bench.defer(() => rm(folder, { recursive: true, force: true }));
  const backup = join(folder, 'record.gz');
  const product = await bench.product();
  let where = '';
  const { ledgers, violations } = await besiege(bench, { product, keys: 40, rate: 40, lasts: 8 }, async () => undefined);
  const made = baiying(product.data, 'backup', backup);
  await product.whileDown('SIGTERM', async () => {
    where = await damage(product);
  });
  const told = await until(
    'people are told',
    150_000,
    async () => (await askHealth(product.http)).some((line) => /damage/.test(line)),
    500,
  ).then(
    () => askHealth(product.http),
    () => [],
  );
  let restored = { code: null as number | null, said: '' };
  await product.whileDown('SIGTERM', async () => {
    restored = baiying(product.data, 'restore', backup, '--force');
  });
  await until('ready again', 60_000, product.ready);
  const again = await readRecord(await openOperatorDesk(product.http));
  const missing = ledgers.presses.filter(({ eventId }) => !again.signals.some((signal) => signal.eventId === eventId)).length;
  return judged(
    [
      [`${where}: ${told.length > 0 ? `told: ${told.join(' / ').slice(0, 200)}` : 'nobody was told'}`, told.length > 0],
      [
        `backup ${made.code === 0 ? 'made' : made.said}, restore ${restored.code === 0 ? 'done' : restored.said}`,
        made.code === 0 && restored.code === 0,
      ],
      [
        `${missing} presses and ${again.chains.filter(({ intact }) => !intact).length} chains missing afterwards`,
        missing === 0 && again.chains.every(({ intact }) => intact),
      ],
    ],
    violations,
  );
}

export const diskRows: readonly Row[] = [
  {
    number: 14,
    title: 'a slow disk (10 writes a second)',
    bound: 'acknowledged p99 within 2 s',
    how: 'a control group lets the product and its PostgreSQL write ten times a second, for 15 s under load; needs root',
    run: slow,
  },
  {
    number: 15,
    title: 'the disk becomes read-only',
    bound: 'no acknowledgement any more; never "ok"; all is there once it is repaired',
    how: 'an ext4 in a file that the kernel takes for broken (`remount,abort`) under load; repaired and started again after 5 s; needs root',
    run: failing,
  },
  {
    number: 16,
    title: "the database's files are damaged",
    bound: 'told after the start; restored from a backup',
    how: '64 bytes in the middle of the largest table are overwritten while it is stopped; `baiying restore --force`',
    run: damaged,
  },
];
