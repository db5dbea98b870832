import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { rfc3339 } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import type { Clock, Hub } from '../../ports.ts';
import type { AccountRow } from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Store } from '../../store/connect.ts';
import { putEvents } from '../../store/events.ts';
import * as shelf from '../../store/handovers.ts';
import { uuidv7 } from '../../store/ids.ts';
import type { Register } from '../../store/register-view.ts';
import { collectItems, itemSchema } from '../handover-items.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import type { Access } from '../roles.ts';
import { accountOfRequest } from './me.ts';
import { found, idParams, noBody, uuidOf, uuidSchema, words } from './parts.ts';
import { accountOf, loginGate } from './sessions.ts';

export interface HandoverDeps {
  readonly db: Store['desk'];
  readonly hub: Hub;
  readonly clock: Clock;
  readonly register: Register;
}

const access: Access = { roles: ['operator', 'supervisor'] };
const tags = ['handovers'];

const signature = z.object({ name: z.string(), signedAt: z.string().exactOptional() });
const face = {
  id: z.string(),
  state: z.enum(['draft', 'offered', 'signed']).meta({ description: 'offered: the outgoing person has signed, the incoming one not yet' }),
  collectedAt: z.string(),
  outgoing: signature,
  incoming: signature.exactOptional(),
  hash: z.string().exactOptional(),
};
const listed = z.object({ ...face, open: z.number().meta({ description: 'How many things it lists' }) }).meta({ id: 'HandoverListed' });
const whole = z
  .object({
    ...face,
    items: z.array(itemSchema),
    leftOut: z.number().meta({ description: 'Open things beyond what a page holds' }),
    notes: z.string(),
    intact: z.boolean().exactOptional().meta({ description: 'Of a signed one: its content still has the hash that was signed' }),
  })
  .meta({ id: 'Handover' });
type Whole = z.infer<typeof whole>;

const edited = z.strictObject({
  notes: words(8000, 0),
  annotations: z
    .record(z.string().max(200), words(1000, 0))
    .meta({ description: 'Notes by the keys of items; an empty one takes it away' }),
});
const password = z.string().min(1).max(256);

/**
 * The change of shift: who goes collects what is open, notes what the next must know and signs; who comes signs with a
 * password of his own, at the same desk. From then on nothing of it changes.
 */
export const handoverRoutes =
  (deps: HandoverDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = deps;
    const answers = { 200: whole };

    app.get(
      '/handovers',
      { config: { access }, schema: { tags, querystring: z.strictObject(pageQuery), response: { 200: pageOf(listed) } } },
      async (request) => {
        const { limit, cursor } = request.query;
        const after = readCursor(cursor, z.strictObject({ at: z.iso.datetime(), id: uuidSchema }));
        const rows = await shelf.listHandovers(db, { limit: limit + 1, ...(after && { after }) });
        return page(rows.map(inList), limit, ({ id, collectedAt: at }) => ({ at, id }));
      },
    );

    app.post(
      '/handovers',
      {
        config: { access },
        schema: {
          tags,
          body: noBody,
          response: { 201: whole },
          description: 'Collects what is open now; a draft of yours is collected anew.',
        },
      },
      async (request, reply) => reply.code(201).send(shown(await prepare(deps, accountOfRequest(request)))),
    );

    app.get('/handovers/:id', { config: { access }, schema: { tags, params: idParams, response: answers } }, async (request) =>
      shown(found(await shelf.findHandover(db, uuidOf(request.params.id)), 'handover')),
    );

    app.put(
      '/handovers/:id',
      { config: { access }, schema: { tags, params: idParams, body: edited, response: answers } },
      async (request) => {
        const { id } = accountOfRequest(request);
        const { notes, annotations } = request.body;
        return shown(
          await changed(deps, request.params.id, async (handover) => {
            demandOwn(handover, id, 'draft');
            return { ...handover, notes, items: handover.items.map((item) => annotated(item, annotations[item.key])) };
          }),
        );
      },
    );

    app.delete(
      '/handovers/:id',
      { config: { access }, schema: { tags, params: idParams, response: { 204: z.undefined() } } },
      async (request, reply) => {
        const { id, username: by } = accountOfRequest(request);
        await db.transaction().execute(async (trx) => {
          const handover = found(await shelf.takeHandover(trx, uuidOf(request.params.id)), 'handover');
          demandOwn(handover, id, 'draft', 'offered');
          await shelf.removeHandover(trx, handover.id);
          await audit(trx, { at: clock.now(), by, act: 'handover.withdrawn', subject: `handovers:${handover.id}` });
        });
        return reply.code(204).send();
      },
    );

    await app.register(signingRoutes(deps));
  };

