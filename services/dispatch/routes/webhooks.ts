import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hours, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock, Lanes } from '../../ports.ts';
import { places, type Sealer } from '../../secrets-at-rest.ts';
import { audit } from '../../store/audit.ts';
import type { Store } from '../../store/connect.ts';
import { eventTypes, neverTold } from '../../store/event-types.ts';
import { uuidv7 } from '../../store/ids.ts';
import { deliveryStates, listDeliveries, replayDelivery, type StoredDelivery } from '../../store/webhook-deliveries.ts';
import { addTestDelivery, addWebhook, findWebhook, listWebhooks, removeWebhook, rotateSecret, type Webhook } from '../../store/webhooks.ts';
import type { Outward } from '../outward.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import type { Access } from '../roles.ts';
import { found, idParams, noBody, openRecord, uuidOf, uuidSchema } from './parts.ts';

export interface WebhookRouteDeps {
  readonly db: Store['desk'];
  readonly clock: Clock;
  readonly lanes: Lanes;
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly outward: Pick<Outward, 'examine'>;
}

const access: Access = { roles: ['integrator', 'admin'] };

const typeSchema = z
  .string()
  .max(100)
  .superRefine((prefix, ctx) => {
    const message = neverTold(prefix, eventTypes);
    if (message !== undefined) ctx.addIssue({ code: 'custom', message });
  });

const newWebhook = z.strictObject({
  url: z.string().max(2000).meta({ description: 'http or https; private networks only where the settings allow them' }),
  types: z
    .array(typeSchema)
    .min(1)
    .max(50)
    .default(['*'])
    .meta({ description: 'Event types, each as far as it must agree, with or without baiying.; * is all' }),
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64')
    .exactOptional()
    .meta({ description: 'Signing key (Standard Webhooks); one is made when absent' }),
});

const webhookShape = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()),
    active: z.boolean().meta({ description: 'False after its receiver answered 410; replaying a delivery makes it active again' }),
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'Webhook' });
const deliveryShape = z
  .object({
    id: z.string(),
    webhookId: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.number(),
    nextAt: z.string().exactOptional(),
    lastStatus: z.number().exactOptional(),
    lastError: z.string().exactOptional(),
    createdAt: z.string(),
    doneAt: z.string().exactOptional(),
    event: openRecord.meta({ description: 'CloudEvents 1.0' }),
  })
  .meta({ id: 'WebhookDelivery' });

const rotated = z.object({
  secret: z.string().meta({ description: 'Shown this once' }),
  formerUntil: z.string().meta({ description: 'Until then the secret before signs as well' }),
});
const newSigningKey = (): string => `whsec_${randomBytes(32).toString('base64')}`;
/** A receiver is changed over within a working day. */
const changeOver = hours(24);

export const webhookRoutes =
  (deps: WebhookRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, lanes, sealer, outward } = deps;

    app.get(
      '/webhooks',
      { config: { access }, schema: { querystring: z.strictObject(pageQuery), response: { 200: pageOf(webhookShape) } } },
      async (request) => {
        const { limit, cursor } = request.query;
        const after = readCursor(cursor, uuidSchema);
        const rows = await listWebhooks(db, { limit: limit + 1, ...(after !== undefined && { after }) });
        return page(rows.map(webhookView), limit, (webhook) => webhook.id);
      },
    );

    app.post(
      '/webhooks',
      {
        config: { access },
        schema: {
          body: newWebhook,
          response: { 201: webhookShape.extend({ secret: z.string().meta({ description: 'Shown this once' }) }) },
        },
      },
      async (request, reply) => {
        const { url, types, secret = newSigningKey() } = request.body;
        const refusal = outward.examine(url);
        if (refusal !== undefined) throw new Fault('body-invalid', undefined, [{ path: 'url', message: refusal }]);
        const now = clock.now();
        const [id, by] = [uuidv7(now), request.actor.name];
        const sealedSecret = sealer.seal(secret, places.webhook(id));
        const webhook = await db.transaction().execute(async (trx) => {
          const added = await addWebhook(trx, { id, url, types, sealedSecret, by, now });
          await audit(trx, { at: now, by, act: 'webhook.created', subject: `webhooks:${added.id}`, data: { url, types } });
          return added;
        });
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .send({ ...webhookView(webhook), secret });
      },
    );

    app.get('/webhooks/:id', { config: { access }, schema: { params: idParams, response: { 200: webhookShape } } }, async (request) =>
      webhookView(found(await findWebhook(db, uuidOf(request.params.id)), 'webhook')),
    );

    app.delete('/webhooks/:id', { config: { access }, schema: { params: idParams } }, async (request, reply) => {
      const id = uuidOf(request.params.id);
      await db.transaction().execute(async (trx) => {
        if (!(await removeWebhook(trx, id))) throw new Fault('not-found', 'There is no such webhook');
        await audit(trx, { at: clock.now(), by: request.actor.name, act: 'webhook.deleted', subject: `webhooks:${id}` });
      });
      return reply.code(204).send();
    });

    app.post(
      '/webhooks/:id/test',
      { config: { access }, schema: { params: idParams, body: noBody, response: { 201: z.object({ deliveryId: z.string() }) } } },
      async (request, reply) => {
        const deliveryId = found(await addTestDelivery(db, uuidOf(request.params.id), clock.now(), request.actor.name), 'webhook');
        lanes.offer({ type: 'webhook', id: deliveryId });
        return reply.code(201).send({ deliveryId });
      },
    );

    await app.register(secretRoutes(deps));
    await app.register(deliveryRoutes(deps));
  };

