import type { FastifyInstance } from 'fastify';

/** The one-time links: short to read out, and the token behind the # stays with the browser on the way to the page. */
export async function linkedPages(app: FastifyInstance): Promise<void> {
  const route = { config: { access: 'public' as const }, schema: { hide: true } };
  app.get('/setup', route, (_request, reply) => reply.redirect('/console/first-run'));
  app.get('/reset', route, (_request, reply) => reply.redirect('/console/reset'));
}
