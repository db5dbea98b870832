import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { barriers } from './browser.ts';
import { mayBeBusy } from './insist.ts';
import { openHouse } from './rig.ts';

test('an operator takes evidence at the desk; somebody without an account checks it in a browser, as it is and changed', async () => {
  const house = await openHouse();
  await house.api('POST', '/stations', { id: 'central', name: '城关派出所', location: { lat: 30.1, lon: 120.1 } });
  await house.api('POST', '/sites', {
    ...{ id: 'hospital', name: '第一人民医院', kind: 'hospital', stationId: 'central', contacts: [] },
    location: { lat: 30.1, lon: 120.1 },
  });
  const { id } = await house.api<{ id: string }>('POST', '/incidents', {
    kind: 'emergency',
    siteId: 'hospital',
    priority: 1,
    note: '门口有人打架',
  });
  const { page } = await house.seat('wang', ['operator'], { mayFail: [/401/, mayBeBusy] });
  await page.goto(`/console/desk/${id}`);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出证据' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('incident-1-evidence.zip');
  const bytes = await readFile(await download.path());

  const {
    keys: [key],
  } = (await (await fetch(`${house.http}/api/v1/signing-keys`)).json()) as { keys: { kid: string }[] };
  await page.context().clearCookies();
  await page.goto('/console/verify');
  await page.getByLabel('本所密钥编号').fill(key?.kid ?? '');
  const hand = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer });
  await hand('good.zip', bytes);
  await page.getByText('good.zip: 完整：没有任何内容被改动').waitFor();
  await page.getByText(`由指定的密钥 ${key?.kid} 签名`).waitFor();
  expect(await barriers(page)).toEqual([]);

  const at = bytes.indexOf('门口有人打架');
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  await hand('changed.zip', bytes);
  await page.getByText('文件被改动：timeline.jsonl').waitFor();
  await page.getByText(/^时间线第 \d+ 条被改动$/).waitFor();
  expect(await barriers(page)).toEqual([]);
});
