import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Instant } from '../../alarm/index.ts';
import { Fault, type FieldFault } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { hashSecret } from '../../secrets.ts';
import * as accounts from '../../store/accounts.ts';
import { audit } from '../../store/audit.ts';
import type { Db } from '../../store/connect.ts';
import { uuidv7 } from '../../store/ids.ts';
import { idsOnShelf } from '../../store/register.ts';
import { findAccountByIdentity } from '../../store/sign-ons.ts';
import { accountSchema, demandPassword, languages, passwordSchema, roleList, toAccount, usernameSchema } from '../accounts.ts';
import { page, pageOf, pageQuery, readCursor } from '../paging.ts';
import { idParams, uuidOf } from './parts.ts';

export interface AccountsDeps {
  readonly db: Db;
  readonly clock: Clock;
}

const shared = {
  roles: roleList,
  stationIds: z.array(z.string().max(64)).max(200).default([]),
  unitId: z.string().max(64).exactOptional(),
  active: z.boolean().default(true),
  language: z.enum(languages).exactOptional(),
  identity: z.string().max(200).exactOptional().meta({ description: 'Kept when not said; empty takes it away' }),
};
const newAccount = z.strictObject({ username: usernameSchema, password: passwordSchema, ...shared });
/** `id`, `username` and `createdAt` may be sent back as they were read; they do not change. */
const changedAccount = z.strictObject({
  id: z.string().optional(),
  username: z.string().optional(),
  createdAt: z.string().optional(),
  password: passwordSchema.optional(),
  ...shared,
});
type Change = z.infer<typeof changedAccount>;

const access = { roles: [] };
const tags = ['accounts'];

/** Accounts of people. Administrators only: no role is named, and an administrator may do everything. */
export const accountsRoutes =
  (deps: AccountsDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = deps;

    app.get(
      '/accounts',
      { config: { access }, schema: { tags, querystring: z.strictObject(pageQuery), response: { 200: pageOf(accountSchema) } } },
      async (request) => {
        const { limit, cursor } = request.query;
        const after = readCursor(cursor, z.uuid());
        const rows = await accounts.listAccounts(db, { limit: limit + 1, ...(after !== undefined && { after }) });
        return page(rows.map(toAccount), limit, (item) => item.id);
      },
    );

    app.get(
      '/accounts/:id',
      { config: { access }, schema: { tags, params: idParams, response: { 200: accountSchema } } },
      async (request) => toAccount(await existing(db, request.params.id)),
    );

    app.post(
      '/accounts',
      { config: { access }, schema: { tags, body: newAccount, response: { 201: accountSchema } } },
      async (request, reply) => {
        const account = await create(db, request.body, { by: request.actor.name, now: clock.now() });
        return reply.code(201).header('location', `/api/v1/accounts/${account.id}`).send(toAccount(account));
      },
    );

    app.put(
      '/accounts/:id',
      { config: { access }, schema: { tags, params: idParams, body: changedAccount, response: { 200: accountSchema } } },
      async (request) => {
        const current = await existing(db, request.params.id);
        await demandChange(db, current, request.body);
        const passwordHash = request.body.password === undefined ? undefined : await hashSecret(request.body.password, 'person');
        const act = { by: request.actor.name, now: clock.now(), keptSession: request.signedIn?.tokenHash ?? '' };
        return toAccount(await db.transaction().execute((trx) => change(trx, current.id, request.body, passwordHash, act)));
      },
    );

    app.delete(
      '/accounts/:id',
      { config: { access }, schema: { tags, params: idParams, response: { 204: z.undefined() } } },
      async (request, reply) => {
        await remove(db, request.params.id, { by: request.actor.name, now: clock.now() });
        return reply.code(204).send();
      },
    );
  };

interface Act {
  readonly by: string;
  readonly now: Instant;
}

