import { expect, test } from 'vitest';
import { barriers, faintest, screens } from './browser.ts';
import { mayBeBusy } from './insist.ts';
import { openHouse } from './rig.ts';

test('what was handled is read and printed again; an auditor sees all that is written and nothing that changes it', async () => {
  const house = await openHouse();
  const { api } = house;
  await api('POST', '/stations', { id: 'central', name: '城关派出所', location: { lat: 30.1, lon: 120.1 } });
  const site = { id: 'bank', name: '农商银行', kind: 'bank', stationId: 'central', contacts: [], location: { lat: 30.1, lon: 120.1 } };
  await api('POST', '/sites', site);
  await api('POST', '/units', { id: 'car', name: '巡逻一组', tier: 'city', stationId: 'central', status: 'available' });
  const { id } = await api<{ id: string }>('POST', '/incidents', { kind: 'fight', siteId: 'bank', priority: 2, note: '门口有人打架' });
  await api('POST', `/incidents/${id}/acknowledge`, {});
  await api('POST', `/incidents/${id}/orders`, { unitIds: ['car'] });
  await api('POST', `/incidents/${id}/close`, { disposition: 'genuine', note: '已劝离' });
  await api('POST', '/incidents', { kind: 'fire', siteId: 'bank', priority: 1, note: '' });

  const { page } = await house.seat('shen', ['auditor'], { viewport: screens.desk, mayFail: [mayBeBusy] });
  await page.goto('/console/records');
  await page.getByRole('link', { name: '第 2 号' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('状态').selectOption('已结案');
  await page.getByRole('link', { name: '第 2 号' }).waitFor({ state: 'hidden' });
  await page.getByLabel('编号').fill('2');
  await page.getByText('没有符合的警情。').waitFor();
  await page.getByLabel('编号').fill('');
  await page.getByRole('combobox', { name: '重点单位' }).fill('农商');
  await page.getByRole('option', { name: '农商银行' }).click();
  const ago = new Date(Date.now() - 86_400_000).toISOString().slice(0, 16);
  // A year is typed digit by digit, and each of them is asked for.
  for (const year of ['0002', '0202']) {
    await page.getByLabel('至', { exact: true }).fill(`${year}-06-01T12:00`);
    await page.waitForResponse((answer) => answer.url().includes(`until=${year}-06`));
  }
  await page.getByLabel('至', { exact: true }).fill(ago);
  await page.getByText('没有符合的警情。').waitFor();
  await page.getByLabel('至', { exact: true }).fill('');
  await page.getByLabel('自', { exact: true }).fill(ago);
  await page.getByRole('link', { name: '第 1 号' }).click();
  await page.getByRole('heading', { name: /第 1 号 · 打架斗殴/ }).waitFor();
  await page.getByText('门口有人打架').first().waitFor();
  await page.getByText('属实', { exact: true }).waitFor();
  await page.getByText(/末条哈希 [0-9a-f]{64}/).waitFor();
  await page.getByRole('region', { name: '出警' }).getByText('巡逻一组').waitFor();
  expect(await barriers(page)).toEqual([]);

  await page.emulateMedia({ media: 'print' });
  await page.getByText('签字', { exact: false }).last().waitFor();
  expect(await page.getByRole('heading', { name: /第 1 号 · 打架斗殴/ }).isVisible()).toBe(true);
  expect(await page.getByRole('banner').isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
  expect((await faintest(page.getByRole('article'))).contrast).toBeGreaterThanOrEqual(7);
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('link', { name: '返回' }).click();
  await page.getByRole('link', { name: '统计报表' }).click();
  await page
    .getByRole('region', { name: '响应时间' })
    .getByRole('row', { name: /城关派出所 2/ })
    .waitFor();
  await page.getByRole('region', { name: '高发单位' }).getByRole('row', { name: '农商银行 2 0 +2' }).waitFor();
  await page
    .getByRole('region', { name: '误报与定性' })
    .getByRole('row', { name: /合计 1 1 0/ })
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: '响应时间 XLSX' }).click();
  expect((await saved).suggestedFilename()).toBe('response-times.xlsx');

  await page.getByRole('link', { name: '管理' }).click();
  await page.getByText('incident.closed').or(page.getByText('account.created')).first().waitFor();
  await page.getByRole('link', { name: '账号' }).click();
  await page.getByText('shen', { exact: true }).last().waitFor();
  expect(await page.getByRole('button', { name: '添加' }).count()).toBe(0);
  await page.getByRole('link', { name: '值班' }).click();
  await page.getByText('还没有交接班记录。').waitFor();
  expect(await page.getByRole('button', { name: '准备交接班' }).count()).toBe(0);
  await page.getByRole('link', { name: '地图' }).click();
  await page.getByLabel('按名称或编号查找').fill('农商');
  await page
    .getByRole('button', { name: /农商银行/ })
    .first()
    .click();
  await page.getByRole('region', { name: '农商银行', exact: true }).waitFor();
  expect(await page.getByText('上报警情').count()).toBe(0);
});
