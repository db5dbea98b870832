import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Instant, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { newToken, tokenHash } from '../../secrets.ts';
import { type ApiKeyRow, addApiKey, listApiKeys, removeApiKey } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { uuidv7 } from '../../store/ids.ts';
import { roleList } from '../accounts.ts';
import { apiKeyPrefix, ownerOf } from '../credentials.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Actor, scopes } from '../roles.ts';
import { idParams, uuidOf } from './parts.ts';

export interface ApiKeysDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const newApiKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  roles: roleList,
  scopes: z
    .array(z.enum(scopes))
    .max(scopes.length)
    .default([])
    .meta({ description: 'Narrows the key: read (GET), write (all else), signals (POST /signals). None: not narrowed' }),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    scopes: z.array(z.string()),
    createdAt: z.string(),
    createdBy: z
      .string()
      .meta({ description: 'The account that the key belongs to; one that a key made belongs to whoever made the first' }),
    expiresAt: z.string().optional(),
    lastUsedAt: z.string().optional(),
  })
  .meta({ id: 'ApiKey' });

const access = { roles: [] };
const tags = ['api-keys'];

/** Keys for other systems. The key itself is in the answer that makes it and nowhere else. */
export const apiKeysRoutes =
  ({ db, clock }: ApiKeysDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api-keys',
      { config: { access }, schema: { tags, querystring: z.strictObject(pageQuery), response: { 200: pageOf(apiKeySchema) } } },
      async (request) => {
        const { limit, cursor } = request.query;
        const after = readCursor(cursor, z.uuid());
        const rows = await listApiKeys(db, { limit: limit + 1, ...(after !== undefined && { after }) });
        return page(rows.map(toApiKey), limit, (item) => item.id);
      },
    );

    const made = z.object({ apiKey: apiKeySchema, key: z.string().meta({ description: 'Shown once' }) });
    app.post('/api-keys', { config: { access }, schema: { tags, body: newApiKey, response: { 201: made } } }, async (request, reply) => {
      const { row, key } = await make(db, request.body, request.actor, clock.now());
      return reply.code(201).send({ apiKey: toApiKey(row), key });
    });

    app.delete(
      '/api-keys/:id',
      { config: { access }, schema: { tags, params: idParams, response: { 204: z.undefined() } } },
      async (request, reply) => {
        const id = uuidOf(request.params.id);
        await db.transaction().execute(async (trx) => {
          const row = await removeApiKey(trx, id);
          if (!row) throw new Fault('not-found');
          await audit(trx, {
            at: clock.now(),
            by: request.actor.name,
            act: 'api-key.removed',
            subject: `api-keys:${id}`,
            data: { name: row.name },
          });
        });
        return reply.code(204).send();
      },
    );
  };

async function make(db: Db, body: z.infer<typeof newApiKey>, actor: Actor, now: Instant) {
  const { name, roles, scopes: narrowed, expiresAt } = body;
  const ends = expiresAt === undefined ? null : new Date(expiresAt);
  if (ends && ends.getTime() <= now) {
    throw new Fault('body-invalid', undefined, [{ path: 'body.expiresAt', message: 'Must lie in the future' }]);
  }
  const key = newToken(apiKeyPrefix);
  const held = { key_hash: tokenHash(key), created_at: new Date(now), expires_at: ends };
  const row = await db.transaction().execute(async (trx) => {
    // A key that a key made belongs to the person who made the first: else two keys would be two persons.
    const owner = await ownerOf(trx, actor);
    const added = await addApiKey(trx, { id: uuidv7(now), name, roles, scopes: narrowed, ...held, created_by: owner });
    const data = { name, roles, scopes: narrowed };
    await audit(trx, { at: now, by: actor.name, act: 'api-key.created', subject: `api-keys:${added.id}`, data });
    return added;
  });
  return { row, key };
}

const toApiKey = (row: ApiKeyRow): z.infer<typeof apiKeySchema> => ({
  id: row.id,
  name: row.name,
  roles: row.roles,
  scopes: row.scopes,
  createdAt: rfc3339(row.created_at.getTime()),
  createdBy: row.created_by,
  ...(row.expires_at && { expiresAt: rfc3339(row.expires_at.getTime()) }),
  ...(row.last_used_at && { lastUsedAt: rfc3339(row.last_used_at.getTime()) }),
});
