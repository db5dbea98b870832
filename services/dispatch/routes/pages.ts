import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const folder = join(import.meta.dirname, '..', '..', 'console', 'pages');

/** The pages that people open before they have an account: what runs here, and the first account. */
export async function publicPages(app: FastifyInstance): Promise<void> {
  const route = { config: { access: 'public' as const }, schema: { hide: true } };
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false });
  app.get('/', route, (_request, reply) => reply.sendFile('index.html'));
  app.get('/setup', route, (_request, reply) => reply.sendFile('setup.html'));
  for (const file of ['pages.css', 'setup.js']) app.get(`/pages/${file}`, route, (_request, reply) => reply.sendFile(file));
}
