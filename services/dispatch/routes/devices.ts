import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Fault } from '../../errors.ts';
import { hashSecret, newSecret } from '../../secrets.ts';
import { getShelf, presenceOf } from '../../store/register.ts';
import { type Inputs, insertShelf, putSecret } from '../../store/register-write.ts';
import { acceptDevice, deviceShown } from './device-rules.ts';
import { deviceSheetRoutes } from './device-sheets.ts';
import { idParams } from './parts.ts';
import { actOf, type RegisterDeps, type Resource, resourceRoutes, seen, shortId } from './register.ts';
import {
  bodies,
  type DeviceAnswer,
  type DeviceJson,
  heardDeviceAnswer,
  type PresenceAnswer,
  presenceOut,
  secretAnswer,
} from './register-schemas.ts';

const resource: Resource<'devices', DeviceJson<Inputs['devices']>, DeviceAnswer & PresenceAnswer> = {
  shelf: 'devices',
  tag: 'devices',
  write: ['installer', 'supervisor', 'admin'],
  body: bodies.devices,
  answer: heardDeviceAnswer,
  filters: ['kind', 'siteId', 'unitId', 'stationId', 'search'],
  async show(devices, { store, drivers }) {
    const presence = await presenceOf(
      store.desk,
      devices.map((device) => device.id),
    );
    return devices.map((device) => ({ ...deviceShown(device, drivers), ...presenceOut(presence(device.id)) }));
  },
  accept(body, id, deps, before) {
    const accepted = acceptDevice(body, id, deps, deps.clock.now(), before);
    if (!accepted.ok) throw new Fault('body-invalid', undefined, accepted.faults);
    return accepted.input;
  },
};

/** Devices: as the rest of the register, but registering one makes its secret, which is shown once. */
export const deviceRoutes =
  (deps: RegisterDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const access = { roles: resource.write };
    await app.register(resourceRoutes(resource, { post: true })(deps));
    await app.register(deviceSheetRoutes(deps));
    app.post(
      '/devices',
      {
        config: { access },
        schema: { tags: ['devices'], summary: 'Register a device', body: resource.body, response: { 201: secretAnswer } },
      },
      async (request, reply) => {
        const { id = shortId(), ...body } = request.body;
        const secret = newSecret();
        const written = insertShelf(
          deps.store,
          'devices',
          id,
          resource.accept(body, id, deps),
          actOf(request, deps),
          await hashSecret(secret, 'device'),
        );
        const device = deviceShown(await seen(deps, written, request), deps.drivers);
        return reply
          .code(201)
          .header('location', `/api/v1/devices/${device.id}`)
          .header('cache-control', 'no-store')
          .send({ device, secret });
      },
    );
    app.post(
      '/devices/:id/secret',
      {
        config: { access },
        schema: {
          tags: ['devices'],
          summary: 'Give a device a new secret; the old one stops',
          params: idParams,
          response: { 201: secretAnswer },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        // Hashing costs: not for a device that is not there.
        if (!(await getShelf(deps.store.desk, 'devices', id))) throw new Fault('not-found', `devices: there is no ${id}`);
        const secret = newSecret();
        const written = putSecret(deps.store, id, await hashSecret(secret, 'device'), actOf(request, deps));
        const device = deviceShown(await seen(deps, written, request), deps.drivers);
        return reply.code(201).header('cache-control', 'no-store').send({ device, secret });
      },
    );
  };
