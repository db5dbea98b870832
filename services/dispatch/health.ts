import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { seconds } from '../alarm/index.ts';
import { readMetrics } from '../metrics.ts';
import type { Clock, Log } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { guardRoutes } from './access.ts';
import { answerUnknownRoute } from './problem.ts';
import { bareApp } from './server.ts';

/**
 * Asks one thing that the product needs. Resolves to nothing when it answers, or to the reason why not, in words that
 * may be shown to anybody; a throw is logged and shown as "does not answer".
 */
export type HealthCheck = () => Promise<string | undefined>;

export interface HealthDeps {
  /** By the name that the page shows: `database`, `queue`, `broker`. */
  readonly checks: Readonly<Record<string, HealthCheck>>;
  /** What people should know although the product does its work. */
  readonly notes?: Readonly<Record<string, HealthCheck>>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Readiness {
  readonly status: 'ok' | 'unavailable';
  readonly checks: Readonly<Record<string, 'ok' | 'failed'>>;
  /** One for each check that failed, with its name in front. */
  readonly reasons: readonly string[];
  /** What does not do its work although all that is needed does, with its name in front. */
  readonly notes?: readonly string[];
}

const patience = seconds(2);

/** `/livez`: the process answers. `/readyz` and `/healthz`: all it needs answers too. */
export function healthRoutes(app: FastifyInstance, deps: HealthDeps): void {
  const config = { access: 'public', urgent: true } as const;
  const schema = { hide: true } as const;
  const ready = sharedReadiness(deps);

  app.get('/livez', { config, schema }, async () => ({ status: 'ok' }));
  for (const url of ['/readyz', '/healthz']) {
    app.get(url, { config, schema }, async (_request, reply) => {
      const readiness = await ready();
      reply.header('cache-control', 'no-store');
      return readiness.status === 'ok' ? readiness : reply.code(503).header('retry-after', 2).send(readiness);
    });
  }
}

/** `/metrics`: numbers, for programs with a key and for the people who may. Needs the guard. */
export function metricsRoute(app: FastifyInstance): void {
  const config = { access: { roles: ['supervisor', 'integrator'] }, anyKey: true } as const;
  app.get('/metrics', { config, schema: { hide: true } }, async (_request, reply) => {
    const { type, text } = await readMetrics();
    return reply.type(type).send(text);
  });
}

/** The HTTP side of a process that serves nobody: how it is and, where the record can say who asks, its numbers. */
export async function healthApp(deps: HealthDeps & { readonly db?: Db }): Promise<FastifyInstance> {
  const app = bareApp(deps.log);
  app.setNotFoundHandler(answerUnknownRoute);
  if (deps.db) {
    await app.register(cookie);
    guardRoutes(app, { db: deps.db, clock: deps.clock });
    metricsRoute(app);
  }
  healthRoutes(app, deps);
  return app;
}

/** Anybody may ask, as often as they like: those who ask while the checks run share their answer. */
function sharedReadiness(deps: HealthDeps): () => Promise<Readiness> {
  let running: Promise<Readiness> | undefined;
  return () => {
    running ??= askAll(deps).finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function askAll({ checks, notes = {}, clock, log }: HealthDeps): Promise<Readiness> {
  const names = Object.keys(checks);
  const all = (asked: Readonly<Record<string, HealthCheck>>) =>
    Promise.all(Object.entries(asked).map(([name, check]) => ask(name, check, clock, log)));
  const [answers, noted] = await Promise.all([all(checks), all(notes)]);
  const named = (told: readonly (string | undefined)[], by: readonly string[]) =>
    told.flatMap((reason, index) => (reason === undefined ? [] : [`${by[index]}: ${reason}`]));
  const reasons = named(answers, names);
  const remarks = named(noted, Object.keys(notes));
  const states = names.map((name, index) => [name, answers[index] === undefined ? 'ok' : 'failed'] as const);
  return {
    status: reasons.length === 0 ? 'ok' : 'unavailable',
    checks: Object.fromEntries(states),
    reasons,
    ...(remarks.length === 0 ? {} : { notes: remarks }),
  };
}

async function ask(name: string, check: HealthCheck, clock: Clock, log: Log): Promise<string | undefined> {
  const late = Promise.withResolvers<string>();
  const timer = clock.after(`health-${name}`, patience, () => late.resolve(`gave no answer within ${patience / 1000} s`));
  try {
    return await Promise.race([check(), late.promise]);
  } catch (error) {
    log.warn({ err: error, check: name }, 'health check failed');
    return 'does not answer';
  } finally {
    timer.stop();
  }
}