const secretRoutes =
  ({ db, clock, sealer }: WebhookRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/webhooks/:id/secret',
      { config: { access }, schema: { params: idParams, body: noBody, response: { 201: rotated } } },
      async (request, reply) => {
        const [id, now, secret] = [uuidOf(request.params.id), clock.now(), newSigningKey()];
        const formerUntil = now + changeOver;
        await db.transaction().execute(async (trx) => {
          const sealed = sealer.seal(secret, places.webhook(id));
          if (!(await rotateSecret(trx, id, sealed, formerUntil))) throw new Fault('not-found', 'There is no such webhook');
          await audit(trx, { at: now, by: request.actor.name, act: 'webhook.secret-renewed', subject: `webhooks:${id}` });
        });
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .send({ secret, formerUntil: rfc3339(formerUntil) });
      },
    );
  };

const deliveryRoutes =
  ({ db, clock, lanes }: WebhookRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const querystring = z.strictObject({ ...pageQuery, state: z.enum(deliveryStates).exactOptional() });
    const list = async (webhookId: string | undefined, { limit, cursor, state }: z.infer<typeof querystring>) => {
      const before = readCursor(cursor, uuidSchema);
      const rows = await listDeliveries(db, webhookId, { limit: limit + 1, ...(state && { state }), ...(before && { before }) });
      return page(rows.map(deliveryView), limit, (row) => row.id);
    };

    app.get(
      '/webhooks/deliveries',
      {
        config: { access },
        schema: { querystring, response: { 200: pageOf(deliveryShape) }, description: 'Of all webhooks; state=dead are the dead letters.' },
      },
      async (request) => list(undefined, request.query),
    );

    app.get(
      '/webhooks/:id/deliveries',
      { config: { access }, schema: { params: idParams, querystring, response: { 200: pageOf(deliveryShape) } } },
      async (request) => {
        const id = uuidOf(request.params.id);
        found(await findWebhook(db, id), 'webhook');
        return list(id, request.query);
      },
    );

    app.post(
      '/webhooks/deliveries/:id/replay',
      { config: { access }, schema: { params: idParams, body: noBody, response: { 201: deliveryShape } } },
      async (request, reply) => {
        const id = uuidOf(request.params.id);
        const replayed = found(await replayDelivery(db, id, clock.now()), 'delivery');
        await audit(db, {
          at: clock.now(),
          by: request.actor.name,
          act: 'webhook.replayed',
          subject: `webhooks:${replayed.webhookId}`,
          data: { deliveryId: id },
        });
        lanes.offer({ type: 'webhook', id });
        return reply.code(201).send(deliveryView(replayed));
      },
    );
  };

const webhookView = ({ id, url, types, active, createdAt, createdBy }: Webhook) => ({
  id,
  url,
  types: [...types],
  active,
  createdAt: rfc3339(createdAt),
  createdBy,
});

const deliveryView = ({ nextAt, createdAt, doneAt, event, ...rest }: StoredDelivery) => ({
  ...rest,
  event: { ...event },
  ...(rest.state === 'waiting' ? { nextAt: rfc3339(nextAt) } : {}),
  createdAt: rfc3339(createdAt),
  ...(doneAt === undefined ? {} : { doneAt: rfc3339(doneAt) }),
});
