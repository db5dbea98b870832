import { networkInterfaces } from 'node:os';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { simulateKey } from '../../../devices/alarm-keys/mqtt/simulator.ts';
import { type CameraOptions, type OnvifCamera, openOnvifCamera } from '../../../devices/cameras/onvif/simulator.ts';
import { openResponder } from '../../../devices/cameras/onvif/simulator-discovery.ts';
import { barriers, screens } from './browser.ts';
import { type House, openHouse } from './rig.ts';

const phone = { viewport: screens.phone, hasTouch: true, isMobile: true } as const;
const password = 'Sesam öffne dich';

/** A hospital, with a car that can be sent there. */
async function openHospital(): Promise<House> {
  const house = await openHouse();
  const location = { lat: 36.06, lon: 103.83 };
  await house.api('POST', '/stations', { id: 'st', name: '城关派出所', location });
  await house.api('POST', '/sites', {
    id: 'hospital',
    name: '市第一医院',
    kind: 'hospital',
    stationId: 'st',
    address: '和平路 1 号',
    location,
  });
  await house.api('POST', '/units', { id: 'car', name: '一号车', tier: 'city', stationId: 'st' });
  await house.api('POST', '/devices', { id: 'radio', kind: 'radio', driver: 'mqtt', name: '一号台', unitId: 'car' });
  return house;
}

/** Cameras that answer probes on the first network of this machine. */
async function openCameras(...all: readonly CameraOptions[]): Promise<readonly OnvifCamera[]> {
  const cameras = await Promise.all(all.map((options) => openOnvifCamera(options)));
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ family, internal }) => family === 'IPv4' && !internal),
  );
  const announcements = () => cameras.map((camera) => camera.announcement());
  const responder = await openResponder({ announcements, port: 3702, multicast: own[0]?.address ?? '127.0.0.1' });
  onTestFinished(async () => {
    await responder.close();
    await Promise.all(cameras.map((camera) => camera.close()));
  });
  return cameras;
}

const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
const rowOf = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });

