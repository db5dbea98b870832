import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock, DemoState, DemoSwitch } from '../../ports.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { type FirstSteps, firstSteps } from '../../store/first-steps.ts';
import { noBody } from './parts.ts';

export interface FirstStepsDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Absent where no demo can live: in one of several processes. */
  readonly demo?: DemoSwitch | undefined;
}

const access = { roles: [] };
const tags = ['set-up'];

const demoSchema = z.object({
  state: z.enum(['absent', 'starting', 'alive', 'ending', 'at-rest', 'unavailable']).meta({
    description: 'at-rest: registered, and nobody acts. unavailable: the detail says why',
  }),
  detail: z.string().exactOptional(),
  endsAt: z.string().exactOptional().meta({ description: 'It goes to rest by itself then' }),
});
const progress = z.object({
  station: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  site: z.object({ id: z.string(), name: z.string(), stationId: z.string() }).exactOptional(),
  key: z.object({ id: z.string(), name: z.string(), siteId: z.string().exactOptional() }).exactOptional(),
  pressed: z.object({ incidentId: z.string(), number: z.number(), at: z.string() }).exactOptional(),
  seen: z.object({ at: z.string(), by: z.string() }).exactOptional(),
  demo: demoSchema,
});

/** How far the first run came, and the simulated county to look at meanwhile. */
export const firstStepsRoutes =
  ({ db, clock, demo }: FirstStepsDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/setup/progress', { config: { access }, schema: { tags, response: { 200: progress } } }, async () => ({
      ...stepsView(await firstSteps(db)),
      demo: demoView(await stateOf(demo)),
    }));

    const answers = { 202: demoSchema };
    app.post(
      '/setup/demo',
      {
        config: { access },
        schema: {
          tags,
          body: noBody,
          response: answers,
          description: 'Starts a county of simulated devices. All of it is marked as an exercise.',
        },
      },
      async (request, reply) => {
        const state = await there(demo).start();
        await audit(db, { at: clock.now(), by: request.actor.name, act: 'demo.started', subject: 'demo' });
        return reply.code(202).send(demoView(state));
      },
    );

    app.delete(
      '/setup/demo',
      {
        config: { access },
        schema: {
          tags,
          response: answers,
          description:
            'Sends its devices home and takes the county out of the register. What happened in it stays in the record, as an exercise.',
        },
      },
      async (request, reply) => {
        const state = await there(demo).end();
        await audit(db, { at: clock.now(), by: request.actor.name, act: 'demo.ended', subject: 'demo' });
        return reply.code(202).send(demoView(state));
      },
    );
  };

const stateOf = async (demo: DemoSwitch | undefined): Promise<DemoState> => demo?.state() ?? { state: 'unavailable', detail: notHere };

const notHere = 'The demo county lives on one machine: start with npm start, without --role';

function there(demo: DemoSwitch | undefined): DemoSwitch {
  if (!demo) throw new Fault('demo-unavailable', notHere);
  return demo;
}

const demoView = ({ state, detail, endsAt }: DemoState): z.infer<typeof demoSchema> => ({
  state,
  ...(detail === undefined ? {} : { detail }),
  ...(endsAt === undefined ? {} : { endsAt: rfc3339(endsAt) }),
});

const stepsView = ({ pressed, seen, ...named }: FirstSteps) => ({
  ...named,
  ...(pressed && { pressed: { ...pressed, at: rfc3339(pressed.at) } }),
  ...(seen && { seen: { ...seen, at: rfc3339(seen.at) } }),
});
