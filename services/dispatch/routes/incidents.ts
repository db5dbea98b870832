import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { incidentStates, type Priority } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { NewIncident } from '../../ports.ts';
import { listIncidents } from '../../store/incident-lists.ts';
import { idsOnShelf } from '../../store/register.ts';
import { verifyChain } from '../../store/timeline.ts';
import { incidentDetail, incidentRows } from '../incident-view.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, staff } from '../roles.ts';
import { surroundingsOf } from '../surroundings.ts';
import { surroundingsShape } from './desk-shapes.ts';
import { type IncidentActDeps, incidentActRoutes } from './incident-acts.ts';
import { incidentHandRoutes } from './incident-hands.ts';
import { chainShape, incidentDetailShape, incidentShape } from './incident-shapes.ts';
import { found, idParams, someOf, uuidOf, uuidSchema, words } from './parts.ts';
import { id, instant, point } from './register-schemas.ts';

export type IncidentRouteDeps = IncidentActDeps;

const opens: Access = { roles: ['operator', 'supervisor', 'integrator', 'admin'] };

const newIncident = z
  .strictObject({
    kind: id.meta({ description: "One of the product's kinds or of the station's own, as street-fight" }),
    siteId: id.exactOptional(),
    cameraId: id.exactOptional(),
    location: point.exactOptional(),
    priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).meta({ description: '1 is the most urgent' }),
    note: words(2000, 0).default(''),
    exercise: z.boolean().exactOptional(),
  })
  .refine(({ siteId, cameraId, location }) => siteId !== undefined || cameraId !== undefined || location !== undefined, {
    path: ['siteId'],
    message: 'name a place: siteId, cameraId or location',
  });

/** As many as fit an address. */
const mostNamed = 100;
const ids = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(uuidSchema).min(1).max(mostNamed));

const listQuery = z.strictObject({
  ...pageQuery,
  ids: ids.exactOptional().meta({ description: `Only these, at most ${mostNamed}, separated by commas` }),
  state: someOf(incidentStates).exactOptional(),
  stationId: id.exactOptional(),
  siteId: id.exactOptional(),
  number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).exactOptional().meta({ description: 'The one of this number' }),
  since: instant.exactOptional().meta({ description: 'Opened then or later' }),
  until: instant.exactOptional().meta({ description: 'Opened before then' }),
});
const place = z.tuple([z.iso.datetime(), uuidSchema]);

export const incidentRoutes =
  (deps: IncidentRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, desk } = deps;

    app.get(
      '/incidents',
      { config: { access: staff }, schema: { querystring: listQuery, response: { 200: pageOf(incidentShape) } } },
      async (request) => {
        const { limit, cursor, state, since, until, ...narrow } = request.query;
        const after = readCursor(cursor, place);
        const rows = await listIncidents(db, {
          ...narrow,
          limit: limit + 1,
          ...(state && { states: state.split(',') }),
          ...(since && { since: Date.parse(since) }),
          ...(until && { until: Date.parse(until) }),
          ...(after && { after: { openedAt: after[0], id: after[1] } }),
        });
        const { items, ...rest } = page(rows, limit, (row) => [row.openedAt, row.id]);
        return { items: await incidentRows(deps, items), ...rest };
      },
    );

    app.post(
      '/incidents',
      { config: { access: opens, urgent: true }, schema: { body: newIncident, response: { 201: incidentDetailShape } } },
      async (request, reply) => {
        await checkPlaces(deps, request.body);
        const { priority, ...rest } = request.body;
        const asked: NewIncident = { ...rest, priority: priority as Priority, by: request.actor.name };
        const { id: incidentId } = await desk.open(asked);
        return reply.code(201).send(await incidentDetail(deps, incidentId));
      },
    );

    await app.register(oneIncidentRoutes(deps));
    await app.register(incidentActRoutes(deps));
    await app.register(incidentHandRoutes(deps));
  };

const oneIncidentRoutes =
  (deps: IncidentRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/incidents/:id',
      { config: { access: staff }, schema: { params: idParams, response: { 200: incidentDetailShape } } },
      async (request) => incidentDetail(deps, uuidOf(request.params.id)),
    );

    app.get(
      '/incidents/:id/chain',
      { config: { access: staff }, schema: { params: idParams, response: { 200: chainShape } } },
      async (request) => found(await verifyChain(deps.db, { id: uuidOf(request.params.id) }), 'incident').verdict,
    );

    app.get(
      '/incidents/:id/surroundings',
      {
        config: { access: { roles: ['operator', 'supervisor', 'admin'] } },
        schema: {
          tags: ['incidents'],
          summary: 'What stands around: the site with whom to call, cameras, loudspeakers, and the units by nearness',
          params: idParams,
          response: { 200: surroundingsShape },
        },
      },
      async (request) => surroundingsOf(deps, uuidOf(request.params.id)),
    );
  };

async function checkPlaces(
  { db, register }: IncidentRouteDeps,
  { siteId, cameraId }: { siteId?: string; cameraId?: string },
): Promise<void> {
  const faults: { path: string; message: string }[] = [];
  if (siteId !== undefined && !(await idsOnShelf(db, 'sites', [siteId])).has(siteId))
    faults.push({ path: 'siteId', message: `there is no site ${siteId}` });
  const camera = cameraId === undefined ? undefined : await register.deviceOrLoad(cameraId);
  if (cameraId !== undefined && camera?.kind !== 'camera') faults.push({ path: 'cameraId', message: `there is no camera ${cameraId}` });
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}
