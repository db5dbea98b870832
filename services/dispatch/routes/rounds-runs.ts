import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Priority, type RunState, roundFindings, runStates } from '../../alarm/index.ts';
import { beginRun, endRun, findRun, listRuns, type Run } from '../../store/rounds-runs.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, staff } from '../roles.ts';
import { type FindingSaid, findAtStop, type RoundDeps } from '../rounds.ts';
import { found, idParams, noBody, someOf, uuidOf, uuidSchema, words } from './parts.ts';
import { actOf } from './register.ts';
import { id, instant } from './register-schemas.ts';
import { iso, stopShape } from './rounds.ts';

const acts: Access = { roles: ['operator', 'supervisor', 'admin'] };
const tags = ['rounds'];
const finding = z.enum(roundFindings);

const runShape = z
  .object({
    id: z.string(),
    roundId: z.string(),
    name: z.string(),
    stationId: z.string(),
    state: z.enum(runStates),
    picturesAtOnce: z.number(),
    dueAt: z.string().exactOptional().meta({ description: 'Absent of a run that the plan did not ask for' }),
    startBy: z.string().exactOptional().meta({ description: 'Begun by nobody until then, it is missed' }),
    begunAt: z.string().exactOptional(),
    begunBy: z.string().exactOptional(),
    endedAt: z.string().exactOptional(),
    endedBy: z.string().exactOptional().meta({ description: 'Absent of one that was left, and of one that was missed' }),
    reason: z.string().exactOptional(),
    stops: z.array(stopShape),
    found: z.array(
      z.object({
        stop: z.number().meta({ description: 'From 1' }),
        finding,
        note: z.string().exactOptional(),
        incidentId: z.string().exactOptional(),
        at: z.string(),
        by: z.string(),
      }),
    ),
  })
  .meta({ id: 'RoundRun' });

const findingBody = z.strictObject({
  finding,
  note: words(1000).exactOptional(),
  incidentId: uuidSchema.exactOptional().meta({ description: 'An incident that is open already; else one is opened at the camera' }),
  kind: id.exactOptional().meta({ description: 'Of the incident that is opened; seen-on-camera when not said' }),
  priority: z
    .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
    .exactOptional()
    .meta({ description: 'Of the incident that is opened; 3 when not said' }),
});

function shown({ at: _at, dueAt, startBy, begunAt, endedAt, found: findings, stops, ...rest }: Run) {
  return {
    ...rest,
    ...(dueAt === undefined ? {} : { dueAt: iso(dueAt) }),
    ...(startBy === undefined ? {} : { startBy: iso(startBy) }),
    ...(begunAt === undefined ? {} : { begunAt: iso(begunAt) }),
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    stops: [...stops],
    found: findings.map(({ at, ...finding }) => ({ ...finding, at: iso(at) })),
  };
}

const querystring = z.strictObject({
  ...pageQuery,
  state: someOf(runStates).exactOptional(),
  roundId: id.exactOptional(),
  since: instant.exactOptional().meta({ description: 'Due, or begun, then or later' }),
});
const cursorKey = z.tuple([z.iso.datetime(), uuidSchema]);

/** The runs of video patrols: begun, found at stop by stop, ended. */
export const roundRunRoutes =
  (deps: RoundDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.store.desk;
    app.get(
      '/runs',
      {
        config: { access: staff },
        schema: { tags, summary: 'Runs of video patrols, the latest first', querystring, response: { 200: pageOf(runShape) } },
      },
      async (request) => {
        const { limit, cursor, state, since, roundId } = request.query;
        const [at, before] = readCursor(cursor, cursorKey) ?? [];
        const rows = await listRuns(db, {
          limit: limit + 1,
          states: state?.split(',') as RunState[] | undefined,
          roundId,
          since: since === undefined ? undefined : Date.parse(since),
          before: at === undefined || before === undefined ? undefined : { at: new Date(at), id: before },
        });
        const { items, nextCursor } = page(rows, limit, (row) => [iso(row.at), row.id]);
        return { items: items.map(shown), ...(nextCursor === undefined ? {} : { nextCursor }) };
      },
    );
    app.get(
      '/runs/:id',
      { config: { access: staff }, schema: { tags, summary: 'One run with its findings', params: idParams, response: { 200: runShape } } },
      async (request) => shown(found(await findRun(db, uuidOf(request.params.id)), 'run')),
    );
    await app.register(lookRoutes(deps));
    await app.register(endRoutes(deps));
  };

const config = { access: acts };
const answers = { 200: runShape, 201: runShape };

function told({ store }: RoundDeps, run: Run) {
  store.hub.tell('events');
  return shown(run);
}

const lookRoutes =
  (deps: RoundDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;

    app.post(
      '/rounds/:id/runs',
      {
        config,
        schema: {
          tags,
          summary: 'Begin a run: the one that is due, the next one a little early, or one of your own',
          params: idParams,
          body: noBody,
          response: answers,
        },
      },
      async (request, reply) => reply.code(201).send(told(deps, await beginRun(store, request.params.id, actOf(request, deps), deps.zone))),
    );
    app.post(
      '/runs/:id/stops/:stop',
      {
        config,
        schema: {
          tags,
          summary: 'What was found at a stop',
          description:
            'A finding may be put right while the run is under way, save an incident. A camera fault goes onto the maintenance list.',
          params: z.object({ id: z.string(), stop: z.coerce.number().int().min(1).max(1000) }),
          body: findingBody,
          response: answers,
        },
      },
      async (request, reply) => {
        const { priority, ...rest } = request.body;
        const said: FindingSaid = { ...rest, ...(priority === undefined ? {} : { priority: priority as Priority }) };
        const run = await findAtStop(deps, uuidOf(request.params.id), request.params.stop, said, actOf(request, deps));
        return reply.code(201).send(shown(run));
      },
    );
  };

const endRoutes =
  (deps: RoundDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;
    app.post(
      '/runs/:id/end',
      {
        config,
        schema: { tags, summary: 'End a run of which every stop has a finding', params: idParams, body: noBody, response: answers },
      },
      async (request, reply) =>
        reply.code(200).send(told(deps, await endRun(store, uuidOf(request.params.id), undefined, actOf(request, deps)))),
    );
    app.post(
      '/runs/:id/abandon',
      {
        config,
        schema: {
          tags,
          summary: 'Give a run up, and say why',
          params: idParams,
          body: z.strictObject({ reason: words(500) }),
          response: answers,
        },
      },
      async (request, reply) =>
        reply.code(200).send(told(deps, await endRun(store, uuidOf(request.params.id), request.body.reason, actOf(request, deps)))),
    );
  };
