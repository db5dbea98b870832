import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { seconds } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';
import type { Register } from '../../store/register-view.ts';
import { mapState, type StateDeps } from '../map/gather.ts';
import { gridGround } from '../map/ground.ts';
import { type Kept, keep } from '../map/kept.ts';
import { placesOf } from '../map/places.ts';
import type { Tiles } from '../map/tiles.ts';
import { staff } from '../roles.ts';
import { coverageShape, placesShape, stateShape } from './map-shapes.ts';
import { found } from './parts.ts';
import { id } from './register-schemas.ts';

export interface MapDeps extends StateDeps {
  readonly register: Register;
  readonly clock: Clock;
  readonly tiles: Tiles;
}

const tags = ['map'];
const tilesUrl = '/api/v1/map/tiles.pmtiles';
/** Hundreds of consoles may ask at once, as after a restart; all are given the same answer. */
const placesFresh = seconds(5);
const stateFresh = seconds(1);

/** What the map is drawn from: what stands still, what changes, and which ground is seen. */
export const mapRoutes =
  (deps: MapDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { clock, tiles } = deps;
    const places = keep(
      async () => ({ ...((await tiles.look()) && { tiles: { url: tilesUrl, datum: tiles.datum } }), ...(await placesOf(deps)) }),
      placesFresh,
      clock,
    );
    const state = keep(() => mapState(deps), stateFresh, clock);
    const ground = gridGround(deps);

    app.get(
      '/map/places',
      {
        config: { access: 'signed-in' },
        schema: {
          tags,
          summary: 'Stations, grids, sites, cameras, loudspeakers and units, as they are registered',
          description: 'One compressed answer with an ETag. The event baiying.register.changed.v1 says that there may be another one.',
          response: { 200: placesShape },
        },
      },
      async (request, reply) => {
        await answerKept(await places(), request, reply);
        return reply;
      },
    );

    app.get(
      '/map/state',
      {
        config: { access: staff },
        schema: {
          tags,
          summary: 'Open incidents, sites and devices that are not well, and where the units are',
          description:
            'One compressed answer with an ETag. Between two of them baiying.unit.moved.v1 says where units are; events of incidents, orders and cameras say that there is another one.',
          response: { 200: stateShape },
        },
      },
      async (request, reply) => {
        await answerKept(await state(), request, reply);
        return reply;
      },
    );

    app.get(
      '/map/coverage/:gridId',
      {
        config: { access: staff },
        schema: {
          tags,
          summary: 'Which ground of a grid good cameras see, and which nobody sees',
          description: 'Walls and trees are not known: it is the most that can be seen. A camera without a bearing covers nothing.',
          params: z.object({ gridId: id }),
          response: { 200: coverageShape },
        },
      },
      async (request) => {
        const { gridId } = request.params;
        const { unsure, blind, ...rest } = found(await ground(gridId), 'grid with an area');
        return { gridId, ...rest, unsure: unsure.map(([...run]) => run), blind: blind.map(([...run]) => run) };
      },
    );
  };

/** The bytes as they are kept: sixteen thousand cameras are not checked and written anew for each reader. */
async function answerKept(kept: Kept, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('etag', kept.etag).header('cache-control', 'private, no-cache').header('vary', 'accept-encoding');
  if (request.headers['if-none-match']?.includes(kept.etag)) {
    reply.code(304).send();
    return;
  }
  const { encoding, bytes } = await kept.packed(String(request.headers['accept-encoding'] ?? ''));
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  reply.type('application/json; charset=utf-8').send(bytes);
}
