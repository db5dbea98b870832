import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { seconds } from '../../alarm/index.ts';
import { audit } from '../../store/audit.ts';
import { type DiscoveryDeps, openDiscovery } from '../discovery.ts';
import { line } from './register-schemas.ts';

const body = z
  .strictObject({
    seconds: z.number().int().min(1).max(30).default(5),
    interfaces: z
      .array(line(64).min(1))
      .min(1)
      .max(16)
      .exactOptional()
      .meta({ description: 'Network interfaces by name; all that are up when absent' }),
    driver: line(64).min(1).exactOptional(),
  })
  .nullish();

const maybe = z.string().exactOptional();
const answer = z.object({
  items: z.array(
    z.object({
      urn: z.string().meta({ description: "The device's own lasting name" }),
      driver: z.string(),
      kind: z.string(),
      addresses: z.array(z.string()),
      name: maybe,
      maker: maybe,
      model: maybe,
      via: z.string().meta({ description: 'The interface of ours that heard it' }),
      deviceId: maybe.meta({ description: 'It is registered already, as this' }),
    }),
  ),
  troubles: z.array(z.object({ driver: z.string(), detail: z.string() })),
});

/** Looks for devices on the networks of this machine. */
export const discoveryRoutes =
  (deps: DiscoveryDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const discover = openDiscovery(deps);
    app.post(
      '/devices/discover',
      {
        config: { access: { roles: ['installer', 'supervisor', 'admin'] } },
        schema: {
          tags: ['devices'],
          summary: 'Search the network for devices (ONVIF WS-Discovery)',
          description: 'Answers when the time is over. Each device is an event baiying.device.found.v1 on /stream as soon as it answers.',
          body,
          response: { 200: answer },
        },
      },
      async (request, reply) => {
        const { seconds: length = 5, interfaces, driver } = request.body ?? {};
        const by = request.actor.name;
        await audit(deps.db, { at: deps.clock.now(), by, act: 'devices.searched', subject: 'devices', data: { seconds: length } });
        const wanted = {
          length: seconds(length),
          ...(interfaces === undefined ? {} : { interfaces }),
          ...(driver === undefined ? {} : { driver }),
        };
        const { items, troubles } = await discover(wanted, by);
        return reply.code(200).send({ items: items.map((item) => ({ ...item, addresses: [...item.addresses] })), troubles: [...troubles] });
      },
    );
  };
