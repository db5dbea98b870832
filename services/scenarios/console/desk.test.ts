import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { bankWithKeys, patiently } from '../process.ts';
import { barriers, faintest, screens } from './browser.ts';
import {
  acknowledge,
  atTheDesk,
  bank,
  ffmpeg,
  flashes,
  recorded,
  requireStep,
  rows,
  send,
  table,
  tabTo,
  watchTheHall,
} from './desk-rig.ts';
import { insist } from './insist.ts';
import { openHouse } from './rig.ts';

/** A shared machine decodes slowly. */
const patience = { timeout: 60_000, interval: 250 };

test('a press is seen and heard at once on every page, and flashes until somebody answers it', async () => {
  const house = await openHouse();
  const { keys } = await bank(house);
  const page = await atTheDesk(house, 'wang');
  await page.getByText('没有在办警情').waitFor();
  expect(await barriers(page)).toEqual([]);

  await keys[0]?.press();
  await rows(page).filter({ hasText: '特急' }).filter({ hasText: 'Bank' }).waitFor();
  await page.getByText('正在鸣响：特急').waitFor();
  await table(page)
    .getByRole('heading', { name: /一键报警 · Bank/ })
    .waitFor();
  expect(await flashes(page)).toBe(true);
  expect(await page.title()).toContain('1');

  await page.keyboard.press('m');
  await page.getByText(/静音还剩 \d+ 秒/).waitFor();
  await page.getByRole('link', { name: '视频巡查' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('1 起未受理').waitFor();
  // The same key again is heard through the quiet.
  await keys[0]?.press();
  await page.getByText('正在鸣响：特急').waitFor();
  await page.getByRole('link', { name: '1 起未受理' }).click();

  await table(page).waitFor();
  await acknowledge(page);
  await page.getByText('声音已启用', { exact: true }).waitFor();
  await page.getByText('0 起未受理').waitFor();
  await patiently(async () => expect(await flashes(page)).toBe(false));
  expect(await page.title()).not.toContain('1');
});

test('a key that is pressed again after an answer flashes and sounds again, at every desk, until somebody answers that', async () => {
  const house = await openHouse();
  const { keys } = await bank(house);
  const page = await atTheDesk(house, 'wang');
  await keys[0]?.press();
  await table(page).waitFor();
  await acknowledge(page);
  await page.getByText('0 起未受理').waitFor();
  await keys[0]?.press();
  await page.getByText('正在鸣响：特急').waitFor();
  await rows(page).filter({ hasText: '再次鸣响，未受理' }).waitFor();
  expect(await flashes(page)).toBe(true);
  const other = await atTheDesk(house, 'li');
  await other.getByText('正在鸣响：特急').waitFor();
  await other.getByText('1 起未受理').waitFor();
  await insist(() => other.keyboard.press('1'), other.getByText('0 起未受理'));
  for (const desk of [page, other]) {
    await desk.getByText('0 起未受理').waitFor();
    await patiently(async () => expect(await flashes(desk)).toBe(false));
  }
  await table(page).getByText('li受理警情（警情再次鸣响）').waitFor();
});

test.skipIf(!ffmpeg)('an incident is seen through to its end by keyboard alone', async () => {
  const house = await openHouse();
  const { keys, newest } = await bank(house);
  await watchTheHall(house);
  await requireStep(house, '看视频');
  const page = await atTheDesk(house, 'wang');
  await keys[0]?.press();
  await table(page).waitFor();

  await acknowledge(page);

  await page.keyboard.press('2');
  const hall = page.locator('figure', { hasText: '营业大厅' });
  await expect.poll(() => hall.getAttribute('data-state'), patience).toBe('live');
  // The pictures have the keyboard, not the order to a unit.
  await page.locator('[data-camera]:focus').waitFor();

  const known = (await newest()).orders.length;
  await send(page);
  await patiently(async () => expect((await newest()).orders.length).toBeGreaterThan(known));
  const sent = page.getByRole('region', { name: '出警' }).getByRole('listitem').filter({ hasText: '人工调派' });
  await sent.first().locator('[data-reached=true]', { hasText: '送达' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  // Whoever sends somebody sees the map without scrolling.
  const map = await page.getByRole('region', { name: '周边地图' }).boundingBox();
  expect((map?.y ?? 0) + (map?.height ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(screens.desk.height);

  const speak = async () => {
    for (const key of ['Escape', '4']) await page.keyboard.press(key);
    const phrase = page.locator('button[title]:focus');
    await phrase.waitFor();
    const first = await phrase.textContent();
    await page.keyboard.press('ArrowDown');
    expect(await phrase.textContent()).not.toBe(first);
    await page.keyboard.press('Enter');
  };
  await insist(speak, page.getByText(/horn · (已播完|现场已听到)/).first());
  expect((await newest()).broadcasts).not.toEqual([]);
  expect(await barriers(page)).toEqual([]);

  await page.keyboard.press('5');
  await page.getByText('下列必办步骤未完成，不能结案：').waitFor();
  expect(await page.getByRole('button', { name: '结案', exact: true }).isDisabled()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await tabTo(page, '看视频');
  await page.keyboard.press('Space');
  await patiently(async () => expect((await newest()).procedure?.steps[0]?.done?.by).toBe('wang'));
  await page.getByText(/^wang \d\d:/).waitFor();

  await page.keyboard.press('5');
  await page.locator('input[type=radio]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText(/^即将结案/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await patiently(async () => expect(await newest()).toMatchObject({ state: 'closed', disposition: 'false' }));
  await page.getByText('没有在办警情').waitFor();
});

/** A hand that presses twice means it once. */
async function closeTwice(page: Page): Promise<void> {
  await page.keyboard.press('5');
  await page.locator('input[type=radio]:focus').waitFor();
  // Its five seconds run while this is asked.
  const offered = page.getByText(/^即将结案/).waitFor();
  for (const key of ['Enter', 'Enter']) await page.keyboard.press(key);
  await offered;
}

test('what is sent and what is closed can be taken back for five seconds, with one key', async () => {
  const house = await openHouse();
  const { keys, newest } = await bank(house);
  const page = await atTheDesk(house, 'wang');
  await keys[0]?.press();
  await table(page).waitFor();
  await acknowledge(page);
  await send(page);
  await page.keyboard.press('z');
  await patiently(async () => expect((await newest()).orders.map(({ state }) => state)).toContain('cancelled'));

  await closeTwice(page);
  await page.keyboard.press('z');
  await page.getByText(/^即将结案/).waitFor({ state: 'hidden' });
  expect((await newest()).state).not.toBe('closed');
});

test('a closing that fails is said when something else is on the table by then, and can be tried again', async () => {
  const house = await openHouse();
  const { keys } = await bank(house);
  const page = await atTheDesk(house, 'wang', [/ERR_FAILED/]);
  await keys[0]?.press();
  await table(page).waitFor();
  await acknowledge(page);
  const { id } = await house.api<{ id: string }>('POST', '/incidents', { kind: 'crowd', siteId: 'bank', priority: 4, note: '' });
  await rows(page).nth(1).waitFor();
  await page.route('**/close', (route) => route.abort());
  await closeTwice(page);
  // What nobody has answered stands over it.
  for (const key of ['Escape', 'ArrowUp']) await page.keyboard.press(key);
  await page.waitForURL(new RegExp(id));
  await page.getByText(/没有结案/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.unroute('**/close');
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByText(/没有结案/).waitFor({ state: 'hidden' });
  await patiently(async () => expect(await house.api('GET', '/incidents?state=closed')).toMatchObject({ items: [{ kind: 'emergency' }] }));
});

test('an act that could not be done is named until it is done: the line may be back before anybody looks', async () => {
  const house = await openHouse();
  const { keys } = await bank(house);
  const page = await atTheDesk(house, 'wang', [/ERR_FAILED/]);
  await keys[0]?.press();
  await table(page).waitFor();
  await page.route('**/acknowledge', (route) => route.abort());
  await page.keyboard.press('1');
  const box = page.getByRole('alert').filter({ hasText: '未完成：受理' });
  await box.waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.unroute('**/acknowledge');
  await box.getByRole('button', { name: '重试' }).click();
  await box.waitFor({ state: 'hidden' });
  await table(page).getByText('由您承办').waitFor();
});

test('what came while the line was cut is there when it is back, and the cut itself is an alarm', async () => {
  const house = await openHouse();
  const { keys } = await bank(house, 2);
  const page = await atTheDesk(house, 'wang', [/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/]);
  await keys[0]?.press();
  await table(page).waitFor();
  await acknowledge(page);
  await page.getByText('声音已启用', { exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByText(/连接中断 \d+ 秒/).waitFor();
  await page.getByText('正在鸣响：连接中断').waitFor();
  await keys[1]?.press();
  await recorded(house, 2);
  expect(await rows(page).count()).toBe(1);
  await page.context().setOffline(false);
  await page.getByText('实时', { exact: true }).waitFor();
  await rows(page).filter({ hasText: '未受理' }).waitFor();
  expect(await rows(page).count()).toBe(2);
  await page.getByText('正在鸣响：特急').waitFor();
});

test('a call that came while the line was cut, on which nothing had come before, is there and sounds when it is back', async () => {
  const house = await openHouse();
  // Nobody is sent for it, and for a minute and a half nothing more is told of it.
  const { keys } = await bankWithKeys(house, house.api, 1);
  const page = await atTheDesk(house, 'wang', [/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/]);
  await page.getByText('没有在办警情').waitFor();
  await page.context().setOffline(true);
  await page.getByText(/连接中断 \d+ 秒/).waitFor();
  await keys[0]?.press('assist');
  await recorded(house, 1);
  await page.context().setOffline(false);
  await page.getByText('实时', { exact: true }).waitFor();
  await rows(page).filter({ hasText: 'Bank' }).waitFor({ timeout: 30_000 });
  await page.getByText('正在鸣响：紧急').waitFor();
});

test('two operators at one incident: who has it, take over, hand on and accept', async () => {
  const house = await openHouse();
  const { keys, newest } = await bank(house);
  const [wang, li] = [await atTheDesk(house, 'wang'), await atTheDesk(house, 'li')];
  await keys[0]?.press();
  await Promise.all([table(wang).waitFor(), table(li).waitFor()]);
  await acknowledge(wang);
  await table(li).getByText('wang 承办').waitFor();
  await li.getByText('0 起未受理').waitFor();
  await rows(li).filter({ hasText: 'wang' }).waitFor();

  await li.keyboard.press('t');
  await table(wang).getByText('li 承办').waitFor();
  await table(wang).getByText('值班员li从wang处接手警情').waitFor();

  await table(li).getByRole('button', { name: '转交' }).click();
  await li.getByRole('menuitem', { name: /^wang/ }).click();
  await table(wang).getByText('li 请您接手').waitFor();
  expect(await barriers(wang)).toEqual([]);
  await wang.keyboard.press('t');
  await table(wang).getByText('由您承办').waitFor();
  await table(li).getByText('wang 承办').waitFor();
  expect((await newest()).holder?.name).toBe('wang');
});

test('nothing in the queue moves while the pointer is over it, or while somebody goes through it by key', async () => {
  const house = await openHouse();
  const { keys } = await bank(house);
  const page = await atTheDesk(house, 'wang');
  const { id } = await house.api<{ id: string }>('POST', '/incidents', { kind: 'crowd', siteId: 'bank', priority: 4, note: '' });
  await rows(page).first().hover();
  const still = await rows(page).first().boundingBox();
  await keys[0]?.press();
  await rows(page).nth(1).waitFor();
  expect(await rows(page).first().innerText()).toContain('提示');
  expect(await rows(page).first().boundingBox()).toEqual(still);
  await page.getByRole('button', { name: '顺序已变，点此重新排序' }).waitFor();
  // What is closed meanwhile leaves its place empty: the row below does not slide up under the hand.
  const below = await rows(page).nth(1).boundingBox();
  await house.api('POST', `/incidents/${id}/close`, { disposition: 'test' });
  await rows(page).filter({ hasText: '已结案' }).waitFor();
  expect(await rows(page).nth(1).boundingBox()).toEqual(below);
  await page.getByRole('heading', { name: '接警台' }).hover();
  await patiently(async () => expect(await rows(page).allInnerTexts()).toEqual([expect.stringContaining('一键报警')]));

  await house.api('POST', '/incidents', { kind: 'crowd', siteId: 'bank', priority: 4, note: '' });
  await rows(page).nth(1).waitFor();
  for (const place of [1, 2]) {
    await page.keyboard.press('ArrowDown');
    await page.locator(`li[aria-posinset="${place}"] [aria-current]`).waitFor();
  }
  await house.api('POST', '/incidents', { kind: 'crowd', siteId: 'bank', priority: 1, note: '' });
  await rows(page).nth(2).waitFor();
  const levels = async () => (await rows(page).allInnerTexts()).map((text) => /一键报警|提示/.exec(text)?.[0]);
  expect(await levels()).toEqual(['一键报警', '提示', undefined]);
  await patiently(async () => expect((await levels()).at(-1)).toBe('提示'));
});

test('a full desk: every row is reached by keyboard, read out, and has a contrast of seven to one', async () => {
  const house = await openHouse();
  const { keys } = await bank(house);
  const open = 40;
  for (let number = 1; number < open; number += 1)
    await house.api('POST', '/incidents', { kind: 'crowd', siteId: 'bank', priority: 1 + (number % 4), note: '' });
  await keys[0]?.press('duress');
  await recorded(house, open);
  const page = await atTheDesk(house, 'wang');
  await table(page).waitFor();
  expect(await barriers(page)).toEqual([]);
  for (const part of [rows(page), table(page).locator('header'), page.getByRole('banner')])
    expect((await faintest(part)).contrast).toBeGreaterThanOrEqual(7);

  // Only what can be seen is drawn, and each row says which of how many it is.
  expect(await rows(page).count()).toBeLessThan(open / 2);
  for (let place = 2; place <= open; place += 1) {
    await page.keyboard.press('ArrowDown');
    await page.locator(`li[aria-posinset="${place}"] [aria-current]`).waitFor();
  }
  const last = page.locator(`li[aria-posinset="${open}"]`);
  expect(await last.getAttribute('aria-setsize')).toBe(String(open));
  // A part of a pixel may be missing.
  expect(await last.evaluate((row) => row.getBoundingClientRect().bottom - window.innerHeight)).toBeLessThan(1);
  expect(await barriers(page)).toEqual([]);
});
