import { expect, test } from 'vitest';
import { simulateKey } from '../../../devices/alarm-keys/mqtt/simulator.ts';
import { dataFolder, startBaiying } from '../process.ts';
import { barriers, sit } from './browser.ts';
import { insist, mayBeBusy } from './insist.ts';
import { openHouse } from './rig.ts';

test('from an empty folder, by the link that the start prints, to a press that is answered', async () => {
  const house = await startBaiying({ BAIYING_DATA: await dataFolder(), BAIYING_ADMIN_PASSWORD: undefined });
  const link = /set up the first account within one hour: (\S+)/.exec(house.stdout())?.[1] ?? '';
  expect(link).toMatch(/\/setup#token=/);
  const { page } = await sit(house.http, { mayFail: [/401/, mayBeBusy] });
  // Whoever comes by the front door is told of the link.
  await page.goto('/');
  await page.getByText('还没有任何账号').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.goto(link);

  await page.locator('label', { hasText: 'English' }).click();
  await page.getByLabel('User name').fill('chief');
  await page.locator('input[name=password]').fill('four quiet horses');
  await page.getByLabel('Password once more').fill('four quiet horse');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('The two passwords differ.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Password once more').fill('four quiet horses');
  const station = page.getByLabel('Name of the station');
  await insist(() => page.getByRole('button', { name: 'Make the account' }).click(), station);

  await station.fill('Central Station');
  expect(page.url()).not.toContain('token');
  // What was written the wrong way round is told, and never moved to the pole.
  await page.getByLabel('Latitude (WGS-84)').fill('120.1');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('From -90 to 90.').waitFor();
  await page.getByLabel('Latitude (WGS-84)').fill('30.1');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Write both latitude and longitude, or neither.').waitFor();
  await page.getByLabel('Longitude (WGS-84)').fill('120.1');
  const place = page.getByLabel('Name of the place');
  await insist(() => page.getByRole('button', { name: 'Next' }).click(), place);
  // Left, and come back to by the front door: it goes on here, in the language of the account.
  await page.evaluate(() => localStorage.clear());
  await page.goto('/console/first-run');
  await place.fill('First Hospital');
  await page.getByLabel('Address').fill('1 River Road');
  expect(await barriers(page)).toEqual([]);
  const name = page.getByLabel('Name of the key');
  await insist(() => page.getByRole('button', { name: 'Next' }).click(), name);
  await name.fill('Gate house');
  const shown = page.locator('output');
  await insist(() => page.getByRole('button', { name: 'Register' }).click(), shown);
  const secret = (await shown.textContent()) ?? '';
  await page.getByText(/Waiting for Gate house/).waitFor();
  expect(await barriers(page)).toEqual([]);
  const key = await simulateKey({ url: house.mqtt, id: 'gate-house', secret, now: () => Date.now() });
  try {
    await key.press();
    await page.getByText('The call is here').waitFor();
    expect(await barriers(page)).toEqual([]);
    await insist(() => page.getByRole('button', { name: /Acknowledge/ }).click(), page.getByText('The first run is done'));
  } finally {
    await key.close();
  }
  const stations = await page.request.get('/api/v1/stations');
  expect(await stations.json()).toMatchObject({ items: [{ name: 'Central Station', location: { lat: 30.1, lon: 120.1 } }] });
  const incidents = await page.request.get('/api/v1/incidents');
  expect(await incidents.json()).toMatchObject({
    items: [{ kind: 'emergency', state: 'closed', acknowledgedBy: 'chief', disposition: 'test' }],
  });
});

test('a link that was used, and one without its token, say what to do', async () => {
  const house = await startBaiying({ BAIYING_DATA: await dataFolder() });
  const { page } = await sit(house.http, { mayFail: [/401/, mayBeBusy] });
  await page.goto('/setup');
  await page.getByText('已经有账号了').waitFor();
  await page.getByRole('link', { name: '去登录' }).click();
  await page.getByLabel('用户名').waitFor();
});

test('a forgotten password is set anew with the link of an administrator', async () => {
  const house = await openHouse();
  const { page } = await house.seat('admin', ['admin'], { mayFail: [/401/, mayBeBusy] });
  await house.api('POST', '/accounts', { username: 'wang', password: 'five loud zebras', roles: ['operator'] });
  await page.goto('/console/admin/accounts');
  await page.getByRole('link', { name: 'wang' }).click();
  const shown = page.locator('output');
  await insist(() => page.getByRole('button', { name: '重置密码链接' }).click(), shown);
  const link = (await shown.textContent()) ?? '';
  expect(await barriers(page)).toEqual([]);
  const other = await sit(house.http, { mayFail: [/401/, mayBeBusy] });
  await other.page.goto(link);
  await other.page.locator('input[name=password]').fill('seven blue kites');
  await other.page.getByLabel('再输一次密码').fill('seven blue kites');
  expect(await barriers(other.page)).toEqual([]);
  await insist(() => other.page.getByRole('button', { name: '设置密码' }).click(), other.page.getByText('密码已更新'));
  const entered = await other.page.request.post('/api/v1/sessions', { data: { username: 'wang', password: 'seven blue kites' } });
  expect(entered.status()).toBe(201);
});
