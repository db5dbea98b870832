import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { seconds } from '../alarm/index.ts';
import { observeRequest } from '../metrics.ts';
import type { Log } from '../ports.ts';
import { boundSockets, trustedProxies } from './clients.ts';
import { answerNoRequest, answerProblem } from './problem.ts';

const bodyLimit = 256 * 1024;
/** A socket silent this long while we wait for the request is closed. */
const socketPatience = seconds(10);
/** That each of the doors, HTTP and HTTPS, holds at most. */
export const mostSockets = 2000;

/**
 * Limits as measured against slow senders: with fastify's own, 300 of 300 trickling connections stayed open.
 * @param proxies whose word about the client's address is taken, comma-separated; nobody's when not said
 */
export function bareApp(log: Log, proxies?: string): FastifyInstance {
  const paths = ['authorization', 'cookie', 'password', 'secret', 'token', 'key'].flatMap((name) => [
    name,
    `*.${name}`,
    `*.*.${name}`,
    `*.*.*.${name}`,
  ]);
  const trusts = trustedProxies(proxies);
  const logger: FastifyBaseLogger = log.child({}, { redact: { paths, censor: '[redacted]' } });
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => named(request.headers['x-request-id']) ?? randomUUID(),
    requestTimeout: seconds(10),
    connectionTimeout: socketPatience,
    bodyLimit,
    trustProxy: proxies === undefined ? false : trusts,
    http: { headersTimeout: seconds(8), connectionsCheckingInterval: seconds(2) },
    frameworkErrors: (error, request, reply) => void answerProblem(error, request as FastifyRequest, reply as never),
    clientErrorHandler: (error, socket) => answerNoRequest(error, socket),
  });
  app.server.maxConnections = mostSockets;
  boundSockets(app.server, trusts, log);
  app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerProblem);
  watch(app);
  dropUnusedAtClose(app);
  return app;
}

/** Browsers open a socket before they need it, and Node counts one that never asked as busy: closing would wait for its time-out. */
function dropUnusedAtClose(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  let closing = false;
  app.server.on('connection', (socket) => {
    if (closing) return void socket.destroy();
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.server.on('upgrade', ({ socket }) => unused.delete(socket as Socket));
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of unused) socket.destroy();
  });
}

const named = (id: string | string[] | undefined): string | undefined =>
  typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : undefined;

/** Names every answer, counts it, and stops the socket's clock while it is us who take long. */
function watch(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('preHandler', async (request) => {
    request.raw.socket.setTimeout?.(0);
  });
  app.addHook('onResponse', async (request, reply) => {
    request.raw.socket.setTimeout?.(socketPatience);
    observeRequest(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    request.log.debug(
      { method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });
}
