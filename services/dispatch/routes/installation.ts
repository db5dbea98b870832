import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deviceKinds, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { bindCameras, bindSpeaker } from '../../store/bindings.ts';
import { type DeviceState, deviceStates } from '../../store/device-states.ts';
import { getShelf } from '../../store/register.ts';
import type { Register } from '../../store/register-view.ts';
import { boundTo, devicesOfSite, type InstallationDeps, type Wiring, wiringOf } from '../installation.ts';
import type { Access } from '../roles.ts';
import { actOf, type RegisterDeps, seen } from './register.ts';
import { answers, id } from './register-schemas.ts';

export type InstallationRouteDeps = RegisterDeps & InstallationDeps & { readonly register: Register };

const reads: Access = { roles: ['operator', 'supervisor', 'installer', 'admin'] };
const installs: Access = { roles: ['installer', 'supervisor', 'admin'] };
const maybe = z.string().exactOptional();
const params = z.object({ id });

export const lastTest = z.object({ id: z.string(), at: z.string(), passed: z.boolean(), by: z.string() });
const bound = z.object({ id, name: z.string(), preset: maybe });
const wiring = {
  callsUp: z
    .array(bound.extend({ reason: z.string(), distance: z.number().exactOptional().meta({ description: 'Metres' }) }))
    .exactOptional()
    .meta({ description: 'Of a key: the cameras that its press calls up, best first' }),
  cameras: z.array(bound).exactOptional().meta({ description: 'Of a key: the cameras that an installer bound to it' }),
  speaksAt: z.array(id).exactOptional().meta({ description: 'Of a key: the loudspeakers of its site' }),
  ear: z
    .object({ id, bound: z.boolean().meta({ description: 'False: it is one device with the loudspeaker' }) })
    .exactOptional()
    .meta({ description: 'Of a loudspeaker: the camera that hears it' }),
  fallback: id.exactOptional(),
  watches: z.array(id).exactOptional().meta({ description: 'Of a camera: the keys and sites that it is called up for' }),
};
const line = z.object({
  id,
  kind: z.enum(deviceKinds),
  driver: z.string(),
  name: z.string(),
  siteId: id.exactOptional().meta({ description: 'Another site for a camera that is bound from there' }),
  location: z.object({ lat: z.number(), lon: z.number() }).exactOptional(),
  plan: z.object({ planId: id, x: z.number(), y: z.number() }).exactOptional(),
  state: z.enum(['online', 'offline', 'unknown']),
  lastSeenAt: maybe,
  battery: z.number().exactOptional().meta({ description: 'Percent' }),
  provenAt: maybe.meta({ description: 'Last press or test button of a key, or last passed walk test' }),
  lastTest: lastTest.exactOptional(),
  ...wiring,
});
const answer = z.object({ site: answers.sites, cameras: z.array(bound), devices: z.array(line) });

const binding = z.array(z.strictObject({ id, preset: z.string().min(1).max(64).exactOptional() })).max(50);
const cameraBody = z.strictObject({ cameras: binding });
const deviceBody = z.strictObject({
  cameras: binding.exactOptional().meta({ description: 'Of a key: exactly these cameras are called up for it' }),
  ear: id.nullable().exactOptional().meta({ description: 'Of a loudspeaker; null lets go' }),
  fallback: id.nullable().exactOptional().meta({ description: 'Of a loudspeaker; null lets go' }),
});

/** What stands at a site, how it is, and what belongs to what. */
export const installationRoutes =
  (deps: InstallationRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/sites/:id/installation',
      {
        config: { access: reads },
        schema: {
          tags: ['sites'],
          summary: 'All devices of a site with their state and their bindings',
          params,
          response: { 200: answer },
        },
      },
      async (request) => {
        const { store, register } = deps;
        const site = await getShelf(store.desk, 'sites', request.params.id);
        if (!site) throw new Fault('not-found', `sites: there is no ${request.params.id}`);
        const devices = devicesOfSite(site.id, register);
        const states = await deviceStates(
          store.desk,
          devices.map((device) => device.id),
        );
        return {
          site,
          cameras: [...boundTo(site.id, register)],
          devices: devices.map(({ id: deviceId, kind, driver, name, siteId, location, plan, ...device }) => ({
            ...{ id: deviceId, kind, driver, name },
            ...(siteId === undefined ? {} : { siteId }),
            ...(location === undefined ? {} : { location: { ...location } }),
            ...(plan === undefined ? {} : { plan: { ...plan } }),
            ...stateOut(states.get(deviceId) ?? { state: 'unknown' }),
            ...wiringOut(wiringOf({ ...device, ...{ id: deviceId, kind, driver, name }, ...(siteId && { siteId }) }, deps)),
          })),
        };
      },
    );
    await app.register(bindingRoutes(deps));
  };

const bindingRoutes =
  (deps: InstallationRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;
    app.put(
      '/sites/:id/bindings',
      {
        config: { access: installs },
        schema: {
          tags: ['sites'],
          summary: 'Bind cameras to a site, wherever they stand',
          params,
          body: cameraBody,
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        if (!(await getShelf(store.desk, 'sites', request.params.id)))
          throw new Fault('not-found', `sites: there is no ${request.params.id}`);
        await seen(deps, bindCameras(store, request.params.id, request.body.cameras, actOf(request, deps)), request);
        return reply.code(204).send();
      },
    );
    app.put(
      '/devices/:id/bindings',
      {
        config: { access: installs },
        schema: {
          tags: ['devices'],
          summary: 'Bind cameras to a key, or the ear and the fallback of a loudspeaker',
          params,
          body: deviceBody,
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        const { cameras, ear, fallback } = request.body;
        const device = await getShelf(store.desk, 'devices', request.params.id);
        if (!device) throw new Fault('not-found', `devices: there is no ${request.params.id}`);
        const by = actOf(request, deps);
        if (device.kind === 'key' && cameras !== undefined) await seen(deps, bindCameras(store, device.id, cameras, by), request);
        else if (device.kind === 'loudspeaker' && cameras === undefined)
          await seen(deps, bindSpeaker(store, device.id, { ear, fallback }, by), request);
        else throw new Fault('body-invalid', undefined, [{ path: 'cameras', message: `A ${device.kind} has no such binding` }]);
        return reply.code(204).send();
      },
    );
  };

export const stateOut = ({ lastSeenAt, provenAt, lastTest: last, ...rest }: DeviceState) => ({
  ...rest,
  ...(lastSeenAt === undefined ? {} : { lastSeenAt: rfc3339(lastSeenAt) }),
  ...testedOut({ ...(provenAt === undefined ? {} : { provenAt }), ...(last === undefined ? {} : { lastTest: last }) }),
});

export const testedOut = ({ provenAt, lastTest: last }: Pick<DeviceState, 'provenAt' | 'lastTest'>) => ({
  ...(provenAt === undefined ? {} : { provenAt: rfc3339(provenAt) }),
  ...(last === undefined ? {} : { lastTest: { ...last, at: rfc3339(last.at) } }),
});

const wiringOut = ({ callsUp, cameras, speaksAt, watches, ear, fallback }: Wiring) => ({
  ...(callsUp === undefined ? {} : { callsUp: callsUp.map((camera) => ({ ...camera })) }),
  ...(cameras === undefined ? {} : { cameras: [...cameras] }),
  ...(speaksAt === undefined ? {} : { speaksAt: [...speaksAt] }),
  ...(watches === undefined ? {} : { watches: [...watches] }),
  ...(ear === undefined ? {} : { ear }),
  ...(fallback === undefined ? {} : { fallback }),
});
