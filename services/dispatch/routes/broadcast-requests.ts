import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rfc3339 } from '../../alarm/index.ts';
import { type BroadcastRequest, findRequest, listRequests, requestStates } from '../../store/broadcast-requests.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, staff } from '../roles.ts';
import { type Asked, type ConsentDeps, giveConsent, refuseConsent } from '../second-person.ts';
import { broadcastShape, broadcastView } from './incident-shapes.ts';
import { found, idParams, uuidOf, uuidSchema, words } from './parts.ts';

const acts: Access = { roles: ['operator', 'supervisor', 'admin'] };
const maybe = z.string().exactOptional();

export const requestShape = z
  .object({
    id: z.string().meta({ description: "The broadcast's own, once there is consent" }),
    state: z.enum(requestStates),
    incidentId: maybe,
    text: maybe,
    phraseId: maybe,
    zoneId: maybe,
    lang: z.enum(['zh', 'en']),
    live: z.boolean(),
    exercise: z.boolean(),
    deviceIds: z.array(z.string()),
    siteIds: z.array(z.string()),
    requestedBy: z.string(),
    owner: z.string().meta({ description: 'Whose consent does not count: who asked, or who made the API key that did' }),
    askedAt: z.string(),
    until: z.string().meta({ description: 'Without consent by then it is given up' }),
    decidedAt: maybe,
    decidedBy: maybe,
    reason: maybe,
  })
  .meta({ id: 'BroadcastRequest' });

function requestView({ broadcast, askedAt, until, decidedAt, siteIds, ...rest }: BroadcastRequest): z.infer<typeof requestShape> {
  const { deviceIds, repeat: _repeat, volume: _volume, priority: _priority, audioUrl: _audio, ...said } = broadcast;
  return {
    ...said,
    ...rest,
    ...{ deviceIds: [...deviceIds], siteIds: [...siteIds], askedAt: rfc3339(askedAt), until: rfc3339(until) },
    ...(decidedAt === undefined ? {} : { decidedAt: rfc3339(decidedAt) }),
  };
}

/** 201: it is on its way. 202: it waits for a second person, at /broadcast-requests. */
export const askedResponse = { 201: broadcastShape, 202: requestShape };
export const answerAsked = (asked: Asked) =>
  'sent' in asked ? ({ code: 201, body: broadcastView(asked.sent) } as const) : ({ code: 202, body: requestView(asked.waits) } as const);

/** Broadcasts to more than one site, which a second person consents to or refuses. */
export const broadcastRequestRoutes =
  (deps: ConsentDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;
    const tags = ['broadcasts'];
    const querystring = z.strictObject({ ...pageQuery, state: z.enum(requestStates).exactOptional() });
    const request = async (id: string) => requestView(found(await findRequest(db, uuidOf(id)), 'request'));
    // Somebody stands before a loudspeaker and waits for the words.
    const config = { access: acts, urgent: true };

    app.get(
      '/broadcast-requests',
      { config: { access: staff }, schema: { tags, querystring, response: { 200: pageOf(requestShape) } } },
      async ({ query: { limit, cursor, state } }) => {
        const before = readCursor(cursor, uuidSchema);
        const rows = await listRequests(db, { limit: limit + 1, ...(before && { before }), ...(state && { state }) });
        return page(rows.map(requestView), limit, (row) => row.id);
      },
    );

    app.get(
      '/broadcast-requests/:id',
      { config: { access: staff }, schema: { tags, params: idParams, response: { 200: requestShape } } },
      async ({ params }) => request(params.id),
    );

    app.post(
      '/broadcast-requests/:id/consent',
      {
        config,
        schema: {
          tags,
          params: idParams,
          body: z.strictObject({ reason: words(500).exactOptional() }).nullish(),
          response: { 201: broadcastShape },
          description: 'By a second person: never who asked, never who made the API key that asked, and no program.',
        },
      },
      async ({ params, body, actor }, reply) =>
        reply.code(201).send(broadcastView(await giveConsent(deps, uuidOf(params.id), actor, body?.reason))),
    );

    app.post(
      '/broadcast-requests/:id/refuse',
      {
        config,
        schema: {
          tags,
          params: idParams,
          body: z.strictObject({ reason: words(500) }),
          response: { 200: requestShape },
          description: 'Whoever asked may take it back so.',
        },
      },
      async ({ params, body, actor }) => {
        const { id } = await request(params.id);
        await refuseConsent(deps, id, actor, body.reason);
        return request(id);
      },
    );
  };
