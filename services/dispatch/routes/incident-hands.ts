import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Fault } from '../../errors.ts';
import { colleagueNamed } from '../../store/holders.ts';
import { findIncident } from '../../store/incident-lists.ts';
import { procedureVersion } from '../../store/procedures.ts';
import { incidentDetail } from '../incident-view.ts';
import type { Actor } from '../roles.ts';
import { acts, type IncidentActDeps, supervises } from './incident-acts.ts';
import { incidentDetailShape } from './incident-shapes.ts';
import { found, idParams, uuidOf, words } from './parts.ts';
import { id } from './register-schemas.ts';

const tags = ['incidents'];
const config = { access: acts, urgent: true };
const response = { 200: incidentDetailShape };
const takeBody = z.strictObject({ reason: words(500).exactOptional() }).nullish();
const handBody = z.strictObject({ accountId: z.string().min(1).max(64), note: words(500).exactOptional() });
const stepBody = z.strictObject({ done: z.boolean(), note: words(500).exactOptional() });

/** Who has an incident, and what was done of its procedure. */
export const incidentHandRoutes =
  (deps: IncidentActDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, desk } = deps;

    app.post(
      '/incidents/:id/take-over',
      { config, schema: { tags, summary: 'Have the incident, also one that was offered', params: idParams, body: takeBody, response } },
      async (request, reply) => {
        const { name: by, id: accountId } = person(request.actor);
        const reason = request.body?.reason;
        const incident = await desk.act(uuidOf(request.params.id), { type: 'taken', by, accountId, ...(reason && { reason }) });
        return reply.code(200).send(await incidentDetail(deps, incident.id));
      },
    );

    app.post(
      '/incidents/:id/hand-on',
      {
        config,
        schema: {
          tags,
          summary: 'Offer the incident to a colleague, who takes it or leaves it',
          params: idParams,
          body: handBody,
          response,
        },
      },
      async (request, reply) => {
        const { name: by, id: accountId } = person(request.actor);
        const { accountId: toId, note } = request.body;
        const to = await colleagueNamed(db, toId);
        if (to === undefined || toId === accountId)
          throw new Fault('body-invalid', undefined, [{ path: 'accountId', message: 'name a colleague of the desk: see /colleagues' }]);
        const anyway = supervises(request.actor);
        const asked = { by, accountId, to: { accountId: toId, name: to }, anyway, ...(note && { note }) };
        const incident = await desk.act(uuidOf(request.params.id), { type: 'handed-on', ...asked });
        return reply.code(200).send(await incidentDetail(deps, incident.id));
      },
    );

    await app.register(stepRoute(deps));
  };

const stepRoute =
  (deps: IncidentActDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, desk } = deps;
    app.post(
      '/incidents/:id/steps/:stepId',
      {
        config,
        schema: {
          tags,
          summary: 'Tick a step of the procedure, or take the tick back',
          params: idParams.extend({ stepId: id }),
          body: stepBody,
          response,
        },
      },
      async (request, reply) => {
        const incidentId = uuidOf(request.params.id);
        const { procedure } = found(await findIncident(db, incidentId), 'incident');
        const steps = procedure ? (await procedureVersion(db, procedure))?.steps : undefined;
        const step = found(
          steps?.find(({ id: stepId }) => stepId === request.params.stepId),
          'step of its procedure',
        );
        const { done, note } = request.body;
        const ticked = { by: request.actor.name, stepId: step.id, step: step.text, done, ...(note && { note }) };
        await desk.act(incidentId, { type: 'step', ...ticked });
        return reply.code(200).send(await incidentDetail(deps, incidentId));
      },
    );
  };

function person(actor: Actor): Actor {
  if (actor.kind !== 'account') throw new Fault('role-missing', 'Only a person can have an incident: sign in with an account');
  return actor;
}
