import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { type SimulatedKey, simulateKey } from '../../../devices/alarm-keys/mqtt/simulator.ts';
import { adminPassword, patiently } from '../process.ts';
import { barriers, enter, screens, sit } from './browser.ts';
import { mayBeBusy } from './insist.ts';
import { type House, openHouse } from './rig.ts';

const hospital = { lat: 36.06, lon: 103.83 };
const here = { latitude: 36.055, longitude: 103.82, accuracy: 8 };
/** What the browser itself says of a network that is away, of a page without a session or a unit, and of a camera without pictures. */
const mayFail = [/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /status of (401|409)/, /(status of|response code:) 501/, mayBeBusy];

interface OrderView {
  readonly id: string;
  readonly state: string;
  readonly incidentId: string;
  readonly deviceId: string;
  readonly rungs: readonly { readonly state: string; readonly at: string; readonly saidAt?: string }[];
}

/** A hospital with a key, and one car whose officer has the page on a phone. */
async function openStreet(
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly house: House; readonly key: SimulatedKey; readonly page: Page }> {
  const house = await openHouse({ BAIYING_LANGUAGE: 'zh', ...env });
  const { api } = house;
  await api('POST', '/stations', { id: 'st', name: '城关派出所', location: hospital });
  const contacts = [{ name: '李建国', duty: '保卫科', phone: '13800001234' }];
  const site = {
    id: 'hospital',
    name: '市第一医院',
    kind: 'hospital',
    stationId: 'st',
    address: '和平路 1 号',
    location: hospital,
    contacts,
  };
  await api('POST', '/sites', site);
  await api('POST', '/units', { id: 'car', name: '巡逻一号车', tier: 'city', stationId: 'st' });
  await api('POST', '/devices', { id: 'car-phone', kind: 'radio', driver: 'phone', name: '一号车手机', unitId: 'car' });
  await api('POST', '/accounts', { username: 'wang', password: adminPassword, roles: ['officer'], unitId: 'car' });
  const { secret } = await api<{ secret: string }>('POST', '/devices', {
    id: 'ward',
    kind: 'key',
    driver: 'mqtt',
    name: '急诊一键报警',
    siteId: 'hospital',
  });
  const key = await simulateKey({ url: house.mqtt, id: 'ward', secret });
  onTestFinished(() => key.close());
  const seat = await sit(house.http, {
    viewport: screens.phone,
    hasTouch: true,
    isMobile: true,
    geolocation: here,
    permissions: ['geolocation'],
    mayFail,
  });
  await patiently(() => enter(seat, 'wang', adminPassword));
  // A product that stands still on a machine which others share refuses with 503 and says: again.
  await patiently(async () => expect((await seat.page.goto('/console/officer'))?.status()).toBe(200));
  await seat.page.getByText('在线', { exact: true }).waitFor();
  return { house, key, page: seat.page };
}

const orders = async ({ api }: House) => (await api<{ items: readonly OrderView[] }>('GET', '/orders')).items;

const orderOf = (house: House): Promise<OrderView> =>
  patiently(async () => {
    const [order] = await orders(house);
    if (!order) throw new Error('no order yet');
    return order;
  });

const reaches = (house: House, state: string): Promise<void> =>
  patiently(async () => expect((await orders(house)).map((order) => order.state)).toEqual([state]));

/** What a gloved finger cannot hit. */
const small = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a[href]')]
      .filter((target) => target.checkVisibility())
      .filter((target) => target.getBoundingClientRect().height < 64 || target.getBoundingClientRect().width < 64)
      .map((target) => `${target.innerText} ${target.getBoundingClientRect().width}x${target.getBoundingClientRect().height}`),
  );