async function create(db: Db, body: z.infer<typeof newAccount>, { by, now }: Act): Promise<accounts.AccountRow> {
  const { username, password, roles, stationIds, active, language } = body;
  demandPassword(password, username, [...(await placeFaults(db, body)), ...(await identityFaults(db, body.identity))]);
  const passwordHash = await hashSecret(password, 'person');
  const at = new Date(now);
  const row = {
    id: uuidv7(now),
    username,
    password_hash: passwordHash,
    unit_id: body.unitId ?? null,
    roles,
    station_ids: stationIds,
    active,
    language: language ?? null,
    identity: body.identity || null,
    created_at: at,
    updated_at: at,
  };
  return db.transaction().execute(async (trx) => {
    const made = await accounts.addAccount(trx, row);
    if (!made) throw new Fault('already-exists', `The user name ${username} is taken`);
    await audit(trx, {
      at: now,
      by,
      act: 'account.created',
      subject: `accounts:${made.id}`,
      data: { username, roles, stationIds, unitId: body.unitId, active, identity: body.identity },
    });
    return made;
  });
}

async function remove(db: Db, id: string, { by, now }: Act): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await keepAnAdmin(trx, uuidOf(id));
    const account = await existing(trx, id);
    await accounts.removeAccount(trx, account.id);
    await audit(trx, { at: now, by, act: 'account.removed', subject: `accounts:${account.id}`, data: { username: account.username } });
  });
}

async function existing(db: Db, id: string): Promise<accounts.AccountRow> {
  const account = await accounts.findAccount(db, uuidOf(id));
  if (!account) throw new Fault('not-found');
  return account;
}

async function change(db: Db, id: string, body: Change, passwordHash: string | undefined, act: Act & { readonly keptSession: string }) {
  const { roles, stationIds, active, language, identity } = body;
  if (!active || !roles.includes('admin')) await keepAnAdmin(db, id);
  const row = {
    roles,
    station_ids: stationIds,
    unit_id: body.unitId ?? null,
    active,
    updated_at: new Date(act.now),
    ...(language !== undefined && { language }),
    ...(identity !== undefined && { identity: identity || null }),
    ...(passwordHash !== undefined && { password_hash: passwordHash }),
  };
  const before = await accounts.findAccount(db, id);
  const account = await accounts.changeAccount(db, id, row);
  if (!before || !account) throw new Fault('not-found');
  if (!active || passwordHash !== undefined || before.identity !== account.identity)
    await accounts.removeSessionsOf(db, id, active ? act.keptSession : '');
  const data = {
    username: account.username,
    roles,
    stationIds,
    unitId: body.unitId,
    active,
    identity: account.identity ?? undefined,
    password: passwordHash === undefined ? 'kept' : 'changed',
  };
  await audit(db, { at: act.now, by: act.by, act: 'account.changed', subject: `accounts:${id}`, data });
  return account;
}

/** @throws Fault `still-in-use` when without this account nobody could administer any more */
async function keepAnAdmin(db: Db, without: string): Promise<void> {
  const admins = await accounts.lockActiveWithRole(db, 'admin');
  if (admins.includes(without) && admins.length === 1) throw new Fault('still-in-use', 'This is the last active administrator');
}

async function demandChange(db: Db, current: accounts.AccountRow, body: Change): Promise<void> {
  const faults = [
    ...(body.id !== undefined && body.id !== current.id ? [{ path: 'body.id', message: 'Cannot be changed' }] : []),
    ...(body.username !== undefined && body.username !== current.username ? [{ path: 'body.username', message: 'Cannot be changed' }] : []),
    ...(await placeFaults(db, body)),
    ...(await identityFaults(db, body.identity, current.id)),
  ];
  if (body.password !== undefined) demandPassword(body.password, current.username, faults);
  else if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
}

async function identityFaults(db: Db, identity = '', own = ''): Promise<FieldFault[]> {
  const other = identity === '' ? undefined : await findAccountByIdentity(db, identity);
  return other && other.id !== own ? [{ path: 'body.identity', message: `This is ${other.username}` }] : [];
}

async function placeFaults(db: Db, { stationIds, unitId }: Pick<Change, 'stationIds' | 'unitId'>): Promise<FieldFault[]> {
  const there = unitId === undefined || (await idsOnShelf(db, 'units', [unitId])).size > 0;
  return [...(await stationFaults(db, stationIds)), ...(there ? [] : [{ path: 'body.unitId', message: `There is no unit ${unitId}` }])];
}

async function stationFaults(db: Db, ids: readonly string[]): Promise<FieldFault[]> {
  const known = ids.length > 0 ? await idsOnShelf(db, 'stations', ids) : new Set<string>();
  return ids.flatMap((id, index) => (known.has(id) ? [] : [{ path: `body.stationIds.${index}`, message: `There is no station ${id}` }]));
}
