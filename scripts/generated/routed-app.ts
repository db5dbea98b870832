import type { FastifyInstance } from 'fastify';
import { loadSettings } from '../../config/load.ts';
import { loadPhrases } from '../../config/phrases/load.ts';
import { drivers } from '../../devices/catalogue.ts';
import { buildApp } from '../../services/dispatch/app.ts';
import { type ApiDeps, apiRoutes } from '../../services/dispatch/routes/index.ts';
import { words } from '../../services/words.ts';

/**
 * Reads what the routes say of themselves. They are only registered, never called, so nothing stands behind the parts that
 * need a record.
 */
export async function fromRoutes<T>(read: (app: FastifyInstance) => T | Promise<T>): Promise<T> {
  const phrases = loadPhrases();
  const parts = {
    drivers,
    words: { zh: words('zh', phrases), en: words('en', phrases) },
    // Handed on by spreading, which copies only what stands there by name.
    ...{ store: nothing<ApiDeps['store']>(), clock: nothing<ApiDeps['clock']>(), log: nothing<ApiDeps['log']>() },
    register: nothing<ApiDeps['register']>(),
  } satisfies Partial<ApiDeps>;
  const { settings } = loadSettings({ env: {}, cwd: import.meta.dirname });
  const routes = apiRoutes(Object.assign(nothing<ApiDeps>(), parts));
  const { proxies, sessions } = settings;
  const own = { routes, version: '0', channels: [], checks: {}, sessionHours: sessions.hours, proxies, secure: false };
  const app = await buildApp(Object.assign(nothing<Parameters<typeof buildApp>[0]>(), own));
  try {
    await app.ready();
    return await read(app);
  } finally {
    await app.close();
  }
}

/** Stands for any part: every property and every call of it is again such a nothing. */
function nothing<T extends object>(): T {
  const part: object = new Proxy(() => undefined, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : typeof name === 'symbol' || name === 'then' ? undefined : part),
    apply: () => part,
  });
  return part as T;
}
