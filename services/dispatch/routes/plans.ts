import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { addPlan, findPlan, type Plan, plansOf, removePlan } from '../../store/plans.ts';
import { getShelf } from '../../store/register.ts';
import type { Shelf } from '../footage/shelf.ts';
import { type Picture, pictureSize } from '../picture-size.ts';
import type { Access } from '../roles.ts';
import { found } from './parts.ts';
import { actOf, type RegisterDeps, seen, shortId } from './register.ts';
import { id, line } from './register-schemas.ts';

export interface PlanDeps extends RegisterDeps {
  /** The pictures of plans: `<site id>/<plan id>.<png|jpg>`. */
  readonly plans: Pick<Shelf, 'put' | 'read' | 'remove' | 'room'>;
}

const largest = 5 * 1024 * 1024;
/** A plan is unpacked whole by the browser that shows it: 40 megapixels are 160 MB there. */
const mostPixels = 40_000_000;

/** Where doors and keys of a bank are is not for every program. */
const reads: Access = { roles: ['operator', 'supervisor', 'installer', 'admin'] };
const installs: Access = { roles: ['installer', 'supervisor', 'admin'] };
const ofSite = z.object({ id });
const ofPlan = z.object({ id, planId: id });
const planShape = z
  .object({
    id,
    siteId: id,
    name: z.string(),
    mediaType: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    width: z.number().meta({ description: 'Pixels' }),
    height: z.number(),
    at: z.string(),
  })
  .meta({ id: 'FloorPlan' });

/** Floor plans of sites. Where a device stands on one is told with the device: `plan`. */
export const planRoutes =
  (deps: PlanDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;
    const tags = ['sites'];
    app.addContentTypeParser(['image/png', 'image/jpeg'], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.get(
      '/sites/:id/plans',
      {
        config: { access: reads },
        schema: { tags, summary: 'The floor plans of a site', params: ofSite, response: { 200: z.object({ items: z.array(planShape) }) } },
      },
      async (request) => {
        const plans = await plansOf(store.desk, request.params.id);
        if (plans.length === 0) await needSite(request.params.id, deps);
        return { items: plans.map(view) };
      },
    );
    app.post(
      '/sites/:id/plans',
      {
        bodyLimit: largest,
        config: { access: installs },
        schema: {
          tags,
          summary: 'Add a floor plan: a PNG or JPEG of 5 MB at most',
          consumes: ['image/png', 'image/jpeg'],
          params: ofSite,
          querystring: z.strictObject({ name: line(200).refine((text) => text.trim() !== '', 'must not be empty') }),
          response: { 201: planShape },
        },
      },
      async (request, reply) => {
        const by = actOf(request, deps);
        const plan = await keepPlan(request.params.id, request.query.name, request.body, deps);
        if (!(await addPlan(store.desk, plan, by))) {
          await deps.plans.remove(plan.file);
          throw new Fault('already-exists', 'The site has this very picture as a plan already');
        }
        return reply.code(201).header('location', `/api/v1/sites/${plan.siteId}/plans/${plan.id}`).send(view(plan));
      },
    );
    await app.register(onePlanRoutes(deps));
  };

const onePlanRoutes =
  (deps: PlanDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, plans } = deps;
    const tags = ['sites'];
    app.get(
      '/sites/:id/plans/:planId',
      {
        config: { access: reads },
        schema: { tags, summary: 'The picture of a floor plan', params: ofPlan, produces: ['image/png', 'image/jpeg'] },
      },
      async (request, reply) => {
        const plan = found(await findPlan(store.desk, request.params.id, request.params.planId), 'plan');
        // A plan never changes; another picture is another plan.
        reply.header('etag', `"${plan.sha256}"`).header('cache-control', 'private, max-age=86400, immutable');
        if (request.headers['if-none-match'] === `"${plan.sha256}"`) return reply.code(304).send();
        const picture = found(
          await plans.read(plan.file, { start: 0, end: plan.bytes - 1 }),
          'file; it may lie with another process that has a folder of its own',
        );
        return reply.type(plan.mediaType).header('content-length', plan.bytes).send(picture);
      },
    );
    app.delete(
      '/sites/:id/plans/:planId',
      {
        config: { access: installs },
        schema: {
          tags,
          summary: 'Remove a floor plan; what stood on it stands on none',
          params: ofPlan,
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        const { id: siteId, planId } = request.params;
        const plan = found(await seen(deps, removePlan(store, siteId, planId, actOf(request, deps)), request), 'plan');
        await plans.remove(plan.file);
        return reply.code(204).send();
      },
    );
  };

/** Writes the picture before its row, so that no row is without one. @throws Fault */
async function keepPlan(siteId: string, name: string, body: unknown, deps: PlanDeps): Promise<Plan> {
  if (!Buffer.isBuffer(body)) throw new Fault('media-type-unsupported', 'Send the picture as image/png or image/jpeg');
  const { mediaType, width, height } = checkedPicture(body);
  await needSite(siteId, deps);
  const sha256 = createHash('sha256').update(body).digest('hex');
  if ((await plansOf(deps.store.desk, siteId)).some((plan) => plan.sha256 === sha256))
    throw new Fault('already-exists', 'The site has this very picture as a plan already');
  if ((await deps.plans.room()) === 'none') throw new Fault('record-unavailable', 'The disk of the data folder is full');
  const id = shortId();
  const { file } = await deps.plans.put(siteId, `${id}.${mediaType === 'image/png' ? 'png' : 'jpg'}`, body);
  return { id, siteId, name: name.trim(), file, mediaType, bytes: body.length, sha256, width, height, at: deps.clock.now() };
}

function checkedPicture(body: Buffer): Picture {
  const picture = pictureSize(body);
  const fault = (message: string): Fault => new Fault('body-invalid', message, [{ path: 'body', message }]);
  if (!picture) throw fault('This is neither a PNG nor a JPEG');
  if (picture.width * picture.height > mostPixels)
    throw fault(`${picture.width} × ${picture.height} pixels are more than ${mostPixels / 1_000_000} million: make it smaller`);
  return picture;
}

async function needSite(siteId: string, { store }: PlanDeps): Promise<void> {
  if (!(await getShelf(store.desk, 'sites', siteId))) throw new Fault('not-found', `sites: there is no ${siteId}`);
}

const view = ({ file: _file, at, ...plan }: Plan) => ({ ...plan, at: rfc3339(at) });
