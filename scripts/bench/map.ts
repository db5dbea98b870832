import chromium from '@sparticuz/chromium';
import { type CDPSession, chromium as driver, type Page } from 'playwright-core';
import { type Api, signIn } from './api.ts';
import { round } from './figures.ts';
import type { Outcome } from './outcome.ts';
import { adminPassword, startBaiying } from './processes.ts';

/**
 * How smoothly the map pans with the cameras of a county on it: the time from one frame to the next while somebody drags it
 * to and fro, how much of it is the page's own work, and the memory of the page before and after. Without a graphics card
 * Chromium draws with the processor; the same map without its cameras is the floor beside it.
 */

const county = 16_100;
const box = { west: 103.75, south: 35.98, east: 103.95, north: 36.12 };
const screen = { width: 1920, height: 1080 };
const drags = 6;
const stepsOfDrag = 10;
const patience = 300_000;

interface Row {
  readonly view: string;
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  /** Milliseconds of the page's own code for each frame; what is left is drawing. */
  readonly script: number;
}

export async function benchMap(): Promise<Outcome> {
  const product = await startBaiying();
  const browser = await driver.launch({ executablePath: await chromium.executablePath(), args: flags, headless: true });
  try {
    const { http } = product;
    await furnish(await signIn(http));
    const page = await browser.newPage({ baseURL: http, viewport: screen, locale: 'en-GB' });
    await page.request.post('/api/v1/sessions', { data: { username: 'admin', password: adminPassword } });
    const memory = await page.context().newCDPSession(page);
    const opened = await open(page);
    const [rows, before] = [[] as Row[], await heap(memory)];
    for (const [view, nearer, cameras] of views) {
      for (let step = 0; step < nearer; step += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.getByRole('checkbox', { name: 'Cameras' }).setChecked(cameras);
      await page.waitForTimeout(3000);
      rows.push({ view, ...(await pan(page, memory)) });
    }
    return outcome(rows, { openedMs: Math.round(opened), heapMiB: { before, after: await heap(memory) } });
  } finally {
    await browser.close();
    await product.stop();
  }
}

const flags = chromium.args.filter((flag) => !flag.startsWith('--single-process'));
/** So many steps nearer than the view before, and whether the cameras are shown. */
const views = [
  ['county, no cameras (the floor)', 0, false],
  ['county, all cameras as dots', 0, true],
  ['quarter, cameras as signs', 3, true],
  ['street, cameras with what they see', 2, true],
  ['street, no cameras (the floor)', 0, false],
] as const;

async function furnish(api: Api): Promise<void> {
  const across = Math.ceil(Math.sqrt(county));
  const rows = Array.from({ length: county }, (_, index) => {
    const lat = box.south + ((box.north - box.south) * Math.floor(index / across)) / across;
    const lon = box.west + ((box.east - box.west) * (index % across)) / across;
    const settings = `"{""bearing"":${(index * 37) % 360},""fieldOfView"":60,""reach"":60}"`;
    return `camera-${index},camera,mqtt,Camera ${index},${lat},${lon},${settings}`;
  });
  await api('POST', '/devices/import', ['id,kind,driver,name,lat,lon,settings', ...rows].join('\n'), 'text/csv');
}

/** @returns milliseconds from the asking for the page to the map that stands there, with the list beside it */
async function open(page: Page): Promise<number> {
  const began = performance.now();
  await page.goto('/console/map', { timeout: patience });
  await page.locator('.maplibregl-canvas').waitFor({ timeout: patience });
  await page.getByText('Loading: Map').waitFor({ state: 'detached', timeout: patience });
  await page.getByRole('button', { name: `Cameras ${county}` }).waitFor({ timeout: patience });
  return performance.now() - began;
}

async function pan(page: Page, session: CDPSession): Promise<Omit<Row, 'view'>> {
  const before = await metric(session, 'ScriptDuration');
  await page.evaluate(`
    globalThis.times = [];
    globalThis.panning = true;
    requestAnimationFrame(function note(now) {
      times.push(now);
      if (panning) requestAnimationFrame(note);
    });
  `);
  const middle = { x: screen.width / 2 + 160, y: screen.height / 2 };
  for (let drag = 0; drag < drags; drag += 1) {
    const way = drag % 2 === 0 ? 1 : -1;
    await page.mouse.move(middle.x - way * 300, middle.y - way * 100);
    await page.mouse.down();
    await page.mouse.move(middle.x + way * 300, middle.y + way * 100, { steps: stepsOfDrag });
    await page.mouse.up();
  }
  const times = await page.evaluate<number[]>('panning = false, times');
  const between = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const sorted = between.sort((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  const script = round((1000 * ((await metric(session, 'ScriptDuration')) - before)) / sorted.length);
  return { frames: sorted.length, p50: at(0.5), p95: at(0.95), longest: at(1), script };
}

/** Mebibytes of JavaScript, once what is not needed is gone. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return round((await metric(session, 'JSHeapUsedSize')) / 2 ** 20);
}

async function metric(session: CDPSession, wanted: 'JSHeapUsedSize' | 'ScriptDuration'): Promise<number> {
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

interface More {
  readonly openedMs: number;
  readonly heapMiB: { readonly before: number; readonly after: number };
}

function outcome(rows: readonly Row[], more: More): Outcome {
  const { openedMs, heapMiB } = more;
  return {
    tables: [
      {
        title: { zh: '拖动地图时相邻两帧的间隔', en: 'from one frame to the next while the map is dragged, drawn by the processor' },
        head: ['view', 'frames', 'p50 ms', 'p95 ms', 'longest ms', 'own code ms a frame'],
        rows: rows.map(({ view, frames, p50, p95, longest, script }) => [view, frames, p50, p95, longest, script]),
      },
      {
        title: { zh: '页面', en: 'the page' },
        head: ['cameras', 'opened after ms', 'heap before MiB', 'heap after MiB'],
        rows: [[county, openedMs, heapMiB.before, heapMiB.after]],
      },
    ],
    found: { cameras: county, rows, ...more },
  };
}