const signingRoutes =
  (deps: HandoverDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const allow = loginGate(deps.clock);
    const own = z.strictObject({ password });
    const other = z.strictObject({ username: z.string().min(1).max(128), password });
    const answers = { 200: whole };

    app.post(
      '/handovers/:id/sign',
      { config: { access }, schema: { tags, params: idParams, body: own, response: answers, description: 'The outgoing signature.' } },
      async (request, reply) => {
        const account = accountOfRequest(request);
        await demandSigner(account.username, request.body.password, request, reply);
        const now = deps.clock.now();
        return shown(
          await changed(deps, request.params.id, async (handover) => {
            demandOwn(handover, account.id, 'draft');
            return { ...handover, state: 'offered', outgoing: { ...handover.outgoing, signedAt: now } };
          }),
        );
      },
    );

    app.post(
      '/handovers/:id/take-over',
      {
        config: { access },
        schema: {
          tags,
          params: idParams,
          body: other,
          response: answers,
          description: 'The incoming signature, with the name and password of who comes.',
        },
      },
      async (request, reply) => {
        const { username, password: secret } = request.body;
        const signer = await demandSigner(username, secret, request, reply);
        return shown(await takeOver(deps, request.params.id, signer));
      },
    );

    /** @throws Fault `credential-wrong`, `rate-limited` */
    async function demandSigner(name: string, secret: string, request: FastifyRequest, reply: FastifyReply): Promise<AccountRow> {
      const proved = allow(name, request, reply);
      const account = await accountOf(name, secret, deps.db);
      if (!account) throw new Fault('credential-wrong');
      proved();
      return account;
    }
  };

async function prepare({ db, clock, register }: HandoverDeps, { id, username }: AccountRow): Promise<shelf.Handover> {
  const now = clock.now();
  const known = await shelf.openHandoverOf(db, id);
  if (known?.state === 'offered')
    throw new Fault('handover-settled', 'You have signed one that waits for the other signature; withdraw it first');
  const { items, leftOut } = await collectItems({ db, register }, now, known?.items ?? []);
  const outgoing = { id, name: username };
  const made: shelf.Handover = {
    id: known?.id ?? uuidv7(now),
    state: 'draft',
    collectedAt: now,
    items,
    leftOut,
    notes: known?.notes ?? '',
    outgoing,
  };
  await shelf.putHandover(db, made);
  return made;
}

async function changed(
  { db }: HandoverDeps,
  id: string,
  change: (handover: shelf.Handover) => Promise<shelf.Handover>,
): Promise<shelf.Handover> {
  return db.transaction().execute(async (trx) => {
    const after = await change(found(await shelf.takeHandover(trx, uuidOf(id)), 'handover'));
    await shelf.putHandover(trx, after);
    return after;
  });
}

async function takeOver({ db, hub, clock }: HandoverDeps, id: string, signer: AccountRow): Promise<shelf.Handover> {
  if (!signer.roles.some((role) => ['operator', 'supervisor', 'admin'].includes(role)))
    throw new Fault('signer-unfit', `${signer.username} is neither operator nor supervisor`);
  const now = clock.now();
  const signed = await db.transaction().execute(async (trx) => {
    const handover = found(await shelf.takeHandover(trx, uuidOf(id)), 'handover');
    if (handover.state === 'signed') throw new Fault('handover-settled');
    if (handover.state === 'draft') throw new Fault('signer-unfit', `${handover.outgoing.name} has not signed yet`);
    if (handover.outgoing.id === signer.id) throw new Fault('signer-unfit', 'Nobody hands a shift over to himself');
    const both: shelf.Handover = { ...handover, state: 'signed', incoming: { id: signer.id, name: signer.username, signedAt: now } };
    const hash = shelf.handoverHash(both);
    await shelf.putHandover(trx, { ...both, hash });
    const data = { id: both.id, outgoing: both.outgoing.name, incoming: signer.username, open: both.items.length, hash };
    await putEvents(trx, [{ type: 'baiying.handover.signed.v1', subject: `handovers/${both.id}`, at: now, data }]);
    await audit(trx, { at: now, by: signer.username, act: 'handover.signed', subject: `handovers:${both.id}`, data });
    return { ...both, hash };
  });
  hub.tell('events');
  return signed;
}

/** @throws Fault `role-missing` for another's, `handover-settled` in another state */
function demandOwn(handover: shelf.Handover, accountId: string, ...states: readonly shelf.HandoverState[]): void {
  if (handover.outgoing.id !== accountId) throw new Fault('role-missing', `This handover is ${handover.outgoing.name}'s`);
  if (!states.includes(handover.state)) throw new Fault('handover-settled');
}

function annotated({ note: before, ...item }: shelf.HandoverItem, note: string | undefined): shelf.HandoverItem {
  const now = note ?? before ?? '';
  return now === '' ? item : { ...item, note: now };
}

const faceOf = ({ id, state, collectedAt, outgoing, incoming, hash }: shelf.Handover) => ({
  ...{ id, state, collectedAt: rfc3339(collectedAt) },
  outgoing: { name: outgoing.name, ...(outgoing.signedAt === undefined ? {} : { signedAt: rfc3339(outgoing.signedAt) }) },
  ...(incoming === undefined ? {} : { incoming: { name: incoming.name, signedAt: rfc3339(incoming.signedAt) } }),
  ...(hash === undefined ? {} : { hash }),
});

const inList = (handover: shelf.Handover): z.infer<typeof listed> => ({ ...faceOf(handover), open: handover.items.length });

const shown = (handover: shelf.Handover): Whole => ({
  ...faceOf(handover),
  items: z.array(itemSchema).parse(handover.items),
  leftOut: handover.leftOut,
  notes: handover.notes,
  ...(handover.hash === undefined ? {} : { intact: shelf.handoverHash(handover) === handover.hash }),
});
