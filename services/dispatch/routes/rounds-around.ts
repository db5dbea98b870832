import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { viewOf } from '../../../devices/cameras/view.ts';
import { directions, metresBetween, neighboursOf } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import type { Device, Register } from '../../store/register-view.ts';
import { clearReportedFault, reportCameraFault } from '../../store/rounds-faults.ts';
import { loudspeakersOfCamera } from '../broadcast-request.ts';
import type { Access } from '../roles.ts';
import { words } from './parts.ts';
import { actOf } from './register.ts';
import { id } from './register-schemas.ts';

export interface AroundDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly register: Pick<Register, 'device' | 'deviceOrLoad' | 'devicesAtSite' | 'loudspeakersNear' | 'camerasNear' | 'placeOf'>;
}

const watches: Access = { roles: ['operator', 'supervisor', 'installer', 'admin'] };
const mends: Access = { roles: ['supervisor', 'installer', 'admin'] };
const tags = ['cameras'];
const params = z.object({ id });

/** Beyond this nobody who walks out of a picture walks into the next. */
const along = { radius: 500, most: 12 };
/** So many of the nearest are looked among: the rest would not be named. */
const nearest = 40;

const neighbour = z.object({
  cameraId: z.string(),
  name: z.string(),
  bound: z.boolean().meta({ description: 'Named by the installer in the settings of the camera' }),
  distance: z.number().exactOptional().meta({ description: 'Metres' }),
  bearing: z.number().exactOptional().meta({ description: 'Degrees from true north, clockwise' }),
  direction: z.enum(directions).exactOptional().meta({ description: 'Absent where nobody said which way the camera looks' }),
});
const loudspeaker = z.object({
  deviceId: z.string(),
  name: z.string(),
  siteId: z.string().exactOptional(),
  distance: z.number().exactOptional().meta({ description: 'Metres' }),
});

/** What stands beside a camera, and what a person at its picture says of it. */
export const aroundRoutes =
  (deps: AroundDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    app.get(
      '/cameras/:id/neighbours',
      {
        config: { access: watches },
        schema: { tags, summary: 'The next cameras along the street', params, response: { 200: z.object({ items: z.array(neighbour) }) } },
      },
      async (request) => ({ items: neighbours(register, await cameraNamed(deps, request.params.id)) }),
    );
    app.get(
      '/cameras/:id/loudspeakers',
      {
        config: { access: watches },
        schema: {
          tags,
          summary: 'The loudspeakers that a broadcast by cameraId speaks through',
          params,
          response: { 200: z.object({ items: z.array(loudspeaker) }) },
        },
      },
      async (request) => {
        const camera = await cameraNamed(deps, request.params.id);
        const here = register.placeOf(camera);
        return { items: loudspeakersOfCamera(camera, register).map((device) => beside(device, here, register)) };
      },
    );
    await app.register(faultRoutes(deps));
  };

const faultRoutes =
  (deps: AroundDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;
    app.put(
      '/cameras/:id/reported-fault',
      {
        config: { access: watches },
        schema: {
          tags,
          summary: 'Put the camera onto the maintenance list',
          params,
          body: z.strictObject({ note: words(1000).exactOptional() }).nullish(),
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        await cameraNamed(deps, request.params.id);
        await reportCameraFault(store, request.params.id, request.body?.note, actOf(request, deps));
        store.hub.tell('events');
        return reply.code(204).send();
      },
    );
    app.delete(
      '/cameras/:id/reported-fault',
      {
        config: { access: mends },
        schema: { tags, summary: 'The camera was mended: off the maintenance list', params, response: { 204: z.undefined() } },
      },
      async (request, reply) => {
        await cameraNamed(deps, request.params.id);
        if (await clearReportedFault(store, request.params.id, actOf(request, deps))) store.hub.tell('events');
        return reply.code(204).send();
      },
    );
  };

async function cameraNamed({ register }: AroundDeps, cameraId: string): Promise<Device> {
  const camera = await register.deviceOrLoad(cameraId);
  if (camera?.kind !== 'camera') throw new Fault('not-found', `There is no camera ${cameraId}`);
  return camera;
}

function neighbours(register: AroundDeps['register'], camera: Device) {
  const bound = viewOf(camera.settings).neighbours ?? [];
  const here = register.placeOf(camera);
  const named = bound.flatMap((other) => register.device(other) ?? []).filter(({ kind }) => kind === 'camera');
  const around = new Map([...named, ...(here ? register.camerasNear(here, nearest) : [])].map((device) => [device.id, device]));
  const seen = (device: Device) => {
    const point = register.placeOf(device);
    const { bearing } = viewOf(device.settings);
    return { id: device.id, ...(point && { point }), ...(bearing === undefined ? {} : { bearing }) };
  };
  return neighboursOf({ ...seen(camera), bound }, [...around.values()].map(seen), along).map((found) => ({
    ...found,
    name: around.get(found.cameraId)?.name ?? found.cameraId,
  }));
}

function beside(device: Device, here: ReturnType<Register['placeOf']>, register: AroundDeps['register']) {
  const place = register.placeOf(device);
  return {
    deviceId: device.id,
    name: device.name,
    ...(device.siteId === undefined ? {} : { siteId: device.siteId }),
    ...(here && place ? { distance: Math.round(metresBetween(here, place)) } : {}),
  };
}