test('from cameras found on the network to a key that passes its walk test, on a phone', async () => {
  const house = await openHospital();
  const login = { username: 'admin', password, authentication: 'digest' } as const;
  await openCameras({ id: 'gate', maker: 'Acme', model: 'Dome', ...login }, { id: 'yard', maker: 'Acme', model: 'Bullet', ...login });
  const { page } = await house.seat('li', ['installer'], phone);
  await page.goto('/console/installer');
  await page.getByRole('searchbox').fill('第一');
  await page.getByRole('link', { name: /市第一医院/ }).click();
  await page.getByRole('link', { name: '搜索摄像机' }).click();
  await button(page, '开始搜索').click();
  await page.getByLabel(/全选/).check();
  expect(await barriers(page)).toEqual([]);

  await page.getByLabel('密码', { exact: true }).fill('wrong');
  await button(page, /逐台验证/).click();
  await page.getByText('已登记 0 台，未登记 2 台').waitFor();
  expect(await page.getByText('用户名或密码不对').count()).toBe(2);
  expect(await barriers(page)).toEqual([]);

  await button(page, '换密码再试 2 台').click();
  await page.getByLabel('密码', { exact: true }).fill(password);
  await button(page, '试连并取一张画面').click();
  await page.getByRole('img', { name: '刚取得的画面' }).waitFor();
  await page
    .getByLabel(/^127\.0\.0\.1:\d+ 的名称$/)
    .first()
    .fill('一层大门');
  await button(page, /逐台验证/).click();
  await page.getByText('已登记 2 台，未登记 0 台').waitFor();

  await page.goto('/console/installer/sites/hospital');
  await rowOf(page, '一层大门').waitFor();
  await page.getByRole('link', { name: '登记设备' }).click();
  await page.getByLabel('名称').fill('挂号处按钮');
  await button(page, '登记').click();
  const secret =
    (await page
      .getByRole('status')
      .filter({ hasText: /^[\w-]{16,}$/ })
      .textContent()) ?? '';
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: '打开设备卡片' }).click();
  const id = page.url().split('/').at(-1) ?? '';
  await page.getByText(/从未上线/).waitFor();

  const key = await simulateKey({ url: house.mqtt, id, secret });
  onTestFinished(() => key.close());
  await button(page, '开始测试').click();
  await page.getByText('现在请按下按钮').waitFor();
  await key.press();
  await page.getByRole('status').filter({ hasText: '测试通过' }).waitFor();
  await page.getByText('没有发现问题。').waitFor();
  expect(await page.getByText('一层大门').count()).toBeGreaterThan(0);
  expect(await barriers(page)).toEqual([]);
  expect(await house.api('GET', `/devices/${id}/tests`)).toMatchObject({ items: [{ passed: true, by: 'li' }] });

  await page.goto('/console/installer/due');
  await page.getByText('0 个待测试（每 7 天一次）').waitFor();
  await page.goto('/console/installer/sites/hospital/record');
  await page.getByRole('cell', { name: '挂号处按钮' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

test('a sheet with faults registers nothing and tells each by row; mended, it is taken, and comes back out as it went in', async () => {
  const house = await openHospital();
  const { page } = await house.seat('li', ['installer'], { mayFail: [/422/] });
  await page.goto('/console/installer/sheet');
  const sheet = (rows: string) => ({
    name: 'devices.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`编号,类型,驱动,名称,重点单位\r\n${rows}`),
  });
  const good = 'key-1,报警按钮,mqtt,一层按钮,hospital\r\nkey-2,报警按钮,mqtt,二层按钮,hospital\r\n';
  await page.locator('input[type=file]').setInputFiles(sheet(`${good}key-1,报警按钮,mqtt,,nowhere\r\n`));
  await button(page, '检查并登记').click();
  await page.getByText('3 处有误，未登记任何设备').waitFor();
  const rows = await page.getByRole('row').allInnerTexts();
  expect(
    rows
      .slice(1)
      .map((row) => row.split(/\s+/).slice(0, 2).join(' '))
      .sort(),
  ).toEqual(['4 名称', '4 编号', '4 重点单位']);
  expect(await barriers(page)).toEqual([]);
  expect((await house.api<{ items: unknown[] }>('GET', '/devices?kind=key')).items).toEqual([]);

  await page.locator('input[type=file]').setInputFiles(sheet(good));
  await button(page, '检查并登记').click();
  await page.getByText('已登记 2 个设备').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出 GB18030' }).click();
  const out = await (await download).createReadStream();
  const text = new TextDecoder('gb18030', { fatal: true }).decode(Buffer.concat(await out.toArray()));
  expect(text).toContain('key-1,key,mqtt,一层按钮,hospital');
});

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('a device has its place on a floor plan, its cameras, and a label that leads to its card and holds no secret', async () => {
  const house = await openHospital();
  const made = await house.api<{ secret: string }>('POST', '/devices', {
    id: 'key-1',
    kind: 'key',
    driver: 'mqtt',
    name: '药房按钮',
    siteId: 'hospital',
  });
  await house.api('POST', '/devices', { id: 'cam-9', kind: 'camera', driver: 'mqtt', name: '路口球机' });
  const { page } = await house.seat('li', ['installer'], phone);
  await page.goto('/console/installer/sites/hospital');
  await page.getByLabel('平面图名称').fill('一层');
  await page.locator('input[type=file]').setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: png });
  await page.getByRole('img', { name: '一层' }).waitFor();
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('link', { name: /药房按钮/ }).click();
  await page.getByRole('combobox', { name: '在平面图上的位置' }).click();
  await page.getByRole('option', { name: '一层' }).click();
  await button(page, '在 一层 上放置设备').click();
  await page.getByTitle('药房按钮').waitFor();
  const placed = await house.api<{ plan: { x: number; y: number } }>('GET', '/devices/key-1');
  expect([placed.plan.x, placed.plan.y]).toEqual([expect.closeTo(0.5, 1), expect.closeTo(0.5, 1)]);

  await page.getByRole('combobox', { name: '绑定的摄像机' }).click();
  await page.getByRole('option', { name: '路口球机' }).click();
  await button(page, '保存').first().click();
  await page.getByText('路口球机 已绑定').waitFor();
  expect(await house.api('GET', '/devices/cam-9')).toMatchObject({ settings: { watches: ['key-1'] } });
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('link', { name: '标签' }).click();
  await page.getByRole('img', { name: '药房按钮 的二维码' }).waitFor();
  expect(await page.content()).not.toContain(made.secret);
  expect(await barriers(page)).toEqual([]);
});
