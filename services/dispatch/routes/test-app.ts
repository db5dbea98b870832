import fastify, { type FastifyInstance } from 'fastify';
import { type FastifyPluginAsyncZod, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { onTestFinished } from 'vitest';
import { Fault } from '../../errors.ts';
import type { Actor, Role } from '../access.ts';
import { takeJsonOnly } from '../json-body.ts';
import { answerProblem } from '../problem.ts';

/** An app with one plugin of routes, for tests: the headers `x-role` and `x-name` are the credential; a name that begins with `bk_` is a program's. Closed when the test ends. */
export async function testApp(plugin: FastifyPluginAsyncZod): Promise<FastifyInstance> {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerProblem);
  takeJsonOnly(app);
  app.decorateRequest('signedIn', null);
  app.decorateRequest('actor', {
    getter() {
      const role = String(this.headers['x-role'] ?? 'operator') as Role;
      const name = String(this.headers['x-name'] ?? 'wang');
      const program = name.startsWith('bk_');
      return { name, roles: [role], kind: program ? 'api-key' : 'account', id: program ? name.slice(3) : 'a' } satisfies Actor;
    },
  });
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined) throw new Error('no access decision');
    if (typeof access === 'string' || access.roles.some((role) => request.actor.roles.includes(role))) return;
    throw new Fault('role-missing');
  });
  await app.register(plugin);
  onTestFinished(() => app.close());
  return app;
}
