import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rfc3339 } from '../../alarm/index.ts';
import type { Clock } from '../../ports.ts';
import { type AuditSearch, audit, listAudit, verifyAudit } from '../../store/audit.ts';
import { auditNames } from '../../store/audit-names.ts';
import type { Db } from '../../store/connect.ts';
import type { Row } from '../../store/tables.ts';

import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { csvLine } from './device-sheet.ts';

export interface AuditDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const entrySchema = z
  .object({
    seq: z.number(),
    at: z.string(),
    by: z.string(),
    act: z.string(),
    subject: z.string(),
    subjectName: z
      .string()
      .exactOptional()
      .meta({ description: 'How the subject is called now; left out where it is gone or has no name' }),
    data: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
const verdictSchema = z.object({
  ok: z.boolean(),
  length: z.number().optional(),
  head: z.object({ seq: z.number(), hash: z.string() }).optional(),
  seq: z.number().optional(),
  reason: z.string().optional(),
});

const name = z.string().min(1).max(200).exactOptional();
const instant = z.iso.datetime({ offset: true }).exactOptional();
const search = {
  by: name.meta({ description: 'Who did it' }),
  act: name.meta({ description: 'What was done, as far as it begins so, as account.' }),
  subject: name.meta({ description: 'What it was done to, as far as it begins so, as accounts:' }),
  since: instant,
  until: instant,
};
type Asked = Partial<Record<keyof typeof search, string>>;
const within = ({ since, until, ...rest }: Asked): AuditSearch => ({
  ...rest,
  ...(since !== undefined && { since: Date.parse(since) }),
  ...(until !== undefined && { until: Date.parse(until) }),
});

const access = { roles: [] };
const tags = ['audit'];

/** The audit trail, newest first. Nothing here changes it, and nobody can. */
export const auditRoutes =
  ({ db, clock }: AuditDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/audit',
      {
        config: { access },
        schema: { tags, querystring: z.strictObject({ ...pageQuery, ...search }), response: { 200: pageOf(entrySchema) } },
      },
      async (request) => {
        const { limit, cursor, ...asked } = request.query;
        const before = readCursor(cursor, z.int().positive());
        const rows = await listAudit(db, { limit: limit + 1, before, ...within(asked) });
        const names = await auditNames(
          db,
          rows.map(({ subject }) => subject),
        );
        return page(
          rows.map((row) => toEntry(row, names.get(row.subject))),
          limit,
          (entry) => entry.seq,
        );
      },
    );

    const description = 'The same search as a table for spreadsheets: UTF-8, newest first, the 100,000 newest that fit.';
    app.get(
      '/audit/export',
      { config: { access }, schema: { tags, querystring: z.strictObject(search), produces: ['text/csv'], description } },
      async (request, reply) => {
        await audit(db, { at: clock.now(), by: request.actor.name, act: 'audit.exported', subject: 'audit', data: { ...request.query } });
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="audit.csv"')
          .send(Readable.from(table(db, within(request.query))));
      },
    );

    app.get('/audit/verify', { config: { access }, schema: { tags, response: { 200: verdictSchema } } }, async () => verifyAudit(db));
  };

const toEntry = (row: Row<'audit'>, subjectName?: string): z.infer<typeof entrySchema> => ({
  seq: Number(row.seq),
  at: rfc3339(row.at.getTime()),
  by: row.by,
  act: row.act,
  subject: row.subject,
  ...(subjectName !== undefined && { subjectName }),
  data: row.data,
  hash: row.hash,
});

const inOneRead = 1_000;
const mostRows = 100_000;

/** Read in pieces, so that a long trail is never held whole. */
async function* table(db: Db, asked: AuditSearch): AsyncGenerator<string> {
  yield `\ufeff${csvLine(['seq', 'at', 'by', 'act', 'subject', 'data', 'hash'])}`;
  let before: number | undefined;
  for (let given = 0; given < mostRows; given += inOneRead) {
    const rows: Row<'audit'>[] = await listAudit(db, { ...asked, limit: inOneRead, before });
    for (const row of rows) {
      const { seq, at, by, act, subject, data, hash } = toEntry(row);
      yield csvLine([String(seq), at, by, act, subject, JSON.stringify(data), hash]);
    }
    before = Number(rows.at(-1)?.seq);
    if (rows.length < inOneRead) return;
  }
}
