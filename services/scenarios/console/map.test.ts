import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Store } from '../../store/connect.ts';
import { insertDevices, insertShelf } from '../../store/register-write.ts';
import { dataFolder } from '../process.ts';
import { barriers } from './browser.ts';
import { pmtilesOf } from './pmtiles.ts';
import { type House, openHouse } from './rig.ts';

const act = { by: 'installer', at: Date.UTC(2026, 10, 22, 12) };
const middle = { lat: 36.05, lon: 103.85 };
const county = 16_100;

/** A station, a grid, a site in the middle of it, and so many cameras round it, evenly. */
const furnished =
  (cameras: number) =>
  async (store: Store): Promise<void> => {
    await insertShelf(store, 'stations', 'st', { name: '城关派出所', location: { lat: 36.02, lon: 103.8 } }, act);
    const [west, south, east, north] = [103.75, 35.98, 103.95, 36.12];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ]; // prettier-ignore
    await insertShelf(store, 'grids', 'gr', { name: '一网格', stationId: 'st', area: { type: 'Polygon', coordinates: [ring] } }, act);
    await insertShelf(
      store,
      'sites',
      'si',
      { name: '市医院', kind: 'hospital', stationId: 'st', gridId: 'gr', address: '和平路 1 号', location: middle },
      act,
    );
    const across = Math.ceil(Math.sqrt(cameras));
    const all = Array.from({ length: cameras }, (_, index) => ({
      id: `camera-${index}`,
      input: {
        kind: 'camera' as const,
        driver: 'mqtt',
        name: `摄像机 ${index}`,
        location: {
          lat: south + ((north - south) * Math.floor(index / across)) / across,
          lon: west + ((east - west) * (index % across)) / across,
        },
        settings: { bearing: (index * 37) % 360, fieldOfView: 60, reach: 60 },
      },
      secretHash: 'none',
    }));
    for (let from = 0; from < all.length; from += 4000) await insertDevices(store, all.slice(from, from + 4000), act, () => undefined);
  };

const pictureOf = (page: Page): Locator => page.locator('.maplibregl-canvas');
const listed = (page: Page, name: string | RegExp) => page.getByRole('region', { name: '地图列表' }).getByRole('button', { name });

async function open(house: House): Promise<Page> {
  const { page } = await house.seat('admin', ['admin']);
  await page.goto('/console/map');
  await pictureOf(page).waitFor();
  return page;
}

test('sixteen thousand cameras come to the page, and the list finds one of them', async () => {
  const house = await openHouse({}, furnished(county));
  const page = await open(house);
  await listed(page, `摄像机 ${county}`).click({ timeout: 60_000 });
  await page.getByLabel('按名称或编号查找').fill('摄像机 16099');
  await listed(page, /^摄像机 16099/).waitFor({ timeout: 60_000 });
});

test('streets come from a file of the house, with the name of who made them, and nothing is asked of anybody else', async () => {
  const folder = await dataFolder();
  await writeFile(join(folder, 'town.pmtiles'), pmtilesOf('water', '© makers of the map'));
  const house = await openHouse({ BAIYING_DATA: folder, BAIYING_MAP_TILES: 'town.pmtiles', BAIYING_MAP_DATUM: 'gcj02' }, furnished(10));
  const page = await open(house);
  await page.getByText('© makers of the map').waitFor({ timeout: 60_000 });
});

test('a browser that cannot draw says so, and the list does the same work', async () => {
  const house = await openHouse({}, furnished(10));
  const { page } = await house.seat('admin', ['admin']);
  await page.addInitScript(() => {
    const usual = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function context(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind === 'webgl2' ? null : Reflect.apply(usual, this, [kind, ...rest]);
    } as typeof usual;
  });
  await page.goto('/console/map');
  await page.getByText(/不能绘制地图/).waitFor();
  await page.getByLabel('按名称或编号查找').fill('医院');
  await listed(page, /市医院/).click();
  await page.getByRole('region', { name: '市医院', exact: true }).getByText('和平路 1 号').waitFor();
  expect(await barriers(page)).toEqual([]);
});

test("a picture that the graphics card takes away says so, stands in nobody's way, and comes back", async () => {
  const house = await openHouse({}, furnished(10));
  const page = await open(house);
  await page.getByText('图例与图层').click();
  await page.getByRole('checkbox', { name: '网格' }).waitFor();
  const card = await pictureOf(page).evaluateHandle((canvas: HTMLCanvasElement) => {
    const drawing = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
    if (!drawing) throw new Error('nothing was drawn with WebGL2');
    drawing.loseContext();
    return drawing;
  });
  const told = page.getByText(/显卡中断了地图绘制/);
  await told.waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('checkbox', { name: '网格' }).uncheck();
  await listed(page, /市医院/).click();
  await page.getByRole('region', { name: '市医院', exact: true }).getByText('和平路 1 号').waitFor();
  await card.evaluate((drawing) => drawing.restoreContext());
  await told.waitFor({ state: 'hidden' });
});
