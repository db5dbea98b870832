import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const folder = join(import.meta.dirname, '..', '..', 'console', 'pages');

/** The page that makes the first account. Comes after the console's, which bring the means to send files. */
export async function publicPages(app: FastifyInstance): Promise<void> {
  const route = { config: { access: 'public' as const }, schema: { hide: true } };
  app.get('/setup', route, (_request, reply) => reply.sendFile('setup.html', folder));
  for (const file of ['pages.css', 'setup.js']) app.get(`/pages/${file}`, route, (_request, reply) => reply.sendFile(file, folder));
}