test('an officer answers on the phone and the desk sees each rung; every target is for a gloved thumb', async () => {
  const { house, key, page } = await openStreet();
  await house.api('POST', '/devices', { id: 'lobby', kind: 'camera', driver: 'mqtt', name: '门厅', siteId: 'hospital' });
  expect(await barriers(page)).toEqual([]);
  expect(await small(page)).toEqual([]);
  await key.press();
  await page.getByRole('heading', { name: '一键报警' }).waitFor();
  await reaches(house, 'read');
  await page.getByText('市第一医院', { exact: true }).waitFor();
  await page.getByRole('link', { name: /13800001234/ }).waitFor();
  // From the phone it is 1.1 km to the north-east.
  await page.getByText('1.1 公里').waitFor();
  await page.getByText('东北').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await small(page)).toEqual([]);

  // An officer may not read the register; the picture is called as on the order all the same.
  await page.getByRole('button', { name: '看现场画面 门厅' }).tap();
  await page.locator('figcaption', { hasText: '门厅' }).waitFor();
  await page.getByRole('button', { name: '关闭画面 门厅' }).tap();

  await page.getByRole('button', { name: '接令' }).tap();
  await reaches(house, 'accepted');
  await page.getByRole('button', { name: '出发' }).tap();
  await reaches(house, 'en-route');
  await page.getByRole('button', { name: '到场' }).tap();
  await reaches(house, 'arrived');
  const order = await orderOf(house);
  expect(order.deviceId).toBe('car-phone');
  expect(order.rungs.map(({ state }) => state).filter((state) => state !== 'sent')).toEqual([
    ...['queued', 'delivered', 'read', 'accepted', 'en-route', 'arrived'],
  ]);
  expect(await barriers(page)).toEqual([]);
  await house.api('POST', `/incidents/${order.incidentId}/close`, { disposition: 'genuine' });
  await page.getByText('没有指令').waitFor();
  await page.getByText('近 12 小时已结束').waitFor();
  const device = await house.api<{ state: string }>('GET', '/devices/car-phone');
  expect(device.state).toBe('online');
});

test('whoever cannot go says why, and may still turn back before', async () => {
  const { house, key, page } = await openStreet();
  await key.press();
  await page.getByRole('button', { name: '不能接' }).tap();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '返回' }).tap();
  await page.getByRole('button', { name: '不能接' }).tap();
  await page.getByRole('button', { name: '车辆故障' }).tap();
  await reaches(house, 'declined');
  const { incidentId } = await orderOf(house);
  const { timeline } = await house.api<{ timeline: readonly { data: Record<string, unknown> }[] }>('GET', `/incidents/${incidentId}`);
  expect(timeline.map(({ data }) => data['note'])).toContain('车辆故障');
});

