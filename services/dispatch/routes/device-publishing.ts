import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Fault } from '../../errors.ts';
import { hashSecret, newSecret } from '../../secrets.ts';
import { putSecret } from '../../store/register-write.ts';
import type { Cameras } from '../cameras.ts';
import { actOf, type RegisterDeps, seen } from './register.ts';
import { id } from './register-schemas.ts';

export interface PublishingDeps extends RegisterDeps {
  readonly cameras: Pick<Cameras, 'open' | 'act'>;
}

const body = z.strictObject({
  address: z
    .string()
    .max(200)
    .regex(/^(mqtts?|wss?):\/\/[^\s/?#@]+$/, 'must be mqtt://host:port, or mqtts, ws, wss, without path and password')
    .meta({ description: 'Under which the camera reaches our broker' }),
});
const answer = z.object({
  address: z.string(),
  topicPrefix: z.string(),
  status: z.string().exactOptional().meta({ description: 'As the camera says, for example Connected' }),
});

/** Sets a camera up to publish its events to our broker by itself (ONVIF event broker, Profile M). */
export const devicePublishingRoutes =
  (deps: PublishingDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/devices/:id/publish',
      {
        config: { access: { roles: ['installer', 'supervisor', 'admin'] } },
        schema: {
          tags: ['devices'],
          summary: 'Have a camera publish its events to our broker by itself',
          description:
            'Gives the camera a new secret, which only it is told; the old one stops. Its setting `events` says `published` for it to be heard that way.',
          params: z.object({ id }),
          body,
          response: { 200: answer },
        },
      },
      async (request) => {
        const { id: cameraId } = request.params;
        const { device, powers } = await deps.cameras.open(cameraId);
        if (!powers.publish) throw new Fault('not-implemented', `The driver ${device.driver} cannot set a camera up to publish`);
        const secret = newSecret();
        await seen(deps, putSecret(deps.store, cameraId, await hashSecret(secret, 'device'), actOf(request, deps)), request);
        const place = { address: request.body.address, topicPrefix: `cameras/${cameraId}`, username: cameraId, password: secret };
        const { status } = await deps.cameras.act(cameraId, 'cannot publish', ({ publish }, signal) => publish?.(place, signal));
        return { address: place.address, topicPrefix: place.topicPrefix, ...(status === undefined ? {} : { status }) };
      },
    );
  };
