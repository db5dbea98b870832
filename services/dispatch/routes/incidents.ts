import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dispositions, incidentStates, type Priority } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Desk, NewIncident } from '../../ports.ts';
import { broadcastsOf } from '../../store/broadcast-lists.ts';
import { footageOf } from '../../store/footage-lists.ts';
import { uuidv7 } from '../../store/ids.ts';
import { findIncident, listIncidents, partsOfIncident } from '../../store/incident-lists.ts';
import { idsOnShelf } from '../../store/register.ts';
import { verifyChain } from '../../store/timeline.ts';
import { type BroadcastRequestDeps, incidentBroadcastBody, requestBroadcast } from '../broadcast-request.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import type { Access } from '../roles.ts';
import { broadcastShape, broadcastView, chainShape, incidentDetailShape, incidentShape } from './incident-shapes.ts';
import { found, idParams, noBody, someOf, uuidOf, uuidSchema, words } from './parts.ts';
import { id, instant, point } from './register-schemas.ts';

export interface IncidentRouteDeps extends BroadcastRequestDeps {
  readonly desk: Pick<Desk, 'open' | 'act'>;
}

const acts: Access = { roles: ['operator', 'supervisor', 'admin'] };
const opens: Access = { roles: ['operator', 'supervisor', 'integrator', 'admin'] };
const reads: Access = { roles: ['operator', 'supervisor', 'installer', 'integrator', 'officer', 'admin'] };

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

const ordersBody = z
  .strictObject({
    unitIds: z.array(id).min(1).max(50).exactOptional(),
    nearest: z.number().int().min(1).max(20).exactOptional().meta({ description: 'So many of the nearest units that hold no order yet' }),
    text: words(500).exactOptional(),
  })
  .refine(({ unitIds, nearest }) => (unitIds === undefined) !== (nearest === undefined), {
    path: ['unitIds'],
    message: 'name unitIds or nearest, and only one of them',
  });

const noteBody = z
  .strictObject({ note: words(2000).exactOptional(), text: words(2000).exactOptional() })
  .refine(({ note, text }) => (note === undefined) !== (text === undefined), { path: ['note'], message: 'is needed' });

const closeBody = z.strictObject({ disposition: z.enum(dispositions), note: words(2000).exactOptional() });

export const incidentRoutes =
  (deps: IncidentRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, desk } = deps;
    const detail = (incidentId: string) => detailOf(db, incidentId);
    const querystring = z.strictObject({
      ...pageQuery,
      state: someOf(incidentStates).exactOptional(),
      stationId: id.exactOptional(),
      siteId: id.exactOptional(),
      since: instant.exactOptional().meta({ description: 'Opened then or later' }),
    });
    const place = z.tuple([z.iso.datetime(), uuidSchema]);

    app.get(
      '/incidents',
      { config: { access: reads }, schema: { querystring, response: { 200: pageOf(incidentShape) } } },
      async (request) => {
        const { limit, cursor, state, since, ...narrow } = request.query;
        const after = readCursor(cursor, place);
        const rows = await listIncidents(db, {
          ...narrow,
          limit: limit + 1,
          ...(state && { states: state.split(',') }),
          ...(since && { since: Date.parse(since) }),
          ...(after && { after: { openedAt: after[0], id: after[1] } }),
        });
        return page(rows, limit, (row) => [row.openedAt, row.id]);
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
        return reply.code(201).send(await detail(incidentId));
      },
    );

    app.get(
      '/incidents/:id',
      { config: { access: reads }, schema: { params: idParams, response: { 200: incidentDetailShape } } },
      async (request) => detail(uuidOf(request.params.id)),
    );

    app.get(
      '/incidents/:id/chain',
      { config: { access: reads }, schema: { params: idParams, response: { 200: chainShape } } },
      async (request) => found(await verifyChain(db, { id: uuidOf(request.params.id) }), 'incident').verdict,
    );

    await app.register(actRoutes(deps));
  };

const actRoutes =
  (deps: IncidentRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, desk } = deps;
    const config = { access: acts, urgent: true };
    const answers = { params: idParams, response: { 200: incidentDetailShape, 201: incidentDetailShape } };

    app.post('/incidents/:id/acknowledge', { config, schema: { ...answers, body: noBody } }, async (request, reply) => {
      const incident = await desk.act(uuidOf(request.params.id), { type: 'acknowledged', by: request.actor.name });
      return reply.code(200).send(await detailOf(db, incident.id));
    });

    app.post('/incidents/:id/orders', { config, schema: { ...answers, body: ordersBody } }, async (request, reply) => {
      const incidentId = uuidOf(request.params.id);
      const { unitIds = [], nearest = 0, text } = request.body;
      await checkUnits(db, unitIds);
      const asked = {
        unitIds: [...new Set(unitIds)],
        nearest,
        by: request.actor.name,
        request: uuidv7(clock.now()),
        ...(text === undefined ? {} : { text }),
      };
      await desk.act(incidentId, { type: 'units-ordered', ...asked });
      return reply.code(201).send(await detailOf(db, incidentId));
    });

    app.post(
      '/incidents/:id/broadcasts',
      { config, schema: { params: idParams, body: incidentBroadcastBody, response: { 201: broadcastShape } } },
      async (request, reply) => {
        const incident = found(await findIncident(db, uuidOf(request.params.id)), 'incident');
        if (incident.state === 'closed') throw new Fault('incident-closed');
        return reply.code(201).send(broadcastView(await requestBroadcast(deps, request.body, request.actor.name, incident)));
      },
    );

    app.post('/incidents/:id/notes', { config, schema: { ...answers, body: noteBody } }, async (request, reply) => {
      const { note, text } = request.body;
      const incident = await desk.act(uuidOf(request.params.id), { type: 'noted', by: request.actor.name, note: note ?? text ?? '' });
      return reply.code(201).send(await detailOf(db, incident.id));
    });

    app.post('/incidents/:id/close', { config, schema: { ...answers, body: closeBody } }, async (request, reply) => {
      const incident = await desk.act(uuidOf(request.params.id), { type: 'closed', by: request.actor.name, ...request.body });
      return reply.code(200).send(await detailOf(db, incident.id));
    });
  };

async function detailOf(db: IncidentRouteDeps['db'], id: string) {
  const incident = found(await findIncident(db, id), 'incident');
  const [parts, broadcasts, seen] = await Promise.all([partsOfIncident(db, id), broadcastsOf(db, id), footageOf(db, id)]);
  return { ...incident, ...parts, ...seen, broadcasts: broadcasts.map(broadcastView) };
}

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

async function checkUnits(db: IncidentRouteDeps['db'], unitIds: readonly string[]): Promise<void> {
  const known = await idsOnShelf(db, 'units', unitIds);
  const faults = unitIds.flatMap((unitId, index) =>
    known.has(unitId) ? [] : [{ path: `unitIds.${index}`, message: `there is no unit ${unitId}` }],
  );
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}
