import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type Duration, hours, minutes, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { Sealer } from '../secrets-at-rest.ts';
import { purgeSessions } from '../store/accounts.ts';
import type { Db } from '../store/connect.ts';
import { purgeRequests } from '../store/idempotency.ts';
import { guardRoutes } from './access.ts';
import type { Channel } from './asyncapi.ts';
import { clientOf } from './clients.ts';
import { contentSecurity } from './content-security.ts';
import { overTls } from './credentials.ts';
import { type HealthCheck, healthRoutes, metricsRoute } from './health.ts';
import { answerOnce, answersKept } from './idempotency.ts';
import { takeJsonOnly } from './json-body.ts';
import { apiPages, describeRoutes } from './openapi.ts';
import { answerUnknownRoute } from './problem.ts';
import { openRecognition } from './recognition.ts';
import { accountSessionRoutes, passwordResetRoutes } from './routes/account-sessions.ts';
import { accountsRoutes } from './routes/accounts.ts';
import { apiKeysRoutes } from './routes/api-keys.ts';
import { auditRoutes } from './routes/audit.ts';
import { consolePages } from './routes/console.ts';
import { meRoutes } from './routes/me.ts';
import { linkedPages } from './routes/pages.ts';
import { secondFactorEndRoutes, secondFactorRoutes } from './routes/second-factor.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { setupRoutes } from './routes/setup.ts';
import { signOnRoutes } from './routes/single-sign-on.ts';
import { openSecondFactors } from './second-factor.ts';
import { bareApp } from './server.ts';
import type { SignOn } from './single-sign-on.ts';
import { openSockets } from './sockets.ts';

export interface AppDeps {
  /** `store.desk`. */
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly sealer: Sealer;
  /** Whoever has one of them needs a second factor beside the password. */
  readonly secondFactorRoles?: readonly string[];
  /** settings.sessions.hours */
  readonly sessionHours: number;
  /** settings.timeZone */
  readonly zone: string;
  /** Browsers reach us over TLS always, also where a request does not show it: the cookie is marked Secure and HSTS is sent. */
  readonly secure: boolean;
  /** Addresses and networks (CIDR), comma-separated, of proxies that name the real client. Nobody is believed when not said. */
  readonly proxies?: string;
  /** Absent where the settings name no issuer of identities. */
  readonly signOn?: SignOn;
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly notes?: Readonly<Record<string, HealthCheck>>;
  readonly channels: readonly Channel[];
  /** Plugins of all other resources, registered under /api/v1. */
  readonly routes: readonly FastifyPluginAsyncZod[];
  /** Requests of one actor from one address in a minute; 12,000 when not said. */
  readonly requestsPerMinute?: number;
  /** A loop that stood this long answers only what is urgent; 3 s when not said. */
  readonly longestStall?: Duration;
}

/** The HTTP side, ready to `listen` or `inject`. Starts nothing but hourly housekeeping, which `close` stops. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = bareApp(deps.log, deps.proxies);
  takeJsonOnly(app);
  await protect(app, deps);
  await describeRoutes(app, deps);
  await openSockets(app, deps.clock);
  const recognition = openRecognition(deps);
  guardRoutes(app, deps, recognition);
  await limit(app, deps.requestsPerMinute ?? 12_000);
  answerOnce(app, deps);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, answerUnknownRoute);
  await apiPages(app, deps);
  healthRoutes(app, deps);
  await consolePages(app);
  await linkedPages(app);
  metricsRoute(app);
  const factors = openSecondFactors(deps);
  const own = [
    sessionsRoutes,
    setupRoutes,
    signOnRoutes,
    accountsRoutes,
    accountSessionRoutes,
    passwordResetRoutes,
    meRoutes,
    secondFactorRoutes,
    secondFactorEndRoutes,
    apiKeysRoutes,
    auditRoutes,
  ];
  for (const routes of [...own.map((make) => make({ ...deps, factors, met: recognition.met })), ...deps.routes])
    await app.register(named(routes), { prefix: '/api/v1' });
  keepHouse(app, deps);
  return app;
}

/** Fastify looks for a plugin without a name among all modules that were loaded: a tenth of a second of each start. */
const named = (routes: FastifyPluginAsyncZod): FastifyPluginAsyncZod =>
  Object.assign(routes, { [Symbol.for('fastify.display-name')]: 'routes' });

async function protect(app: FastifyInstance, { secure, longestStall }: AppDeps): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: longestStall ?? seconds(3),
    pressureHandler: async (request) => {
      if (!isUrgent(request)) throw new Fault('overloaded');
    },
  });
  await app.register(helmet, {
    // Said below, and over TLS alone.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: contentSecurity(),
  });
  app.addHook('onRequest', async (request, reply) => {
    if (overTls(request, secure)) reply.header('strict-transport-security', 'max-age=31536000');
  });
  await app.register(cookie);
}

const isUrgent = (request: FastifyRequest): boolean => request.routeOptions.config?.urgent === true;

async function limit(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: minutes(1),
    enableDraftSpec: true,
    keyGenerator: (request) => `${request.signedIn?.actor.id ?? ''} ${clientOf(request)}`,
    allowList: isUrgent,
    errorResponseBuilder: () => new Fault('rate-limited'),
  });
}

function keepHouse(app: FastifyInstance, { db, clock, log }: AppDeps): void {
  const timer = clock.every('desk-housekeeping', hours(1), async () => {
    const now = clock.now();
    try {
      await purgeSessions(db, now);
      await purgeRequests(db, now - answersKept);
    } catch (error) {
      log.warn({ err: error }, 'ended sessions and old answers were not removed');
    }
  });
  app.addHook('onClose', async () => timer.stop());
}
