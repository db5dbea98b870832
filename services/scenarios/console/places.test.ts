import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { barriers } from './browser.ts';
import { tabTo } from './desk-rig.ts';
import { insist, mayBeBusy } from './insist.ts';
import { openHouse } from './rig.ts';

async function pick(page: Page, list: string, option: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: list }).click();
  await page.getByRole('option', { name: option }).click();
}

test('an administrator adds a station, a grid, a site and a unit; what is amiss stands at its field; then the site is changed and removed', async () => {
  const house = await openHouse();
  const { page } = await house.seat('admin', ['admin'], { mayFail: [/409|422/, mayBeBusy] });
  // What takes a second on a machine of its own takes many on one that others share.
  page.setDefaultTimeout(60_000);
  const save = page.getByRole('button', { name: '保存' });
  await page.goto('/console/admin/places/stations/new');
  await save.click();
  await page.getByText('必填').waitFor();
  await page.getByLabel('派出所名称').fill('城关派出所');
  await page.getByLabel(/^编号/).fill('Central');
  await save.click();
  await page.getByText('应为 1 到 64 个小写字母、数字或连字符').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel(/^编号/).fill('central');
  await page.getByLabel(/^纬度/).pressSequentially('30.05');
  await page.getByLabel(/^经度/).fill('120.1');
  await insist(() => save.click(), page.getByRole('link', { name: '城关派出所' }));
  expect(await barriers(page)).toEqual([]);

  await page.goto('/console/admin/places/grids/new');
  await page.getByLabel('网格名称').fill('一号网格');
  await pick(page, '所属派出所', /城关派出所/);
  await page.getByLabel('范围').fill('30, 120\n30, north');
  await page.getByText('第 2 行不是“纬度, 经度”。').waitFor();
  await page.getByLabel('范围').fill('30, 120\n30, 121\n31, 121');
  await insist(() => save.click(), page.getByRole('link', { name: '一号网格' }));

  await page.goto('/console/admin/places/units/new');
  await page.getByLabel('警力名称').fill('巡逻一组');
  await pick(page, '所属派出所', /城关派出所/);
  await pick(page, '巡逻网格', /一号网格/);
  await page.keyboard.press('Escape');
  await insist(() => save.click(), page.getByRole('link', { name: '巡逻一组' }));
  const units = await house.api<{ items: { gridIds: string[] }[] }>('GET', '/units');
  const grids = await house.api<{ items: { id: string; unitIds: string[]; area: object }[] }>('GET', '/grids');
  expect(units.items).toMatchObject([{ name: '巡逻一组', gridIds: [grids.items[0]?.id] }]);
  expect(grids.items[0]).toMatchObject({ area: { type: 'Polygon' }, unitIds: [expect.any(String)] });

  await page.goto('/console/admin/places/sites/new');
  await page.getByLabel('单位名称').fill('第一人民医院');
  await pick(page, '辖区派出所', /城关派出所/);
  await tabTo(page, '添加联系人');
  await page.keyboard.press('Enter');
  await page.getByLabel('姓名').fill('王主任');
  await page.getByLabel('电话').fill('0571-110');
  expect(await barriers(page)).toEqual([]);
  await insist(() => save.click(), page.getByRole('link', { name: '第一人民医院' }));
  await page.getByRole('link', { name: '第一人民医院' }).click();
  await page.getByLabel('地址').fill('和平路 1 号');
  await insist(() => save.click(), page.getByRole('link', { name: '第一人民医院' }));
  const sites = await house.api<{ items: { id: string }[] }>('GET', '/sites');
  expect(sites.items).toMatchObject([{ address: '和平路 1 号', contacts: [{ name: '王主任', phone: '0571-110' }], stationId: 'central' }]);

  await page.goto('/console/admin/places/stations/central');
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByText('还有别的内容引用它').waitFor();
  await page.goto(`/console/admin/places/sites/${sites.items[0]?.id}`);
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await insist(() => page.getByRole('button', { name: '删除', exact: true }).click(), page.getByText('没有找到。'));
});
