import type { Settings } from '../../config/schema.ts';
import { openLog } from '../../services/log.ts';
import { type Connection, openStore, type Store } from '../../services/store/connect.ts';
import { embeddedStanding, startEmbedded } from '../../services/store/embedded.ts';
import { Ends, exits, type Io } from './io.ts';

export interface OpenRecord {
  readonly db: Store['routine'];
  close(): Promise<void>;
}

/**
 * The record, beside a Baiying that runs or on its own: a built-in PostgreSQL that stands still is started, and stopped
 * again on close.
 * @throws Ends where no Baiying ever ran; Fault `record-unavailable`
 */
export async function openRecord(settings: Pick<Settings, 'data' | 'databaseUrl'>, io: Pick<Io, 't' | 'progress'>): Promise<OpenRecord> {
  const log = openLog({ logLevel: 'error' }, 'cli');
  const { connection, stop } = await reach(settings, io);
  try {
    const store = await openStore({ connection, log });
    return {
      db: store.routine,
      async close() {
        await store.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface Reached {
  readonly connection: Connection;
  stop(): Promise<void>;
}

/**
 * Where the record is. With `anew` a folder on which no Baiying ever ran gets an empty one.
 * @throws Ends where there is none; Fault `record-unavailable`
 */
export async function reach(
  { data, databaseUrl }: Pick<Settings, 'data' | 'databaseUrl'>,
  io: Pick<Io, 't' | 'progress'>,
  anew = false,
): Promise<Reached> {
  const stop = async () => undefined;
  if (databaseUrl !== undefined) return { connection: databaseUrl, stop };
  const standing = await embeddedStanding(data);
  switch (standing.state) {
    case 'running':
      return { connection: standing.connection, stop };
    case 'none':
      if (anew) return started(data);
      throw new Ends(
        exits.unwell,
        io.t(
          `There is no record in ${data}: no Baiying ever ran there. Name its folder with BAIYING_DATA.`,
          `${data} 中没有记录：百应从未在此运行。请用 BAIYING_DATA 指明文件夹。`,
        ),
      );
    case 'stopped': {
      io.progress(io.t('Baiying is stopped; starting its PostgreSQL for a moment …', '百应未运行；暂时启动其 PostgreSQL……'));
      return started(data);
    }
    default:
      return standing satisfies never;
  }
}

async function started(data: string): Promise<Reached> {
  const embedded = await startEmbedded({ dataDir: data, log: openLog({ logLevel: 'error' }, 'cli') });
  return { connection: embedded.connection, stop: () => embedded.stop() };
}
