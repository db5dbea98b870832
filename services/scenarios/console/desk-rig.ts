import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { SimulatedKey } from '../../../devices/alarm-keys/mqtt/simulator.ts';
import { openOnvifCamera } from '../../../devices/cameras/onvif/simulator.ts';
import { simulateLoudspeaker } from '../../../devices/loudspeakers/mqtt/simulator.ts';
import { openRtspSimulator } from '../../../devices/media/rtsp-simulator.ts';
import { ffmpegHere, testPictures } from '../../../devices/media/testing.ts';
import { simulateRadio } from '../../../devices/radios/mqtt/simulator.ts';
import { bankWithKeys, patiently } from '../process.ts';
import { screens } from './browser.ts';
import { insist, mayBeBusy } from './insist.ts';
import type { House } from './rig.ts';

export interface Shown {
  readonly id: string;
  readonly state: string;
  readonly disposition?: string;
  readonly holder?: { readonly name: string };
  readonly orders: readonly { readonly unitId: string; readonly state: string }[];
  readonly broadcasts: readonly object[];
  readonly procedure?: { readonly steps: readonly { readonly done?: { readonly by: string } }[] };
}

export interface Bank {
  readonly keys: readonly SimulatedKey[];
  /** The incident opened last, as the API tells it. */
  newest(): Promise<Shown>;
}

/** A bank with keys and a loudspeaker, and three cars whose radios say that an order came. */
export async function bank(house: House, count = 1): Promise<Bank> {
  const { api } = house;
  const { keys } = await bankWithKeys(house, api, count);
  const device = async (kind: string, id: string, place: object): Promise<string> =>
    (await api<{ secret: string }>('POST', '/devices', { id, kind, driver: 'mqtt', name: id, ...place })).secret;
  for (const [at, id] of ['car-1', 'car-2', 'car-3'].entries()) {
    await api('POST', '/units', { id, name: id, tier: 'city', stationId: 'central' });
    const secret = await device('radio', `radio-${id}`, { unitId: id });
    const radio = await simulateRadio({ url: house.mqtt, id: `radio-${id}`, secret, behaviour: 'delivers-only' });
    onTestFinished(() => radio.close());
    await radio.position(30.001 + at / 1000, 120);
  }
  const horn = await simulateLoudspeaker({ url: house.mqtt, id: 'horn', secret: await device('loudspeaker', 'horn', { siteId: 'bank' }) });
  onTestFinished(() => horn.close());
  const newest = async (): Promise<Shown> => {
    const [first] = (await api<{ items: readonly { readonly id: string }[] }>('GET', '/incidents?limit=1')).items;
    if (!first) throw new Error('no incident yet');
    return api<Shown>('GET', `/incidents/${first.id}`);
  };
  return { keys, newest };
}

export const ffmpeg = await ffmpegHere();

/** A camera in the hall of the bank, with real pictures. */
export async function watchTheHall({ api }: House): Promise<void> {
  if (!ffmpeg) throw new Error('needs ffmpeg');
  const rtsp = await openRtspSimulator({ '/hall': { pictures: await testPictures(ffmpeg) } });
  onTestFinished(() => rtsp.close());
  const camera = await openOnvifCamera({
    id: 'hall',
    username: 'ops',
    password: 'secret',
    rtsp: rtsp.url('/hall'),
    presets: [{ token: 'p1', name: '柜台' }],
  });
  onTestFinished(() => camera.close());
  const settings = { address: camera.address, username: 'ops', password: 'secret' };
  const place = { siteId: 'bank', location: { lat: 30, lon: 120 } };
  await api('POST', '/devices', { id: 'hall', kind: 'camera', driver: 'onvif', name: '营业大厅', ...place, settings });
}

/** What must be done at the bank before its incidents may be closed. */
export async function requireStep({ api }: House, zh: string): Promise<void> {
  const step = { id: 'look', text: { zh, en: 'Look' }, mandatory: true };
  await api('POST', '/procedures', { id: 'counter', title: { zh: '柜台报警', en: 'Counter' }, kinds: [], steps: [step] });
  const place = { name: 'Bank', kind: 'bank', stationId: 'central', address: '', contacts: [], location: { lat: 30, lon: 120 } };
  await api('PUT', '/sites/bank', { ...place, procedureId: 'counter' });
}

/** A browser with somebody at the desk, whose sound was armed by a first key. */
export async function atTheDesk(house: House, username: string, mayFail: readonly RegExp[] = []): Promise<Page> {
  const { page } = await house.seat(username, ['operator'], { viewport: screens.desk, mayFail: [mayBeBusy, ...mayFail] });
  // What takes a second on a machine of its own takes many on one that others share.
  page.setDefaultTimeout(60_000);
  await page.goto('/console/desk');
  await page.getByText('实时', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/^(声音已启用|正在鸣响)/).waitFor();
  return page;
}

export const rows = (page: Page) => page.getByRole('region', { name: '警情列表' }).getByRole('listitem');
export const table = (page: Page) => page.getByRole('article');

export const acknowledge = (page: Page): Promise<void> => insist(() => page.keyboard.press('1'), table(page).getByText('由您承办'));

/** Sends whom the desk proposes. */
export const send = (page: Page): Promise<void> =>
  insist(
    async () => {
      await page.keyboard.press('3');
      await page.getByRole('button', { name: /^派 car/ }).waitFor();
      await page.keyboard.press('Enter');
    },
    page.getByText(/^已派 car/),
  );

/** Whether the first row of the queue flashes. */
export const flashes = (page: Page): Promise<boolean> =>
  rows(page)
    .first()
    .evaluate((row) => row.getAnimations({ subtree: true }).some(({ playState }) => playState === 'running'));

/** Goes to a control as somebody without a mouse does. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : activeElement?.textContent;
    });
    if (reached === name) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

/** Until so many incidents are on the record. */
export const recorded = ({ api }: House, count: number): Promise<void> =>
  patiently(async () => {
    const { items } = await api<{ items: readonly object[] }>('GET', '/incidents');
    if (items.length !== count) throw new Error(`${items.length} of ${count} incidents`);
  });
