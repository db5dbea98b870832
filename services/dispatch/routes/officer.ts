import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Fault } from '../../errors.ts';
import type { Register } from '../../store/register-view.ts';
import { officerOf, officers } from '../officer.ts';
import { openPages, type PagesDeps } from '../officer-pages.ts';
import { OfficerStream } from '../officer-stream.ts';
import { officerOrders, ordersOf, withClock } from '../officer-view.ts';
import { officerActRoutes } from './officer-acts.ts';

export interface OfficerDeps extends Omit<PagesDeps, 'register'> {
  readonly register: Register;
  /** Whose credential it is, if it still holds. */
  readonly unitStill: (request: FastifyRequest) => Promise<string | undefined>;
}

const mostPages = 2_000;
const tags = ['officer'];

/** The officer's page: the orders of the unit as they come, and what its officers answer. */
export const officerRoutes =
  (deps: OfficerDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, clock, register } = deps;
    const db = store.desk;
    const view: View = (unitId) => ordersOf({ db, clock, register }, unitId);

    app.get(
      '/officer/orders',
      {
        config: { access: officers, urgent: true, actsOrLooks: true },
        schema: {
          tags,
          summary: "The open orders of the officer's unit, with the site, its contacts and cameras",
          response: { 200: officerOrders },
        },
      },
      async (request) => withClock(await view(officerOf(request, register).unit.id), clock),
    );

    await app.register(streamRoute(deps, view));
    await app.register(officerActRoutes(deps));
  };

type View = (unitId: string) => ReturnType<typeof ordersOf>;

const streamRoute =
  (deps: OfficerDeps, view: View): FastifyPluginAsyncZod =>
  async (app) => {
    const { clock, log, register, unitStill } = deps;
    const pages = openPages(deps);
    const streams = new Set<OfficerStream>();
    app.addHook('preClose', async () => {
      for (const stream of streams) stream.end();
      await pages.close();
    });
    app.get(
      '/officer/stream',
      {
        config: { access: officers, urgent: true, actsOrLooks: true },
        schema: {
          tags,
          summary: 'The same, whenever it changes (server-sent events)',
          description:
            'Events `orders` as GET /officer/orders answers, and `alive` every ten seconds. While it is open, the phone of the unit is online.',
          produces: ['text/event-stream'],
        },
      },
      async (request, reply) => {
        const { unit, phone } = officerOf(request, register);
        if (streams.size >= mostPages) throw new Fault('overloaded', 'Too many phones listen already');
        reply.hijack();
        const stream = new OfficerStream({
          raw: reply.raw,
          headers: reply.getHeaders(),
          unitId: unit.id,
          deviceId: phone.id,
          read: () => view(unit.id),
          stillTheirs: async () => (await unitStill(request)) === unit.id,
          onEnd: () => streams.delete(stream),
          ...{ pages, clock, log },
        });
        streams.add(stream);
        await stream.start();
      },
    );
  };
