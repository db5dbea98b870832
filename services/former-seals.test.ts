import { createCipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sealAnew } from './former-seals.ts';
import { expectFormerSeals, openSealer, places } from './secrets-at-rest.ts';
import type { Store } from './store/connect.ts';
import { uuidv7 } from './store/ids.ts';
import { freshStore, quiet } from './store/testing.ts';

const [accountId, webhookId] = [uuidv7(1), uuidv7(2)];
const at = new Date(0);

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'baiying-former-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  openSealer(path);
  return path;
}

/** As builds of before sealed: for no place. */
function sealedBefore(data: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', readFileSync(join(data, 'master.key')), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

const camera = (id: string, settings: object) => ({
  ...{ id, kind: 'camera', driver: 'onvif', name: id, settings: JSON.stringify(settings), exercise: false, created_at: at, updated_at: at },
});

/** One secret of every kind, as a build of before kept them. */
async function recordOfBefore(data: string): Promise<Store> {
  const store = await freshStore();
  const before = (text: string) => sealedBefore(data, text);
  const { desk: db } = store;
  await db
    .insertInto('signing_keys')
    .values({ kid: 'k', public_key: 'x', sealed: before('PEM'), created_at: at, created_by: 'start', retired_at: null })
    .execute();
  const nobody = { station_ids: [], unit_id: null, language: null, identity: null };
  await db
    .insertInto('accounts')
    .values({ id: accountId, username: 'wang', password_hash: '', roles: ['admin'], created_at: at, updated_at: at, ...nobody })
    .execute();
  await db
    .insertInto('second_factors')
    .values({ account_id: accountId, secret: before('factor'), created_at: at })
    .execute();
  const webhook = { id: webhookId, url: 'https://a/', types: ['*'], created_at: at, created_by: 'wang' };
  await db
    .insertInto('webhooks')
    .values({ ...webhook, secret: before('new'), former_secret: before('old'), former_until: at })
    .execute();
  const settings = { address: 'http://10.0.0.9/', username: 'v1.viewer', password: { sealed: before('marker') } };
  await db
    .insertInto('devices')
    .values([camera('c1', settings), camera('c2', { address: 'v1.' })])
    .execute();
  return store;
}

async function sealsOf({ desk: db }: Store) {
  const key = await db.selectFrom('signing_keys').select('sealed').executeTakeFirstOrThrow();
  const factor = await db.selectFrom('second_factors').select('secret').executeTakeFirstOrThrow();
  const webhook = await db.selectFrom('webhooks').select(['secret', 'former_secret']).executeTakeFirstOrThrow();
  const devices = await db.selectFrom('devices').select(['id', 'settings']).orderBy('id').execute();
  return { key: key.sealed, factor: factor.secret, webhook, devices };
}

/** Opens all of them, each at its place. */
async function told(store: Store, data: string) {
  const { unseal } = openSealer(data);
  const { key, factor, webhook, devices } = await sealsOf(store);
  const password = devices[0]?.settings['password'] as { sealed: string };
  return [
    unseal(key, places.signingKey('k')),
    unseal(factor, places.secondFactor(accountId)),
    unseal(webhook.secret, places.webhook(webhookId)),
    unseal(webhook.former_secret ?? '', places.webhook(webhookId)),
    unseal(password.sealed, places.setting('c1', 'password')),
  ];
}
const all = ['PEM', 'factor', 'new', 'old', 'marker'];

const start = (store: Store, data: string) => sealAnew(store, data, openSealer(data), quiet);

test('what a build of before sealed opens at no place until it was sealed anew for its own; the rest stays as it was', async () => {
  const data = await folder();
  const store = await recordOfBefore(data);
  await expect(told(store, data)).rejects.toThrow('not in sealed form');
  await start(store, data);
  expect(await told(store, data)).toEqual(all);
  const { devices } = await sealsOf(store);
  expect(devices.map(({ settings }) => settings)).toEqual([
    { address: 'http://10.0.0.9/', username: 'v1.viewer', password: { sealed: expect.stringMatching(/^v2\./) } },
    { address: 'v1.' },
  ]);
});

test('who kept the signing key as it was sealed before cannot bring it back later, not even into a camera', async () => {
  const data = await folder();
  const store = await recordOfBefore(data);
  const { key } = await sealsOf(store);
  await start(store, data);
  const settings = JSON.stringify({ address: 'http://attacker/', password: { sealed: key } });
  await store.desk.updateTable('devices').set({ settings }).where('id', '=', 'c1').execute();
  await start(store, data);
  expect((await sealsOf(store)).devices[0]?.settings['password']).toEqual({ sealed: key });
  await expect(told(store, data)).rejects.toThrow('not in sealed form');
});

test('a backup from before, put in place after that, is sealed anew at the next start', async () => {
  const data = await folder();
  await start(await freshStore(), data);
  const restored = await recordOfBefore(data);
  expectFormerSeals(data);
  await start(restored, data);
  expect(await told(restored, data)).toEqual(all);
});

test('without its master key a record from before stays as it is, and the start goes on; with the key it is sealed anew', async () => {
  const [data, other] = [await folder(), await folder()];
  const store = await recordOfBefore(data);
  const before = await sealsOf(store);
  await start(store, other);
  expect(await sealsOf(store)).toEqual(before);
  await writeFile(join(other, 'master.key'), readFileSync(join(data, 'master.key')));
  await start(store, other);
  expect(await told(store, other)).toEqual(all);
});
