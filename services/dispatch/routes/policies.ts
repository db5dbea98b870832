import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { policyDocument, toPolicies } from '../../../config/policies/load.ts';
import { escalationSteps, rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { type InForce, type PoliciesInForce, policyNews } from '../../policies-in-force.ts';
import type { Clock, Hub } from '../../ports.ts';
import { audit } from '../../store/audit.ts';
import type { Store } from '../../store/connect.ts';
import { addPolicies, listPolicies, type PolicyVersion } from '../../store/policies.ts';
import type { Register } from '../../store/register-view.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { type PreviewItem, previewPolicies, toldOf } from '../policy-preview.ts';
import type { Access } from '../roles.ts';

export interface PolicyDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly register: Register;
  readonly policies: PoliciesInForce;
}

const access: Access = { roles: ['supervisor'] };
const tags = ['policies'];

const version = z.int().min(0).meta({ description: 'As it was read; 409 where somebody else changed them since' });
const standing = z.object({
  version: z.number().meta({ description: '0 while nobody ever changed them' }),
  policy: policyDocument,
  file: policyDocument.meta({ description: 'What stands in the files, for going back' }),
  fromFile: z.boolean(),
  by: z.string().exactOptional(),
  at: z.string().exactOptional(),
});
const past = z.object({ version: z.number(), by: z.string(), at: z.string(), fromFile: z.boolean(), policy: z.unknown().optional() });

/** The policies of sorting and escalation: seen, tried out on last week, and put in force without a restart. */
export const policyRoutes =
  (deps: PolicyDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, policies } = deps;
    const now = () => shown(policies.now(), policies);
    const response = { 200: standing };

    app.get('/policies', { config: { access }, schema: { tags, response } }, async () => now());

    const changed = z.strictObject({ version, policy: policyDocument });
    app.put('/policies', { config: { access }, schema: { tags, body: changed, response } }, async (request) => {
      await put(deps, request.body.version, request.body.policy, request.actor.name);
      return now();
    });

    const back = z.strictObject({ version });
    app.post(
      '/policies/reset',
      { config: { access }, schema: { tags, body: back, response, description: 'Puts what stands in the files in force again.' } },
      async (request) => {
        await put(deps, request.body.version, undefined, request.actor.name);
        return now();
      },
    );

    app.get(
      '/policies/versions',
      { config: { access }, schema: { tags, querystring: z.strictObject(pageQuery), response: { 200: pageOf(past) } } },
      async (request) => {
        const { limit, cursor } = request.query;
        const before = readCursor(cursor, z.int().positive());
        const rows = await listPolicies(store.desk, { limit: limit + 1, ...(before !== undefined && { before }) });
        return page(rows.map(inList), limit, (row) => row.version);
      },
    );

    await app.register(previewRoutes(deps));
  };

const outcome = z.object({
  opens: z.boolean(),
  policyId: z.string().exactOptional(),
  orders: z.array(
    z.object({
      unitName: z.string().exactOptional().meta({ description: 'Absent for the next nearest unit, which the record does not name' }),
      after: z.number().meta({ description: 'Seconds after the opening' }),
      by: z.enum(['at-once', 'ladder', 'operator']),
    }),
  ),
  levels: z.array(
    z.object({
      clock: z.enum(['acknowledge', 'progress']),
      level: z.number(),
      after: z.number().meta({ description: 'Seconds after the opening' }),
      steps: z.array(z.enum(escalationSteps)),
      told: z.array(z.string()),
    }),
  ),
  engagedAfter: z.number().exactOptional().meta({ description: 'Seconds until officers set out' }),
  arrivedAfter: z.number().exactOptional(),
});
const counts = z.object({
  opened: z.number(),
  ordersAtOnce: z.number(),
  orders: z.number(),
  levels: z.number(),
  dutyLeader: z.number(),
  supervisor: z.number(),
  bureauDesk: z.number(),
});
const changedIncident = z.object({
  id: z.string(),
  number: z.number(),
  kind: z.string(),
  priority: z.number(),
  exercise: z.boolean(),
  openedAt: z.string(),
  siteName: z.string().exactOptional(),
  before: outcome,
  after: outcome,
});
const preview = z.object({
  from: z.string(),
  to: z.string(),
  incidents: z.number().meta({ description: 'How many were lived through again' }),
  bounded: z.boolean().meta({ description: 'There were more; the newest were taken' }),
  totals: z.object({ before: counts, after: counts }),
  items: z.array(changedIncident).meta({ description: 'Those that would have gone another way, newest first' }),
  wouldOpen: z.record(z.string(), z.number()).meta({ description: 'Signals that opened nothing and would have, by type' }),
});

