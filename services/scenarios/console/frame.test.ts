import { expect, test } from 'vitest';
import { adminPassword, patiently } from '../process.ts';
import { barriers, faintest, sit } from './browser.ts';
import { atTheDesk, bank } from './desk-rig.ts';
import { openHouse } from './rig.ts';

test('somebody signs in, sees that the screen is live, changes the language and leaves', async () => {
  const house = await openHouse();
  await house.api('POST', '/accounts', { username: 'wang', password: adminPassword, roles: ['operator'] });
  const { page } = await sit(house.http, { mayFail: [/401/] });
  await page.goto('/');
  await page.getByLabel('用户名').fill('wang');
  await page.getByRole('textbox', { name: '密码' }).fill('not the password');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('alert').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('textbox', { name: '密码' }).fill(adminPassword);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('实时', { exact: true }).waitFor();
  // Nobody asked for a page, so it is the first that the role opens.
  await page.waitForURL('**/console/desk**');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('User name').waitFor();
});

test('a lost line is an alarm of its own, and ends when the server is back', async () => {
  const house = await openHouse();
  const { page } = await house.seat('wang', ['operator'], { mayFail: [/ERR_INTERNET_DISCONNECTED/] });
  await page.goto('/');
  await page.getByText('实时', { exact: true }).waitFor();
  let unanswered = 0;
  page.on('requestfailed', (request) => {
    if (request.url().endsWith('/sessions/current')) unanswered += 1;
  });
  await page.context().setOffline(true);
  await page.getByText(/连接中断/).waitFor();
  // It asks who sits here four times and gives up; the screen stays what it was.
  await patiently(async () => expect(unanswered).toBeGreaterThanOrEqual(4));
  await page.getByText(/连接中断 \d+ 秒/).waitFor();
  expect(await page.getByRole('navigation').isVisible()).toBe(true);
  await page.context().setOffline(false);
  await page.getByText('实时', { exact: true }).waitFor();
});

test('a session that ends at an open desk is an alarm until somebody signs in, at the same place', async () => {
  const house = await openHouse();
  await bank(house);
  const { id } = await house.api<{ id: string }>('POST', '/incidents', { kind: 'crowd', siteId: 'bank', priority: 4, note: '' });
  const page = await atTheDesk(house, 'wang', [/401/]);
  await page.waitForURL(`**/console/desk/${id}`);
  const accounts = await house.api<{ items: readonly { readonly id: string; readonly username: string }[] }>('GET', '/accounts');
  const sessions = `/accounts/${accounts.items.find(({ username }) => username === 'wang')?.id}/sessions`;
  await house.api('DELETE', sessions);

  const alarm = page.getByRole('alert').filter({ hasText: '本席收不到任何报警' });
  await alarm.waitFor();
  expect(await alarm.getAttribute('data-sounds')).toBe('true');
  expect(await page.title()).toContain('收不到报警');
  expect(await barriers(page)).toEqual([]);
  expect((await faintest(alarm)).contrast).toBeGreaterThanOrEqual(7);

  await page.getByLabel('用户名').fill('wang');
  await page.getByRole('textbox', { name: '密码' }).fill(adminPassword);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('实时', { exact: true }).waitFor();
  await alarm.waitFor({ state: 'hidden' });
  expect(new URL(page.url()).pathname).toBe(`/console/desk/${id}`);

  // Somebody else gets neither the page nor the incident of the one before.
  await house.api('DELETE', sessions);
  await alarm.waitFor();
  await house.api('POST', '/accounts', { username: 'zhao', password: adminPassword, roles: ['auditor'] });
  await page.getByLabel('用户名').fill('zhao');
  await page.getByRole('textbox', { name: '密码' }).fill(adminPassword);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL('**/console/map**');
  await page.getByRole('heading', { level: 1 }).waitFor();

  // Whoever signs out knows it.
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('用户名').waitFor();
  expect(await alarm.count()).toBe(0);
});
