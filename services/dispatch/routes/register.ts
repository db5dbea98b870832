import { randomInt } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Fault } from '../../errors.ts';
import type { Clock, Drivers } from '../../ports.ts';
import type { Sealer } from '../../secrets-at-rest.ts';
import type { Store } from '../../store/connect.ts';
import { getShelf, listShelf, type Shelf, type Shelves } from '../../store/register.ts';
import type { Register } from '../../store/register-view.ts';
import { type Act, type Inputs, insertShelf, removeShelf, replaceShelf, type Written } from '../../store/register-write.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Role, staff } from '../roles.ts';
import { idParams } from './parts.ts';
import { type Body, id } from './register-schemas.ts';

/** The register over HTTP: one description for each resource, one set of routes for all of them. */

export interface RegisterDeps {
  readonly store: Store;
  readonly register: Pick<Register, 'touch'>;
  readonly drivers: Drivers;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/** What the routes must know of one resource. `Json` is a row as its answers carry it, `In` a body without its id. */
export interface Resource<S extends Shelf, In extends object, Json extends object> {
  readonly shelf: S;
  readonly tag: string;
  readonly write: readonly Role[];
  readonly body: z.ZodType<Body<In>>;
  readonly answer: z.ZodType<Json>;
  /** Query names that narrow the list; the store knows them by the same names. */
  readonly filters: readonly string[];
  /** Rows as the answers carry them; may look up what stands beside them. */
  show(rows: readonly Shelves[S][], deps: RegisterDeps): Promise<Json[]> | Json[];
  /** The body as the store takes it. @throws Fault `body-invalid` on what a schema cannot tell */
  accept(input: In, id: string, deps: RegisterDeps, before?: Shelves[S]): Inputs[S];
}

/** The routes are the same whatever the resource; fastify's types cannot see through a type parameter. */
type AnyResource = Resource<Shelf, object, object>;

/** Without i, l, o, 0 and 1, which are misread from labels and over a radio. 12 of 31 letters: 59 bits. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
export const shortId = (): string => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');

export const actOf = (request: FastifyRequest, { clock }: Pick<RegisterDeps, 'clock'>): Act => ({
  by: request.actor.name,
  at: clock.now(),
});

/** Lets the view see the write before the writer hears that it was done. */
export async function seen<T>(
  { register }: Pick<RegisterDeps, 'register'>,
  written: Promise<Written<T>>,
  request: FastifyRequest,
): Promise<T> {
  const { value, changed } = await written;
  // The write stands whatever becomes of the view: saying it failed would make the client repeat it.
  await register
    .touch(...changed)
    .catch((error: unknown) => request.log.error({ err: error, changed }, 'Written, but the view could not be refreshed'));
  return value;
}

/** List, get, put and delete of a resource, and post where the resource has no way of its own to make one. */
export const resourceRoutes =
  <S extends Shelf, In extends object, Json extends object>(resource: Resource<S, In, Json>, own: { readonly post?: true } = {}) =>
  (deps: RegisterDeps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readRoutes(resource)(deps));
    await app.register(changeRoutes(resource)(deps));
    if (!own.post) await app.register(postRoute(resource)(deps));
  };

const readRoutes =
  ({ shelf, tag, answer, filters, show }: AnyResource) =>
  (deps: RegisterDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const narrow = Object.fromEntries(filters.map((name) => [name, z.string().min(1).max(64).exactOptional()]));
    const query = z.strictObject({ ...narrow, ...pageQuery });
    app.get(
      `/${shelf}`,
      {
        config: { access: staff },
        schema: { tags: [tag], summary: `List ${shelf}`, querystring: query, response: { 200: pageOf(answer) } },
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const wanted = Object.fromEntries(
          filters.map((name) => [name, request.query[name as keyof typeof request.query] as string | undefined]),
        );
        const rows = await listShelf(deps.store.desk, shelf, { limit: limit + 1, after: readCursor(cursor, id) }, wanted);
        const { items, nextCursor } = page(rows, limit, (row) => row.id);
        return { items: await show(items, deps), ...(nextCursor === undefined ? {} : { nextCursor }) };
      },
    );
    app.get(
      `/${shelf}/:id`,
      { config: { access: staff }, schema: { tags: [tag], summary: `One of ${shelf}`, params: idParams, response: { 200: answer } } },
      async (request) => {
        const row = await getShelf(deps.store.desk, shelf, request.params.id);
        const [shown] = row ? await show([row], deps) : [];
        if (shown === undefined) throw new Fault('not-found', `${shelf}: there is no ${request.params.id}`);
        return shown;
      },
    );
  };

const changeRoutes =
  ({ shelf, tag, body, answer, write, show, accept }: AnyResource) =>
  (deps: RegisterDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const access = { roles: write };
    app.put(
      `/${shelf}/:id`,
      {
        config: { access },
        schema: { tags: [tag], summary: `Replace one of ${shelf}`, params: idParams, body, response: { 200: answer } },
      },
      async (request) => {
        const { id: named, ...input } = request.body;
        if (named !== undefined && named !== request.params.id)
          throw new Fault('body-invalid', undefined, [
            { path: 'id', message: 'An id cannot be changed: leave it out, or give that of the path' },
          ]);
        const before = await getShelf(deps.store.desk, shelf, request.params.id);
        const row = await seen(
          deps,
          replaceShelf(deps.store, shelf, request.params.id, accept(input, request.params.id, deps, before), actOf(request, deps)),
          request,
        );
        return first(await show([row], deps));
      },
    );
    app.delete(
      `/${shelf}/:id`,
      {
        config: { access },
        schema: { tags: [tag], summary: `Remove one of ${shelf}`, params: idParams, response: { 204: z.undefined() } },
      },
      async (request, reply) => {
        await seen(deps, removeShelf(deps.store, shelf, request.params.id, actOf(request, deps)), request);
        return reply.code(204).send();
      },
    );
  };

const postRoute =
  ({ shelf, tag, body, answer, write, show, accept }: AnyResource) =>
  (deps: RegisterDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      `/${shelf}`,
      {
        config: { access: { roles: write } },
        schema: { tags: [tag], summary: `Register one of ${shelf}`, body, response: { 201: answer } },
      },
      async (request, reply) => {
        const { id: named = shortId(), ...input } = request.body;
        const row = await seen(deps, insertShelf(deps.store, shelf, named, accept(input, named, deps), actOf(request, deps)), request);
        return reply
          .code(201)
          .header('location', `/api/v1/${shelf}/${row.id}`)
          .send(first(await show([row], deps)));
      },
    );
  };

export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new RangeError('what was written is not shown');
  return item;
}