const previewRoutes =
  ({ store, clock, register, policies }: PolicyDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const description =
      'Lives through the incidents of the last seven days again, under the policies in force and under the proposed ones: units answer as fast as the record says, people act when they did. Nothing is written. Which incidents are neighbours (sorting.window) is not replayed.';
    const body = z.strictObject({ policy: policyDocument });
    app.post(
      '/policies/preview',
      { config: { access }, schema: { tags, body, response: { 200: preview }, description } },
      async (request) => {
        const proposed = toPolicies(request.body.policy);
        const { changed, ...rest } = await previewPolicies({ db: store.desk, register }, policies.now().policies, proposed, clock.now());
        return { ...rest, wouldOpen: { ...rest.wouldOpen }, items: changed.map((item) => incidentView(item, register)) };
      },
    );
  };

async function put({ store, clock, policies }: PolicyDeps, read: number, document: unknown, by: string): Promise<void> {
  const at = clock.now();
  const next = read + 1;
  await store.desk.transaction().execute(async (trx) => {
    const added = await addPolicies(trx, { version: next, ...(document === undefined ? {} : { document }), by, at });
    if (!added) throw new Fault('policies-changed');
    const act = document === undefined ? 'policies.reset' : 'policies.changed';
    await audit(trx, { at, by, act, subject: `policies:${next}`, data: document === undefined ? {} : { policy: document } });
  });
  tell(store.hub);
  await policies.refresh();
}

const tell = (hub: Hub): void => hub.tell(policyNews);

function shown(inForce: InForce, { ofFiles }: PoliciesInForce): z.infer<typeof standing> {
  const { version: number, policies, fromFile, by, at } = inForce;
  return {
    version: number,
    policy: policies.document,
    file: ofFiles.document,
    fromFile,
    ...(by === undefined ? {} : { by }),
    ...(at === undefined ? {} : { at: rfc3339(at) }),
  };
}

const inList = ({ version: number, by, at, document }: PolicyVersion): z.infer<typeof past> => ({
  version: number,
  by,
  at: rfc3339(at),
  fromFile: document === undefined,
  ...(document === undefined ? {} : { policy: document }),
});

function incidentView({ kept: { incident }, before, after }: PreviewItem, register: Register): z.infer<typeof changedIncident> {
  const siteName = incident.siteId === undefined ? undefined : register.site(incident.siteId)?.name;
  const { id, number, kind, priority, exercise } = incident;
  return {
    ...{ id, number, kind, priority, exercise, openedAt: rfc3339(incident.openedAt) },
    ...(siteName === undefined ? {} : { siteName }),
    before: outcomeView(before, register),
    after: outcomeView(after, register),
  };
}

const inSeconds = (span: number): number => Math.round(span / 100) / 10;

function outcomeView(
  { opens, policyId, orders, levels, engagedAfter, arrivedAfter }: PreviewItem['after'],
  register: Register,
): z.infer<typeof outcome> {
  return {
    opens,
    ...(policyId === undefined ? {} : { policyId }),
    orders: orders.map(({ unitId, after, by }) => ({
      ...(unitId === undefined ? {} : { unitName: register.unit(unitId)?.name ?? unitId }),
      after: inSeconds(after),
      by,
    })),
    levels: levels.map((level) => ({ ...level, after: inSeconds(level.after), steps: [...level.steps], told: [...toldOf(level)] })),
    ...(engagedAfter === undefined ? {} : { engagedAfter: inSeconds(engagedAfter) }),
    ...(arrivedAfter === undefined ? {} : { arrivedAfter: inSeconds(arrivedAfter) }),
  };
}
