import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/connect.ts';
import type { EmbeddedConnection } from '../../store/embedded.ts';
import { putEvents } from '../../store/events.ts';
import { quiet } from '../../store/testing.ts';
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
  // Nothing beside it may say that the screen shows the present.
  expect(await page.getByText('实时', { exact: true }).count()).toBe(0);
  expect((await faintest(page.getByRole('banner'))).contrast).toBeGreaterThanOrEqual(7);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText(/Bank · key-1: sent car-1, car-2/).waitFor();
  line?.restore();
  await page.getByText(/The record has been away/).waitFor({ state: 'hidden' });
  await page.getByText('Live', { exact: true }).waitFor();
  await rows(page).or(page.getByRole('listitem')).filter({ hasText: 'Bank' }).first().waitFor();
});

test('a device that floods is named on every page until somebody has read it', async () => {
  let record: EmbeddedConnection | undefined;
  const house = await openHouse({}, undefined, async (connection) => {
    record = connection;
    return connection;
  });
  await bank(house);
  await house.api('POST', '/devices', { id: 'wild', kind: 'key', driver: 'mqtt', name: '后门按钮', siteId: 'bank' });
  const page = await atTheDesk(house, 'wang');
  if (!record) throw new Error('the house has no record');
  const store = await openStore({ connection: record, log: quiet });
  onTestFinished(() => store.close());
  const [at, until] = [Date.now(), new Date(Date.now() + 10_000).toISOString()];
  const data = { deviceId: 'wild', kind: 'key', until };
  await putEvents(store.routine, [{ type: 'baiying.device.kept-out.v1', subject: 'devices/wild', at, data }]);
  store.hub.tell('events');
  const strip = page.getByRole('banner').getByText(/报警按钮 后门按钮发来的消息过多.*该处报警可能晚到数秒/);
  await strip.waitFor();
  expect((await faintest(page.getByRole('banner'))).contrast).toBeGreaterThanOrEqual(7);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: '视频巡查' }).click();
  await strip.waitFor();
  await page.getByRole('button', { name: '知道了' }).click();
  await strip.waitFor({ state: 'hidden' });
});
