import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Clock } from '../../ports.ts';
import type { Db } from '../../store/connect.ts';
import { colleagues } from '../../store/holders.ts';

/** Who else works at the desk: to whom an incident can be handed on. */
export const colleagueRoutes =
  ({ db, clock }: { readonly db: Db; readonly clock: Clock }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/colleagues',
      {
        config: { access: { roles: ['operator', 'supervisor', 'admin'] } },
        schema: {
          tags: ['incidents'],
          summary: 'Accounts that can take an incident',
          response: {
            200: z.object({
              items: z.array(
                z.object({
                  accountId: z.string(),
                  name: z.string(),
                  signedIn: z.boolean(),
                  holds: z.number().meta({ description: 'Open incidents that this person has' }),
                }),
              ),
            }),
          },
        },
      },
      async () => ({ items: [...(await colleagues(db, clock.now()))] }),
    );
  };
