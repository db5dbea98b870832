import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Duration, minutes, rfc3339 } from '../../alarm/index.ts';
import type { Log } from '../../ports.ts';
import { audit } from '../../store/audit.ts';
import type { AuditAct } from '../../store/audit-acts.ts';
import { type AimingDeps, aimFor, holderOfCamera, leaseView, letGoOf } from '../aiming.ts';
import type { CameraViews } from '../camera-views.ts';
import { showLive } from '../live-socket.ts';
import { demandLook, type MayLook, watchers } from '../officer-cameras.ts';
import type { Access } from '../roles.ts';
import { seldom } from '../seldom.ts';
import { uuidSchema } from './parts.ts';
import { id } from './register-schemas.ts';

export interface CameraRouteDeps extends AimingDeps {
  readonly log: Log;
  readonly views: Pick<CameraViews, 'begin' | 'glance'>;
  readonly mayLook: MayLook;
  readonly stillSignedIn: (request: FastifyRequest) => Promise<boolean>;
}

const watches: Access = { roles: watchers };
/** An officer looks where the own unit is sent. */
const looks: Access = { roles: [...watchers, 'officer'] };
const params = z.object({ id });
const forRun = z.strictObject({
  runId: uuidSchema.exactOptional().meta({ description: 'The run of a round that it is looked at for, for the ledger of views' }),
});
const token = z.string().min(1).max(128);
const speed = z.number().min(-1).max(1);
/** A move that nobody stops, because the line or the person is gone, ends by itself. */
const longestMove = 10_000;

const aimBody = z
  .strictObject({
    preset: token.exactOptional().meta({ description: 'Token of a preset: see /cameras/{id}/presets' }),
    pan: speed.exactOptional().meta({ description: 'Speed from -1 (left) to 1 (right)' }),
    tilt: speed.exactOptional().meta({ description: 'Speed from -1 (down) to 1 (up)' }),
    zoom: speed.exactOptional().meta({ description: 'Speed from -1 (out) to 1 (in)' }),
    milliseconds: z
      .number()
      .int()
      .min(50)
      .max(longestMove)
      .exactOptional()
      .meta({ description: 'A move ends after this; 500 when not said' }),
    stop: z.literal(true).exactOptional(),
    incidentId: uuidSchema.exactOptional().meta({ description: 'The incident that the camera is turned for: no call takes it away then' }),
  })
  .refine(({ preset, stop, pan, tilt, zoom }) => [preset, stop, pan ?? tilt ?? zoom].filter((way) => way !== undefined).length === 1, {
    path: ['preset'],
    message: 'name one of: preset; pan, tilt or zoom; stop',
  });

const lease = z.object({ holder: z.string(), secondsLeft: z.number(), until: z.string(), incidentId: z.string().exactOptional() });

/** Looking through cameras, and turning them. */
export const cameraRoutes =
  (deps: CameraRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { cameras, clock } = deps;
    const looked = lookedAt(deps);

    app.get(
      '/cameras/:id/snapshot',
      {
        config: { access: looks, actsOrLooks: true },
        schema: {
          tags: ['cameras'],
          summary: 'A picture as it is now (image/jpeg)',
          description: 'X-Picture-Via says how it was had (http, key-frame, rtsp), X-Picture-At when, Age how many seconds old it is.',
          params,
          querystring: forRun,
          produces: ['image/jpeg'],
        },
      },
      async (request, reply) => {
        await demandLook(deps.mayLook, request, request.params.id);
        const still = await cameras.still(request.params.id);
        await looked(request, 'camera.picture', request.params.id);
        deps.views.glance({ cameraId: request.params.id, by: request.actor.name, runId: request.query.runId });
        return reply
          .header('cache-control', 'no-store')
          .header('x-picture-via', still.via)
          .header('x-picture-at', rfc3339(still.at))
          .header('age', Math.max(0, Math.round((clock.now() - still.at) / 1000)))
          .type('image/jpeg')
          .send(Buffer.from(still.jpeg));
      },
    );

    app.get(
      '/cameras/:id/presets',
      {
        config: { access: watches },
        schema: {
          tags: ['cameras'],
          summary: 'Where the camera can be sent at once',
          params,
          response: { 200: z.object({ items: z.array(z.object({ token: z.string(), name: z.string() })) }) },
        },
      },
      async (request) => ({ items: [...(await cameras.presets(request.params.id))] }),
    );

    await app.register(liveRoute(deps, looked));
    await app.register(turningRoutes(deps));
  };

