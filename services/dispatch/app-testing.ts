import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { minutes } from '../alarm/index.ts';
import { type ManualClock, manualClock } from '../scenarios/manual-clock.ts';
import { hashSecret } from '../secrets.ts';
import { openSealer } from '../secrets-at-rest.ts';
import { addAccount } from '../store/accounts.ts';
import type { Store } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { type AppDeps, buildApp } from './app.ts';

/** The whole HTTP side over an empty record, for tests: a clock moved by hand, an account of each role on demand. */
export interface TestDesk {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly clock: ManualClock;
  /** Bearer header of a new session with these roles. */
  as(...roles: string[]): Promise<{ authorization: string }>;
  ask(options: InjectOptions): Promise<LightMyRequestResponse>;
}

export const testPassword = 'correct horse battery';

export async function testDesk(whenDone: (run: () => Promise<void>) => void, with_: Partial<AppDeps> = {}): Promise<TestDesk> {
  const store = await freshStore(whenDone);
  const clock = manualClock();
  const folder = await mkdtemp(join(tmpdir(), 'baiying-desk-'));
  const app = await buildApp({
    ...{ db: store.desk, clock, log: quiet, version: '0.0.0', sessionHours: 12, zone: 'Asia/Shanghai', secure: false },
    sealer: openSealer(folder),
    // The test machine may stand still; what happens then has a test of its own.
    ...{ checks: {}, channels: [], routes: [], longestStall: minutes(5) },
    ...with_,
  });
  whenDone(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  // Cheap on purpose: what a person's hash costs is measured elsewhere.
  const passwordHash = await hashSecret(testPassword, 'device');
  let people = 0;
  return {
    app,
    store,
    clock,
    ask: (options) => app.inject(options),
    async as(...roles) {
      people += 1;
      const username = `person-${people}`;
      const at = new Date(clock.now());
      await addAccount(store.desk, {
        id: uuidv7(clock.now()),
        username,
        password_hash: passwordHash,
        roles,
        station_ids: [],
        created_at: at,
        updated_at: at,
      });
      const answer = await app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { username, password: testPassword } });
      return { authorization: `Bearer ${answer.json<{ token: string }>().token}` };
    },
  };
}
