import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deviceKinds, type Finding, findingCodes, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Store } from '../../store/connect.ts';
import { listTests, type StoredTest } from '../../store/device-tests.ts';
import { getShelf } from '../../store/register.ts';
import type { Language, Words } from '../../words.ts';
import { mayAct } from '../access.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type Access, staff } from '../roles.ts';
import type { WalkTests } from '../walk-test/open.ts';
import { acts } from './incident-acts.ts';
import { openRecord, uuidSchema, words as wordsOf } from './parts.ts';
import { id } from './register-schemas.ts';

export interface DeviceTestDeps {
  readonly db: Store['desk'];
  readonly tests: WalkTests;
  readonly words: Readonly<Record<Language, Pick<Words, 'finding'>>>;
  /** The station's. */
  readonly language: Language;
}

const installs: Access = { roles: ['installer', 'supervisor', 'admin'] };
const lang = z.enum(['zh', 'en']);
const params = z.object({ id });

const finding = z.object({
  code: z.enum(findingCodes),
  text: z.string(),
  do: z.string().meta({ description: 'What the person on the spot should do' }),
});
const step = z.object({ step: z.string(), at: z.string(), data: openRecord.exactOptional() });
const testShape = z.object({
  id: z.string(),
  deviceId: z.string(),
  siteId: z.string().exactOptional(),
  kind: z.enum(deviceKinds),
  at: z.string(),
  endedAt: z.string().exactOptional(),
  by: z.string(),
  passed: z.boolean(),
  measured: openRecord,
  findings: z.array(finding),
  steps: z.array(step),
});
const body = z
  .strictObject({
    waitSeconds: z
      .number()
      .int()
      .min(5)
      .max(120)
      .default(60)
      .meta({ description: 'How long a press, an answer or a report is waited for' }),
    text: wordsOf(200).exactOptional().meta({
      description: 'What a loudspeaker says, or a radio shows, in place of the fixed phrase: for whoever may broadcast and order',
    }),
    lang: lang.exactOptional(),
  })
  .nullish();
const inLanguage = { lang: lang.exactOptional().meta({ description: "Of the findings; the station's own when not said" }) };

/** The walk test of every device, the file of what came of it, and the alarm doctor. */
export const deviceTestRoutes =
  (deps: DeviceTestDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { tests, language } = deps;
    // Whoever waits for a test hears that it was cut short, and a stop does not wait for it.
    app.addHook('preClose', () => tests.close());
    app.post(
      '/devices/:id/test',
      {
        config: { access: installs },
        schema: {
          tags: ['devices'],
          summary: 'The walk test: press and wait, picture, sound or order, with what was measured',
          description:
            'Answers when the test is over; each step comes on /stream as baiying.device-test.step.v1. A press in a walk test opens an exercise incident of kind walk-test that sends nobody, and is closed by the test.',
          params,
          body,
          response: { 201: testShape },
        },
      },
      async (request, reply) => {
        const { waitSeconds = 60, text, lang: asked = language } = request.body ?? {};
        if (text !== undefined) refuseWords(request);
        const done = await tests.run(request.params.id, { waitSeconds, text, lang: asked }, request.actor.name);
        return reply.code(201).send(view(done, asked, deps));
      },
    );
    app.get(
      '/devices/:id/doctor',
      {
        config: { access: staff },
        schema: {
          tags: ['devices'],
          summary: 'The alarm doctor: why a device is silent, or would be when it is needed',
          params,
          querystring: z.strictObject(inLanguage),
          response: { 200: z.object({ deviceId: z.string(), at: z.string(), findings: z.array(finding) }) },
        },
      },
      async (request) => {
        const { device, at, findings } = await tests.doctor(request.params.id);
        return { deviceId: device.id, at: rfc3339(at), findings: worded(findings, request.query.lang ?? language, deps) };
      },
    );
    await app.register(fileRoutes(deps));
  };

/** A test is no way round the roles of those who speak in the street and order units. */
function refuseWords(request: FastifyRequest): void {
  if (mayAct(request, acts)) return;
  const message = `is for whoever may broadcast and order (${acts.roles.join(', ')}); leave it out, and the fixed phrase is said`;
  throw new Fault('role-missing', `text ${message}`, [{ path: 'text', message }]);
}

const cursorKey = z.tuple([z.iso.datetime(), uuidSchema]);

const fileRoutes =
  (deps: DeviceTestDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const querystring = z.strictObject({ ...pageQuery, ...inLanguage });
    for (const [of, path, shelf] of [
      ['deviceId', '/devices/:id/tests', 'devices'],
      ['siteId', '/sites/:id/tests', 'sites'],
    ] as const)
      app.get(
        path,
        {
          config: { access: staff },
          schema: {
            tags: [shelf],
            summary: `The walk tests of a ${of === 'deviceId' ? 'device' : 'site'}, newest first`,
            params,
            querystring,
            response: { 200: pageOf(testShape) },
          },
        },
        async (request) => {
          const { limit, cursor, lang: asked = deps.language } = request.query;
          const [at, before] = readCursor(cursor, cursorKey) ?? [];
          const narrow = of === 'deviceId' ? { deviceId: request.params.id } : { siteId: request.params.id };
          const rows = await listTests(deps.db, {
            of: narrow,
            limit: limit + 1,
            ...(at === undefined || before === undefined ? {} : { before: { at: new Date(at), id: before } }),
          });
          // The file of what was removed since can still be read.
          if (rows.length === 0 && !(await getShelf(deps.db, shelf, request.params.id)))
            throw new Fault('not-found', `${shelf}: there is no ${request.params.id}`);
          const shown = rows.map((row) => view(row, asked, deps));
          return page(shown, limit, (row) => [row.at, row.id]);
        },
      );
  };

const worded = (findings: readonly Finding[], asked: Language, { words }: DeviceTestDeps) =>
  findings.map((one) => ({ code: one.code, ...words[asked].finding(one) }));

const view = (test: StoredTest, asked: Language, deps: DeviceTestDeps) => ({
  id: test.id,
  deviceId: test.deviceId,
  ...(test.siteId === undefined ? {} : { siteId: test.siteId }),
  kind: test.kind,
  at: rfc3339(test.at),
  ...(test.endedAt === undefined ? {} : { endedAt: rfc3339(test.endedAt) }),
  by: test.by,
  passed: test.passed,
  measured: { ...test.measured },
  findings: worded(test.findings, asked, deps),
  steps: [...test.steps],
});
