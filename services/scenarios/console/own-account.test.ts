import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { codeShown } from '../../totp-testing.ts';
import { adminPassword } from '../process.ts';
import { barriers } from './browser.ts';
import { insist, mayBeBusy } from './insist.ts';
import { openHouse } from './rig.ts';

/** @param apart steps of 30 s from now */
const shownBy = (secret: string, apart = 0): string => codeShown(secret, Date.now() + apart * 30_000);

const within = (page: Page) => page.getByRole('link', { name: 'qian', exact: true });

/** At the sign-in page: the password, and the code where one is given. */
async function signIn(page: Page, code?: () => string): Promise<void> {
  await page.getByLabel('用户名').fill('qian');
  await page.getByRole('textbox', { name: '密码' }).fill(adminPassword);
  const asked = page.getByRole('textbox', { name: '动态码' });
  const enter = page.getByRole('button', { name: '登录' });
  if (code) {
    await insist(() => enter.click(), asked);
    expect(await barriers(page)).toEqual([]);
  }
  await insist(async () => {
    if (code) await asked.fill(code());
    await enter.click();
  }, within(page));
}

/** The page that somebody was at is not for whoever comes next. */
async function signOut(page: Page): Promise<void> {
  await insist(() => page.getByRole('button', { name: '退出登录' }).click(), page.getByLabel('用户名'));
  await page.waitForURL('/console/');
}

test('a second factor is put on; a code lets in, then a recovery code; an administrator takes it away', async () => {
  const house = await openHouse();
  const { page } = await house.seat('qian', ['operator'], { mayFail: [/401/, mayBeBusy] });
  await page.goto('/');
  await within(page).click();
  const factor = page.locator('section').filter({ hasText: '动态码' });
  await factor.getByRole('textbox', { name: '当前密码' }).fill(adminPassword);
  const confirm = page.getByRole('button', { name: '确认' });
  await insist(() => page.getByRole('button', { name: '开启' }).click(), confirm);
  expect(await barriers(page)).toEqual([]);
  const secret = (await page.locator('pre').textContent()) ?? '';
  const saved = page.getByRole('button', { name: '已保存，继续' });
  // The number before this one is let in too, and leaves this one for signing in.
  await insist(async () => {
    await page.getByRole('textbox', { name: '动态码' }).fill(shownBy(secret, -1));
    await confirm.click();
  }, saved);
  expect(await barriers(page)).toEqual([]);
  const [recovery = ''] = ((await page.locator('pre').textContent()) ?? '').split('\n');
  await saved.click();
  await page.getByText('还剩 10 个恢复码').waitFor();

  await page.getByRole('link', { name: '返回' }).click();
  await signOut(page);
  await signIn(page, () => shownBy(secret));
  await signOut(page);
  await signIn(page, () => recovery);
  await within(page).click();
  await page.getByText('还剩 9 个恢复码').waitFor();
  expect(await barriers(page)).toEqual([]);

  const admin = await house.seat('admin', ['admin'], { mayFail: [mayBeBusy] });
  await admin.page.goto('/console/admin/accounts');
  await within(admin.page).click();
  await insist(() => admin.page.getByRole('button', { name: /清除动态码/ }).click(), admin.page.getByText('已清除'));
  await page.goto('/');
  await signIn(page);
});

test('a password is changed by whoever knows it; typed twice and differently it is not sent', async () => {
  const house = await openHouse();
  const { page } = await house.seat('qian', ['operator'], { mayFail: [/401/, mayBeBusy] });
  await page.goto('/console/me');
  const form = page.locator('form').filter({ hasText: '新密码' });
  const [current, fresh, again] = ['当前密码', '新密码', '再输一次密码'].map((name) => form.getByRole('textbox', { name })) as [
    Locator,
    Locator,
    Locator,
  ];
  const change = form.getByRole('button', { name: '修改密码' });
  await current.fill('not the password');
  await fresh.fill('nine grey herons');
  await again.fill('nine gray herons');
  await insist(() => change.click(), form.getByText('两次密码不一致'));
  await again.fill('nine grey herons');
  await insist(() => change.click(), form.getByRole('alert'));
  expect(await barriers(page)).toEqual([]);
  await current.fill(adminPassword);
  await insist(() => change.click(), page.getByText('密码已修改'));

  await signOut(page);
  await page.getByLabel('用户名').fill('qian');
  await page.getByRole('textbox', { name: '密码' }).fill('nine grey herons');
  await insist(() => page.getByRole('button', { name: '登录' }).click(), within(page));
});