test('what is answered without a network is kept over a restart of the page, sent once, and told as late', async () => {
  const { house, key, page } = await openStreet();
  await key.press();
  await reaches(house, 'read');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The worker has all files once the page itself is among what it keeps.
  await patiently(async () =>
    expect(await page.evaluate(async () => (await caches.open('baiying-officer-page')).keys().then((keys) => keys.length))).toBe(1),
  );
  await page.reload();
  await page.getByText('在线', { exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByText(/断网/).waitFor();
  await page.evaluate(() => {
    // Two minutes pass out of reach.
    const real = Date.now;
    Date.now = () => real() - 120_000;
  });
  await page.getByRole('button', { name: '接令' }).tap();
  await page.getByText('待发送').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect((await orderOf(house)).state).toBe('read');

  // The phone is restarted in the tunnel: the page opens, shows the order, and still has the answer.
  await page.reload();
  await page.getByRole('heading', { name: '一键报警' }).waitFor();
  await page.getByText('待发送').waitFor();
  await page.getByRole('button', { name: '出发' }).tap();

  await page.context().setOffline(false);
  await reaches(house, 'en-route');
  await page.getByText('待发送').waitFor({ state: 'detached' });
  const { rungs } = await orderOf(house);
  const said = rungs.filter(({ state }) => state === 'accepted');
  expect(said).toHaveLength(1);
  expect(Date.parse(said[0]?.at ?? '') - Date.parse(said[0]?.saidAt ?? '')).toBeGreaterThan(60_000);
  const { items } = await house.api<{ items: readonly { type: string; data: Record<string, unknown> }[] }>(
    'GET',
    '/signals?deviceId=car-phone&type=report',
  );
  expect(items.map(({ data }) => data['state']).sort()).toEqual(['accepted', 'delivered', 'en-route', 'read']);
});

test('an order that expires is shown as such', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-policy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const usual = await readFile('config/policies/escalation.yaml', 'utf8');
  const file = join(folder, 'escalation.yaml');
  await writeFile(file, usual.replace(/expires: \d+/, 'expires: 12'));
  const { house, key, page } = await openStreet({ BAIYING_ESCALATION_POLICY: file });
  await key.press();
  await page.getByRole('button', { name: '接令' }).waitFor();
  await page.getByText('已过期').first().waitFor();
  await page.getByRole('button', { name: '接令' }).waitFor({ state: 'detached' });
  await reaches(house, 'expired');
  await page.getByText('没有指令').waitFor();
  await page.getByText('已过期').waitFor();
});

/** Until the phone has found where it is, and has told it. */
const isPlaced = ({ api }: House) =>
  patiently(async () => expect(JSON.stringify(await api('GET', '/map/state'))).toContain(String(here.latitude)));

test('an officer who calls for help opens an incident where he is; out of reach he is told to use the radio', async () => {
  const { house, page } = await openStreet();
  await isPlaced(house);
  const help = page.getByRole('button', { name: /求援/ });
  // A touch in passing does nothing.
  await help.tap();
  await page.context().setOffline(true);
  await page.getByText(/断网/).waitFor();
  await help.dispatchEvent('pointerdown');
  await page.getByText(/立即用对讲机/).waitFor();
  await help.dispatchEvent('pointerup');
  expect(await barriers(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.getByText(/求援已送达/).waitFor();
  const incident = await patiently(async () => {
    const { items } = await house.api<{ items: readonly { kind: string; deviceId: string; location: { lat: number; lon: number } }[] }>(
      'GET',
      '/incidents',
    );
    expect(items).toHaveLength(1);
    return items[0];
  });
  expect(incident).toMatchObject({
    kind: 'officer-emergency',
    deviceId: 'car-phone',
    location: { lat: here.latitude, lon: here.longitude },
  });
});

test('on a phone that keeps nothing a silent order is seen and answered, and help is called for; a call that is refused says so', async () => {
  const { house, key, page } = await openStreet();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new Error('nothing is kept here');
    };
  });
  await page.reload();
  await page.getByText('在线', { exact: true }).waitFor();
  await page.getByText(/手机存不住数据/).waitFor();
  await key.press('duress');
  await page.getByText(/静默指令等您回复/).waitFor();
  const [call, shortcoming] = [page.getByRole('article'), page.getByText(/手机存不住数据/)];
  expect((await call.boundingBox())?.y).toBeLessThan((await shortcoming.boundingBox())?.y ?? 0);
  expect(await barriers(page)).toEqual([]);
  expect(await small(page)).toEqual([]);
  await page.getByRole('button', { name: '接令' }).tap();
  await page.getByText(/静默指令等您回复/).waitFor({ state: 'detached' });
  await reaches(house, 'accepted');

  const help = page.getByRole('button', { name: /求援/ });
  await help.dispatchEvent('pointerdown');
  await page.getByText(/求援已送达/).waitFor();
  const { items } = await house.api<{ items: readonly { id: string; username: string }[] }>('GET', '/accounts');
  const { id } = items.find(({ username }) => username === 'wang') ?? { id: '' };
  await house.api('PUT', `/accounts/${id}`, { roles: ['officer'] });
  await help.dispatchEvent('pointerdown');
  await page.getByText(/求援没有被接收.*对讲机/).waitFor();
  await page.getByText('请管理员在账号里指定您的警力。').first().waitFor();
  expect(await page.getByText(/求援已送达/).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  expect(await small(page)).toEqual([]);
  await page.getByRole('button', { name: '知道了' }).tap();
  await page.getByText(/求援没有被接收/).waitFor({ state: 'detached' });
});

test('the page can be put on the phone, tells where it is while on duty, and goes off duty', async () => {
  const { house, page } = await openStreet();
  const manifest = await page.evaluate(async () => {
    const { href } = document.querySelector<HTMLLinkElement>('link[rel=manifest]') ?? { href: '' };
    const answer = await fetch(href);
    return {
      type: answer.headers.get('content-type'),
      body: (await answer.json()) as { icons: { src: string; sizes: string }[]; display: string },
    };
  });
  expect(manifest).toMatchObject({ type: expect.stringContaining('manifest+json'), body: { display: 'standalone' } });
  for (const { src } of manifest.body.icons) expect((await page.request.get(src)).headers()['content-type']).toBe('image/png');
  await isPlaced(house);

  await page.getByRole('button', { name: '已上岗' }).tap();
  await page.getByRole('button', { name: '下岗' }).tap();
  await patiently(async () => expect((await house.api<{ status: string }>('GET', '/units/car')).status).toBe('off-duty'));
  await page.getByText('下岗期间不派指令').waitFor();
  await page.getByRole('button', { name: '更多' }).tap();
  await page.getByRole('button', { name: 'English' }).tap();
  await page.getByText('Off duty you get no orders.').waitFor();
  await page.getByRole('dialog').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign out' }).tap();
  await page.getByLabel('User name').waitFor();
});
