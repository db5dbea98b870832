import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hours } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';
import type { Db } from '../../store/connect.ts';
import { listViews, unseenCameras } from '../../store/rounds-views.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { staff } from '../roles.ts';
import { uuidSchema } from './parts.ts';
import { id, instant } from './register-schemas.ts';
import { iso } from './rounds.ts';

export interface LedgerDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const tags = ['rounds'];
const viewShape = z.object({
  id: z.string(),
  cameraId: z.string(),
  by: z.string(),
  how: z.string().meta({ description: 'live: a stream; stills: picture after picture' }),
  runId: z.string().exactOptional().meta({ description: 'The run of a round that it was for; absent of one who looked freely' }),
  beganAt: z.string(),
  endedAt: z.string().exactOptional().meta({ description: 'Absent while it goes on' }),
});
const cursorKey = z.tuple([z.iso.datetime(), uuidSchema]);

/** Who looked at which camera when, and at which nobody did. */
export const ledgerRoutes =
  (deps: LedgerDeps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(viewsRoute(deps));
    await app.register(unseenRoute(deps));
  };

const viewsRoute =
  ({ db }: LedgerDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/rounds/ledger',
      {
        config: { access: staff },
        schema: {
          tags,
          summary: 'Who looked at which camera when, the latest first',
          description: 'Written by the server that showed the pictures, from the first one shown to the last.',
          querystring: z.strictObject({
            ...pageQuery,
            since: instant.exactOptional(),
            cameraId: id.exactOptional(),
            by: z.string().min(1).max(200).exactOptional(),
          }),
          response: { 200: pageOf(viewShape) },
        },
      },
      async (request) => {
        const { limit, cursor, since, cameraId, by } = request.query;
        const [at, before] = readCursor(cursor, cursorKey) ?? [];
        const rows = await listViews(db, {
          limit: limit + 1,
          since: since === undefined ? undefined : Date.parse(since),
          cameraId,
          by,
          before: at === undefined || before === undefined ? undefined : { at: new Date(at), id: before },
        });
        const shown = rows.map(({ beganAt, endedAt, ...view }) => ({
          ...view,
          beganAt: iso(beganAt),
          ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
        }));
        return page(shown, limit, (row) => [row.beganAt, row.id]);
      },
    );
  };

const unseenRoute =
  ({ db, clock }: LedgerDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/rounds/unseen',
      {
        config: { access: staff },
        schema: {
          tags,
          summary: 'Cameras at which nobody looked for so many days, those never looked at first',
          querystring: z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(7) }),
          response: {
            200: z.object({
              since: z.string(),
              items: z.array(
                z.object({
                  cameraId: z.string(),
                  name: z.string(),
                  siteId: z.string().exactOptional(),
                  lastSeenAt: z.string().exactOptional(),
                }),
              ),
            }),
          },
        },
      },
      async (request) => {
        const since = clock.now() - request.query.days * hours(24);
        const items = (await unseenCameras(db, since)).map(({ lastSeenAt, ...camera }) => ({
          ...camera,
          ...(lastSeenAt === undefined ? {} : { lastSeenAt: iso(lastSeenAt) }),
        }));
        return { since: iso(since), items };
      },
    );
  };
