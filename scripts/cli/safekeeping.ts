import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Settings } from '../../config/schema.ts';
import { openLog } from '../../services/log.ts';
import { expectFormerSeals } from '../../services/secrets-at-rest.ts';
import { audit } from '../../services/store/audit.ts';
import type { AuditAct } from '../../services/store/audit-acts.ts';
import { writeBackup } from '../../services/store/backup.ts';
import { restoreBackup } from '../../services/store/backup-restore.ts';
import { type Connection, openStore } from '../../services/store/connect.ts';
import { checkChains, describeChains } from './chain.ts';
import { exits, type Io } from './io.ts';
import { reach } from './record.ts';

type Place = Pick<Settings, 'data' | 'databaseUrl'>;

const size = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** The whole record into one file, while Baiying runs or stands still. */
export async function backup(settings: Place, io: Io, file: string): Promise<void> {
  const { connection, stop } = await reach(settings, io);
  try {
    const path = resolve(file);
    const tell = (table: string, rows: number, done: number, of: number) => io.progress(`${done}/${of}  ${table}  ${rows}`);
    const made = await writeBackup({ connection, path, at: new Date(), tell });
    await note(connection, 'record.backed-up', { migration: made.migration, bytes: made.bytes });
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    const beside = io.t(
      'Not in it: pictures and recordings (the footage folder) and master.key, without which sealed passwords stay sealed. Keep copies of both, the key apart from the backup.',
      '备份不含：图片与录像（footage 文件夹）以及 master.key（没有它，已封存的密码无法解开）。请另行保存，且密钥不要与备份放在一起。',
    );
    io.result(
      { file: path, ...made },
      io.t(
        `${path}: ${rows} rows in ${made.tables.length} tables, ${size(made.bytes)}`,
        `${path}：${made.tables.length} 张表，${rows} 行，${size(made.bytes)}`,
      ),
    );
    io.progress(beside);
  } finally {
    await stop();
  }
}

/** A backup in the place of the record; then every hash chain of it is checked. */
export async function restore(settings: Place, io: Io, file: string, force: boolean): Promise<void> {
  const path = resolve(file);
  io.progress(io.t(`reading ${path} (${size((await stat(path)).size)}) …`, `正在读取 ${path}（${size((await stat(path)).size)}）……`));
  const { connection, stop } = await reach(settings, io, true);
  try {
    const tell = (table: string, rows: number) => io.progress(`${table}  ${rows}`);
    const restored = await restoreBackup({ connection, path, force, tell });
    expectFormerSeals(settings.data);
    const store = await openStore({ connection, log: openLog({ logLevel: 'error' }, 'cli') });
    const chains = await checkChains(store.routine, {}, io).finally(() => store.close());
    await note(connection, 'record.restored', { migration: restored.migration, of: restored.at, intact: chains.intact });
    const done = io.t(`The record of ${restored.at} is in its place.`, `${restored.at} 的记录已恢复。`);
    io.result({ ...restored, chains }, `${done}\n${describeChains(chains, io)}`);
    if (!chains.intact) process.exitCode = exits.unwell;
  } finally {
    await stop();
  }
}

/** Who copies the whole record, or puts another in its place, is on the audit trail. */
async function note(connection: Connection, act: AuditAct, data: Readonly<Record<string, unknown>>): Promise<void> {
  const store = await openStore({ connection, log: openLog({ logLevel: 'error' }, 'cli') });
  try {
    await audit(store.desk, { at: Date.now(), by: `${userInfo().username} (baiying)`, act, subject: 'record', data });
  } finally {
    await store.close();
  }
}
