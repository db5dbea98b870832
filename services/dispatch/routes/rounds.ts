import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Instant, mostPictures, rfc3339, type Schedule } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { findRound, insertRound, listRounds, type Round, type RoundInput, removeRound, replaceRound } from '../../store/rounds.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, staff } from '../roles.ts';
import type { RoundDeps } from '../rounds.ts';
import { found, idParams } from './parts.ts';
import { actOf, shortId } from './register.ts';
import { id, line, newId } from './register-schemas.ts';

const plans: Access = { roles: ['supervisor', 'admin'] };
const tags = ['rounds'];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be hours and minutes, as 08:30');
const unique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;
const days = z
  .array(z.number().int().min(1).max(7))
  .min(1)
  .max(7)
  .refine(unique, 'must name each day once')
  .exactOptional()
  .meta({ description: '1 is Monday, 7 Sunday; every day when absent' });
const every: z.ZodType<Schedule> = z
  .union([
    z.strictObject({ times: z.array(timeOfDay).min(1).max(48).refine(unique, 'must name each time once'), days }),
    z.strictObject({ minutes: z.number().int().min(5).max(1440), from: timeOfDay, to: timeOfDay, days }),
  ])
  .meta({ description: 'Times of day, or every so many minutes from a time to another, on the clock of the station (setting timeZone)' });

export const stopShape = z.strictObject({
  cameraId: id,
  preset: z.string().min(1).max(128).exactOptional(),
  dwellSeconds: z.number().int().min(3).max(3600),
});

const mostStops = 200;
const round = {
  name: line(200).refine((text) => text.trim() !== '', 'must not be empty'),
  stationId: id,
  stops: z.array(stopShape).min(1).max(mostStops),
  every,
  graceMinutes: z.number().int().min(1).max(240).meta({ description: 'A run that nobody began so long after its time is missed' }),
  picturesAtOnce: z.number().int().min(1).max(mostPictures),
  active: z.boolean(),
};
/** Words that stand in the place of an id in paths. */
const paths = new Set(['ledger', 'unseen']);
const body = z.strictObject({
  ...round,
  id: newId.refine((text) => !paths.has(text), 'is a word of the API; choose another').exactOptional(),
  graceMinutes: round.graceMinutes.default(15),
  picturesAtOnce: round.picturesAtOnce.default(1),
  active: round.active.default(true),
});
const roundShape = z.object({ ...round, id, nextDueAt: z.string().exactOptional() }).meta({ id: 'Round' });

const shown = ({ nextDueAt, stops, ...rest }: Round) => ({
  ...rest,
  stops: [...stops],
  ...(nextDueAt === undefined ? {} : { nextDueAt: iso(nextDueAt) }),
});
export const iso = (at: Instant): string => rfc3339(at);

/** The plans of video patrols. */
export const roundRoutes =
  (deps: RoundDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, zone } = deps;
    app.get(
      '/rounds',
      {
        config: { access: staff },
        schema: {
          tags,
          summary: 'Scheduled video patrols',
          querystring: z.strictObject({ ...pageQuery, stationId: id.exactOptional() }),
          response: { 200: pageOf(roundShape) },
        },
      },
      async (request) => {
        const { limit, cursor, stationId } = request.query;
        const rows = await listRounds(store.desk, { limit: limit + 1, after: readCursor(cursor, id), stationId });
        return page(rows.map(shown), limit, (row) => row.id);
      },
    );
    app.post(
      '/rounds',
      { config: { access: plans }, schema: { tags, summary: 'Plan a video patrol', body, response: { 201: roundShape } } },
      async (request, reply) => {
        const { id: named = shortId(), ...input } = request.body;
        await checkCameras(deps, input);
        return reply.code(201).send(shown(await insertRound(store, named, input, actOf(request, deps), zone)));
      },
    );
    app.get(
      '/rounds/:id',
      { config: { access: staff }, schema: { tags, summary: 'One of the plans', params: idParams, response: { 200: roundShape } } },
      async (request) => shown(found(await findRound(store.desk, request.params.id), 'round')),
    );
    app.put(
      '/rounds/:id',
      {
        config: { access: plans },
        schema: {
          tags,
          summary: 'Change a plan; runs that were begun stay as they are',
          params: idParams,
          body,
          response: { 200: roundShape },
        },
      },
      async (request) => {
        const { id: named = request.params.id, ...input } = request.body;
        if (named !== request.params.id) throw new Fault('body-invalid', undefined, [{ path: 'id', message: 'An id cannot be changed' }]);
        await checkCameras(deps, input);
        return shown(await replaceRound(store, named, input, actOf(request, deps), zone));
      },
    );
    app.delete(
      '/rounds/:id',
      {
        config: { access: plans },
        schema: { tags, summary: 'Remove a plan; its runs stay in the record', params: idParams, response: { 204: z.undefined() } },
      },
      async (request, reply) => {
        await removeRound(store, request.params.id, actOf(request, deps));
        return reply.code(204).send();
      },
    );
  };

async function checkCameras({ register }: RoundDeps, { stops }: RoundInput): Promise<void> {
  const devices = await Promise.all(stops.map(({ cameraId }) => register.deviceOrLoad(cameraId)));
  const faults = stops.flatMap(({ cameraId }, at) =>
    devices[at]?.kind === 'camera' ? [] : [{ path: `stops.${at}.cameraId`, message: `there is no camera ${cameraId}` }],
  );
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}