type Looked = (request: FastifyRequest, act: AuditAct, cameraId: string) => Promise<void>;

/** A page that shows a picture each second is one look. */
const oneLook: Duration = minutes(10);

function lookedAt({ store, clock }: CameraRouteDeps): Looked {
  const first = seldom(clock, oneLook);
  return async (request, act, cameraId) => {
    if (!first(`${request.actor.id} ${act} ${cameraId}`)) return;
    await audit(store.desk, { at: clock.now(), by: request.actor.name, act, subject: `devices:${cameraId}` });
  };
}

const liveRoute =
  ({ cameras, views, clock, log, mayLook, stillSignedIn }: CameraRouteDeps, looked: Looked): FastifyPluginAsyncZod =>
  async (app) => {
    app.route({
      method: 'GET',
      url: '/cameras/:id/live',
      config: { access: looks, actsOrLooks: true },
      schema: {
        tags: ['cameras'],
        summary: 'The picture as it moves (WebSocket)',
        description:
          'Before each initialisation segment a JSON text message with codec, width and height; then binary messages of fragmented MP4. JSON messages of type trouble say what is wrong with the camera.',
        params,
        querystring: forRun,
      },
      // What is refused is refused before the upgrade, as a problem document.
      preHandler: async (request) => {
        const { id: cameraId } = params.parse(request.params);
        await demandLook(mayLook, request, cameraId);
        await cameras.watchable(cameraId);
        if (request.ws) await looked(request, 'camera.watched', cameraId);
      },
      handler: (_request, reply) => reply.code(426).header('upgrade', 'websocket').send(),
      wsHandler: async (socket, request) => {
        const end = new AbortController();
        socket.on('close', () => end.abort());
        const { id: cameraId } = params.parse(request.params);
        const { runId } = forRun.parse(request.query);
        const pieces = await cameras.live(cameraId, end.signal);
        const shown = () => views.begin({ cameraId, by: request.actor.name, runId });
        await showLive({
          socket,
          pieces,
          end,
          clock,
          log,
          shown,
          stillSignedIn: async () => (await stillSignedIn(request)) && mayLook(request, cameraId),
        });
      },
    });
  };

const turningRoutes =
  (deps: CameraRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { clock, cameras, store } = deps;
    const tags = ['cameras'];

    app.post(
      '/cameras/:id/ptz',
      {
        config: { access: watches, urgent: true },
        schema: { tags, summary: 'Turn the camera, and hold it for a minute', params, body: aimBody, response: { 200: lease } },
      },
      async (request, reply) => {
        const { preset, stop, pan = 0, tilt = 0, zoom = 0, milliseconds = 500, incidentId } = request.body;
        const aim = stop ? { stop } : preset === undefined ? { pan, tilt, zoom, milliseconds } : { preset };
        return reply.code(200).send(leaseView(await aimFor(deps, request.actor, request.params.id, aim, incidentId), clock));
      },
    );
    app.get(
      '/cameras/:id/ptz',
      {
        config: { access: watches },
        schema: { tags, summary: 'Who holds the camera', params, response: { 200: z.object({ lease: lease.exactOptional() }) } },
      },
      async (request) => {
        await cameras.open(request.params.id);
        const held = await holderOfCamera(deps, request.params.id);
        return held === undefined ? {} : { lease: leaseView(held, clock) };
      },
    );
    app.delete(
      '/cameras/:id/ptz',
      { config: { access: watches }, schema: { tags, summary: 'Let go of the camera', params } },
      async (request, reply) => {
        await cameras.open(request.params.id);
        await letGoOf(deps, request.actor, request.params.id);
        return reply.code(204).send();
      },
    );
    app.post(
      '/cameras/:id/relay',
      {
        config: { access: watches },
        schema: {
          tags,
          summary: 'Close or open an output of the camera, for example of a horn',
          params,
          body: z.strictObject({ token, closed: z.boolean() }),
          response: { 200: z.object({ token: z.string(), closed: z.boolean() }) },
        },
      },
      async (request, reply) => {
        const { token: output, closed } = request.body;
        const { id: cameraId } = request.params;
        const by = { at: clock.now(), by: request.actor.name };
        await audit(store.desk, { ...by, act: 'camera.relay', subject: `devices:${cameraId}`, data: { output, closed } });
        await cameras.act(cameraId, 'has no outputs', ({ relay }, signal) => relay?.(output, closed, signal));
        return reply.code(200).send({ token: output, closed });
      },
    );
  };
