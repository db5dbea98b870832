import { expect, test } from 'vitest';
import { openSealer, places } from '../../secrets-at-rest.ts';
import type { Store } from '../../store/connect.ts';
import { uuidv7 } from '../../store/ids.ts';
import { addTestDelivery, addWebhook } from '../../store/webhooks.ts';
import { dataFolder, patiently } from '../process.ts';
import { barriers, screens } from './browser.ts';
import { insist, mayBeBusy } from './insist.ts';
import { openHouse } from './rig.ts';

test('an account is made, changed and signed out; an API key is made, used and revoked', async () => {
  const house = await openHouse();
  const { page } = await house.seat('admin', ['admin'], { mayFail: [mayBeBusy] });
  await page.goto('/console/admin');
  await page.getByLabel('用户名').fill('wang');
  await page.locator('input[name=password]').fill('four quiet horses');
  const link = page.getByRole('link', { name: 'wang' });
  await insist(() => page.getByRole('button', { name: '添加' }).click(), link);
  await link.click();
  const signedIn = await fetch(`${house.http}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'wang', password: 'four quiet horses' }),
  });
  const { token } = (await signedIn.json()) as { token: string };
  const mine = async () => (await fetch(`${house.http}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await mine()).toBe(200);
  await page.reload();
  await insist(() => page.getByRole('button', { name: '在所有地方退出' }).click(), page.getByText('没有登录。'));
  expect(await mine()).toBe(401);
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('link', { name: 'API 密钥' }).click();
  await page.getByLabel('名称').fill('reporting');
  const shown = page.locator('output');
  await insist(() => page.getByRole('button', { name: '添加' }).click(), shown);
  const key = (await shown.textContent()) ?? '';
  expect(await barriers(page)).toEqual([]);
  const asked = async () => (await fetch(`${house.http}/api/v1/webhooks`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await asked()).toBe(200);
  await insist(() => page.getByRole('button', { name: '作废 reporting' }).click(), page.getByText('没有 API 密钥。'));
  expect(await asked()).toBe(401);

  await page.getByRole('link', { name: '审计' }).click();
  await page.getByRole('combobox', { name: '对什么' }).fill('API');
  await page.getByRole('option', { name: 'API 密钥' }).click();
  await page.getByRole('button', { name: '搜索' }).click();
  await patiently(async () => expect(await page.getByText('account.created').count()).toBe(0));
  await page.getByText('api-key.removed').waitFor();
  await insist(() => page.getByRole('button', { name: '校验哈希链' }).click(), page.getByText(/哈希链完整/));
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize(screens.phone);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(screens.phone.width);
});

test('an officer is given an account and a unit, and moved to another one', async () => {
  const house = await openHouse();
  await house.api('POST', '/stations', { id: 'central', name: '城关派出所', location: { lat: 30.1, lon: 120.1 } });
  for (const id of ['car-1', 'car-2']) await house.api('POST', '/units', { id, name: id, tier: 'city', stationId: 'central' });
  const { page } = await house.seat('admin', ['admin'], { mayFail: [mayBeBusy] });
  const choose = async (field: string, option: string): Promise<void> => {
    await page.getByRole('combobox', { name: field }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: option }).click();
    await page.keyboard.press('Escape');
  };
  await page.goto('/console/admin');
  await page.getByLabel('用户名').fill('liu');
  await page.locator('input[name=password]').fill('four quiet horses');
  await choose('角色', '警员');
  const add = page.getByRole('button', { name: '添加' });
  expect(await add.isDisabled()).toBe(true);
  await choose('警力', 'car-1');
  await choose('派出所', '城关派出所 (central)');
  expect(await barriers(page)).toEqual([]);
  const link = page.getByRole('link', { name: 'liu' });
  await insist(() => add.click(), link);
  const liu = async () =>
    (await house.api<{ items: readonly { username: string }[] }>('GET', '/accounts')).items.find(({ username }) => username === 'liu');
  expect(await liu()).toMatchObject({ roles: ['operator', 'officer'], unitId: 'car-1', stationIds: ['central'] });

  await link.click();
  await choose('警力', 'car-2');
  await page.getByRole('button', { name: '保存' }).click();
  await patiently(async () => expect(await liu()).toMatchObject({ unitId: 'car-2', stationIds: ['central'] }));
  expect(await barriers(page)).toEqual([]);
});

/** A webhook whose only delivery died, as after a night without its receiver. */
async function furnishDeadLetter(store: Store, folder: string): Promise<void> {
  const [id, now, by] = [uuidv7(Date.now()), Date.now(), 'admin'];
  const sealedSecret = openSealer(folder).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`, places.webhook(id));
  await addWebhook(store.desk, { id, url: 'https://receiver.invalid/', types: ['*'], sealedSecret, by, now });
  const delivery = await addTestDelivery(store.desk, id, now, by);
  await store.desk
    .updateTable('webhook_deliveries')
    .set({ state: 'dead', attempts: 8, last_error: 'answered 500', done_at: new Date(now) })
    .where('id', '=', delivery ?? '')
    .execute();
}

test('a dead letter of a webhook is seen and replayed; its secret is renewed', async () => {
  const folder = await dataFolder();
  const house = await openHouse({ BAIYING_DATA: folder }, (store) => furnishDeadLetter(store, folder));
  const { page } = await house.seat('admin', ['admin'], { mayFail: [mayBeBusy] });
  await page.goto('/console/admin/webhooks');
  const replay = page.getByRole('button', { name: /重新投递 baiying.webhook.test.v1/ });
  await replay.waitFor();
  await page.getByText('answered 500').waitFor();
  expect(await barriers(page)).toEqual([]);
  await insist(() => replay.click(), page.getByText('没有投递。'));
  const { items } = await house.api<{ items: { state: string; attempts: number }[] }>('GET', '/webhooks/deliveries');
  expect(items).toMatchObject([{ state: 'waiting' }]);
  await insist(() => page.getByRole('button', { name: '更换密钥' }).click(), page.getByText(/旧密钥在/));
  expect(await page.locator('output').textContent()).toMatch(/^whsec_/);
  expect(await barriers(page)).toEqual([]);
});
