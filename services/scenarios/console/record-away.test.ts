import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { type LineToRecord, lineToRecord } from '../line-to-record.ts';
import { barriers, faintest } from './browser.ts';
import { atTheDesk, bank, rows } from './desk-rig.ts';
import { openHouse } from './rig.ts';

test('the record is away: the desk says so, and whom the product sent meanwhile; it ends by itself', async () => {
  let line: LineToRecord | undefined;
  const house = await openHouse({}, undefined, async (record) => {
    line = await lineToRecord(record);
    return line.connection;
  });
  const { keys } = await bank(house);
  const page = await atTheDesk(house, 'wang', [/50[0-9]/]);
  line?.cut();
  await keys[0]?.press();
  const banner = page.getByRole('alert').filter({ hasText: '数据库中断' });
  await banner.getByText(/Bank · key-1 → 已派 car-1、car-2/).waitFor();
  expect((await faintest(page.getByRole('banner'))).contrast).toBeGreaterThanOrEqual(7);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText(/Bank · key-1: sent car-1, car-2/).waitFor();
  line?.restore();
  await page.getByText(/The record has been away/).waitFor({ state: 'hidden' });
  await rows(page).or(page.getByRole('listitem')).filter({ hasText: 'Bank' }).first().waitFor();
});

test('a device that floods is named on every page until somebody has read it', async () => {
  const house = await openHouse();
  await bank(house);
  const horn = { id: 'wild', kind: 'loudspeaker', driver: 'mqtt', name: '失控音柱', siteId: 'bank' };
  const { secret } = await house.api<{ secret: string }>('POST', '/devices', horn);
  const page = await atTheDesk(house, 'wang');
  const line = await connectAsync(house.mqtt, { username: 'wild', password: secret, clientId: 'wild', reconnectPeriod: 0 });
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  // Ten seconds' worth of two hundred a second may come at once.
  for (let count = 0; count < 2100; count += 1) line.publish('loudspeakers/wild/report', '{}', { qos: 0 });
  await closed;
  const strip = page.getByRole('banner').getByText(/音柱 失控音柱发来的消息过多/);
  await strip.waitFor();
  expect((await faintest(page.getByRole('banner'))).contrast).toBeGreaterThanOrEqual(7);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: '视频巡查' }).click();
  await strip.waitFor();
  await page.getByRole('button', { name: '知道了' }).click();
  await strip.waitFor({ state: 'hidden' });
});
