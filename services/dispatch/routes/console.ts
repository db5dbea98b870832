import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Fault } from '../../errors.ts';
import { contentSecurity } from '../content-security.ts';

const dist = join(import.meta.dirname, '..', '..', 'console', 'dist');
/** Where Vite leaves room for the nonce; see services/console/vite.config.ts. */
const place = '__NONCE__';

/** The console: one page under many paths, and the files it is made of. They are public; what they ask for is not. */
export async function consolePages(app: FastifyInstance): Promise<void> {
  const route = { config: { access: 'public' as const }, schema: { hide: true } };
  const files = { serve: false, cacheControl: false, index: false as const, preCompressed: true };
  await app.register(fastifyStatic, { root: dist, ...files });
  app.get('/', route, (_request, reply) => reply.redirect('/console/'));
  app.get('/console', route, (_request, reply) => reply.redirect('/console/'));
  app.get<{ Params: { '*': string } }>('/console/assets/*', route, (request, reply) =>
    // Their names change with their content.
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      // The officer's page is kept on the phone by a worker that comes from here.
      .header('service-worker-allowed', '/console/')
      .sendFile(`assets/${request.params['*']}`),
  );
  app.get('/console/*', route, (_request, reply) => sendPage(reply));
}

/** Some parts of the page write styles of their own; the nonce lets in theirs and nobody else's. */
async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64');
  const page = await readFile(join(dist, 'index.html'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Fault('console-not-built');
    throw error;
  });
  await reply.helmet({ contentSecurityPolicy: contentSecurity(nonce) });
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page.replaceAll(place, nonce));
}
