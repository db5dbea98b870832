import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findBroadcast, listBroadcasts } from '../../store/broadcast-lists.ts';
import { type StopDeps, stopBroadcast } from '../announce.ts';
import { broadcastBody } from '../broadcast-request.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, staff } from '../roles.ts';
import { askBroadcast, type ConsentDeps } from '../second-person.ts';
import { answerAsked, askedResponse } from './broadcast-requests.ts';
import { broadcastShape, broadcastView } from './incident-shapes.ts';
import { found, idParams, noBody, uuidOf, uuidSchema } from './parts.ts';

export interface BroadcastRouteDeps extends ConsentDeps {
  readonly announce: StopDeps;
}

const acts: Access = { roles: ['operator', 'supervisor', 'admin'] };

export const broadcastRoutes =
  (deps: BroadcastRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, announce } = deps;
    const querystring = z.strictObject({ ...pageQuery, incidentId: uuidSchema.exactOptional() });

    app.get(
      '/broadcasts',
      { config: { access: staff }, schema: { querystring, response: { 200: pageOf(broadcastShape) } } },
      async (request) => {
        const { limit, cursor, incidentId } = request.query;
        const before = readCursor(cursor, uuidSchema);
        const rows = await listBroadcasts(db, { limit: limit + 1, ...(before && { before }), ...(incidentId && { incidentId }) });
        return page(rows.map(broadcastView), limit, (row) => row.id);
      },
    );

    app.post(
      '/broadcasts',
      { config: { access: acts }, schema: { body: broadcastBody, response: askedResponse } },
      async (request, reply) => {
        const { code, body } = answerAsked(await askBroadcast(deps, request.body, request.actor));
        return reply.code(code).send(body);
      },
    );

    app.get(
      '/broadcasts/:id',
      { config: { access: staff }, schema: { params: idParams, response: { 200: broadcastShape } } },
      async (request) => broadcastView(found(await findBroadcast(db, uuidOf(request.params.id)), 'broadcast')),
    );

    const stopped = broadcastShape.extend({
      notStopped: z
        .array(z.object({ deviceId: z.string(), reason: z.string() }))
        .meta({ description: 'Loudspeakers that could not be told to stop' }),
    });
    app.post(
      '/broadcasts/:id/stop',
      { config: { access: acts }, schema: { params: idParams, body: noBody, response: { 201: stopped } } },
      async (request, reply) => {
        const id = uuidOf(request.params.id);
        const faults = await stopBroadcast(found(await findBroadcast(db, id), 'broadcast'), request.actor.name, announce);
        const after = found(await findBroadcast(db, id), 'broadcast');
        return reply
          .code(201)
          .send({ ...broadcastView(after), notStopped: [...faults].map(([deviceId, reason]) => ({ deviceId, reason })) });
      },
    );
  };
