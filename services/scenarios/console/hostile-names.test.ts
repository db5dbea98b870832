import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { screens } from './browser.ts';
import { bank } from './desk-rig.ts';
import { mayBeBusy } from './insist.ts';
import { openHouse } from './rig.ts';

/** Who names a device, a site or a person, or lets a device say something, must not speak to the page of somebody else. */
const hostile = (what: string): string =>
  `${what} <img src=x onerror="window.struck=1"><svg onload="window.struck=1"><script>window.struck=1</script>"'>{{7*7}}\${7*7}`;

async function shows(page: Page, path: string, text: string): Promise<void> {
  await page.goto(path);
  await page.getByText(text).first().waitFor();
  expect(await page.evaluate(() => Reflect.get(window, 'struck')), path).toBeUndefined();
  expect(await page.locator('img[src="x"], script:not([src]):not([nonce]), [onerror], [onload], a[href^="javascript"]').count(), path).toBe(
    0,
  );
}

test('names and words from outside are shown as they are, on every page, and nothing in them is carried out', async () => {
  const house = await openHouse();
  const { api } = house;
  const { keys } = await bank(house);
  const place = { kind: 'bank', stationId: 'central', location: { lat: 30, lon: 120 } };
  const contacts = [{ name: hostile('联系人'), phone: 'javascript:window.struck=1', role: hostile('职务') }];
  await api('PUT', '/stations/central', { name: hostile('派出所'), location: { lat: 30, lon: 120 } });
  await api('PUT', '/sites/bank', { ...place, name: hostile('银行'), address: hostile('地址'), contacts });
  await api('PUT', '/devices/key-1', { kind: 'key', driver: 'mqtt', name: hostile('按钮'), siteId: 'bank' });
  await api('PUT', '/units/car-1', { name: hostile('巡逻车'), tier: 'city', stationId: 'central', status: 'available' });
  await keys[0]?.press();
  const { id } = await api<{ id: string }>('POST', '/incidents', {
    kind: 'fight',
    siteId: 'bank',
    priority: 2,
    note: hostile('情况'),
  });
  await api('POST', `/incidents/${id}/orders`, { unitIds: ['car-1'], text: hostile('指令') });
  await api('POST', '/webhooks', { url: 'https://receiver.example/<img src=x onerror=1>', types: ['*'] });

  const { page } = await house.seat('admin', ['admin'], { viewport: screens.desk, mayFail: [mayBeBusy] });
  page.setDefaultTimeout(60_000);
  await shows(page, '/console/desk', hostile('银行'));
  await page
    .getByRole('listitem')
    .filter({ hasText: hostile('银行') })
    .last()
    .getByRole('button')
    .first()
    .click();
  for (const text of [hostile('联系人'), hostile('情况'), hostile('巡逻车'), hostile('地址')]) await page.getByText(text).first().waitFor();
  expect(await page.evaluate(() => Reflect.get(window, 'struck'))).toBeUndefined();
  await shows(page, `/console/records/${id}`, hostile('情况'));
  await shows(page, '/console/records', hostile('银行'));
  await shows(page, '/console/map', hostile('银行'));
  await shows(page, '/console/installer', hostile('银行'));
  await shows(page, '/console/installer/sites/bank', hostile('按钮'));
  await shows(page, '/console/admin/places', hostile('派出所'));
  await shows(page, '/console/admin/webhooks', 'receiver.example');
  await shows(page, '/console/admin/audit', hostile('按钮'));
});
