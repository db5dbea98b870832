import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rfc3339 } from '../../alarm/index.ts';
import { listAudit, verifyAudit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import type { Row } from '../../store/tables.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';

export interface AuditDeps {
  readonly db: Db;
}

const entrySchema = z.object({
  seq: z.number(),
  at: z.string(),
  by: z.string(),
  act: z.string(),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
const verdictSchema = z.object({
  ok: z.boolean(),
  length: z.number().optional(),
  head: z.object({ seq: z.number(), hash: z.string() }).optional(),
  seq: z.number().optional(),
  reason: z.string().optional(),
});

const access = { roles: [] };
const tags = ['audit'];

/** The audit trail, newest first. Nothing here changes it, and nobody can. */
export const auditRoutes =
  ({ db }: AuditDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/audit',
      { config: { access }, schema: { tags, querystring: z.strictObject(pageQuery), response: { 200: pageOf(entrySchema) } } },
      async (request) => {
        const { limit, cursor } = request.query;
        const before = readCursor(cursor, z.int().positive());
        const rows = await listAudit(db, { limit: limit + 1, ...(before !== undefined && { before }) });
        return page(rows.map(toEntry), limit, (entry) => entry.seq);
      },
    );

    app.get('/audit/verify', { config: { access }, schema: { tags, response: { 200: verdictSchema } } }, async () => verifyAudit(db));
  };

const toEntry = (row: Row<'audit'>): z.infer<typeof entrySchema> => ({
  seq: Number(row.seq),
  at: rfc3339(row.at.getTime()),
  by: row.by,
  act: row.act,
  subject: row.subject,
  data: row.data,
  hash: row.hash,
});
