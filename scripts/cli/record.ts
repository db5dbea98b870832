import type { Settings } from '../../config/schema.ts';
import { Fault } from '../../services/errors.ts';
import { openLog } from '../../services/log.ts';
import { type Connection, openStore, type Store } from '../../services/store/connect.ts';
import { embeddedStanding, startEmbedded } from '../../services/store/embedded.ts';

export interface OpenRecord {
  readonly db: Store['routine'];
  close(): Promise<void>;
}

/**
 * The record, beside a Baiying that runs or on its own: a built-in PostgreSQL that stands still is started, and stopped
 * again on close.
 * @throws Fault `not-found` where no Baiying ever ran; `record-unavailable`
 */
export async function openRecord(settings: Pick<Settings, 'data' | 'databaseUrl'>, tell: (text: string) => void): Promise<OpenRecord> {
  const log = openLog({ logLevel: 'error' }, 'cli');
  const { connection, stop } = await reach(settings, tell);
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

async function reach(
  { data, databaseUrl }: Pick<Settings, 'data' | 'databaseUrl'>,
  tell: (text: string) => void,
): Promise<{ connection: Connection; stop(): Promise<void> }> {
  const stop = async () => undefined;
  if (databaseUrl !== undefined) return { connection: databaseUrl, stop };
  const standing = await embeddedStanding(data);
  switch (standing.state) {
    case 'running':
      return { connection: standing.connection, stop };
    case 'none':
      throw new Fault('not-found', `There is no record in ${data}: no Baiying ever ran there. Name its folder with BAIYING_DATA.`);
    case 'stopped': {
      tell('Baiying is stopped; starting its PostgreSQL for a moment …');
      const embedded = await startEmbedded({ dataDir: data, log: openLog({ logLevel: 'error' }, 'cli') });
      return { connection: embedded.connection, stop: () => embedded.stop() };
    }
    default:
      return standing satisfies never;
  }
}
