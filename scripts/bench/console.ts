import chromium from '@sparticuz/chromium';
import mqtt, { type MqttClient } from 'mqtt';
import { type CDPSession, chromium as driver, type Page } from 'playwright-core';
import { type Api, signIn } from './api.ts';
import { type Figures, figuresOf, round } from './figures.ts';
import type { BenchOptions } from './main.ts';
import { type Outcome, say } from './outcome.ts';
import { adminPassword, startBaiying } from './processes.ts';

/**
 * What an empty browser loads until the desk is there. Then from press to screen: a key publishes, an operator's browser has drawn
 * the row; both clocks are this machine's. Then how smoothly the desk is drawn and how much it holds, with nothing open and with
 * many calls that nobody answered, each of which flashes.
 */
interface FirstLoad {
  readonly milliseconds: number;
  readonly files: number;
  /** As they travel, compressed. */
  readonly kilobytes: number;
}
interface Phase extends Figures {
  readonly open: number;
  readonly framesPerSecond: number;
  readonly framesPerSecondScrolling: number;
  readonly heapMegabytes: number;
}

const crowd = 500;
const settle = 3000;
const watched = 5000;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));

export async function benchConsole({ presses }: BenchOptions): Promise<Outcome> {
  const started = await startBaiying();
  const browser = await driver.launch({ executablePath: process.env['CHROMIUM_BIN'] ?? (await chromium.executablePath()), args });
  try {
    const { http } = started;
    const api = await signIn(http);
    const keys = await furnish(api, started.mqtt, presses * 2);
    const context = await browser.newContext({ baseURL: http, viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await context.request.post('/api/v1/sessions', { data: { username: 'admin', password: adminPassword } });
    const cdp = await context.newCDPSession(page);
    const firstLoad = await load(page, cdp);
    await page.keyboard.press('Escape');
    await page.evaluate(inPage);
    const phases = [await measure(page, cdp, api, keys.slice(0, presses))];
    say(`opening ${crowd} incidents`);
    for (let count = 0; count < crowd; count += 1)
      await api('POST', '/incidents', { kind: 'crowd', siteId: `site-${count % sites}`, priority: 4, note: 'bench' });
    await page.evaluate(`bench.until(() => bench.rows() >= ${crowd})`);
    await pause(settle);
    phases.push(await measure(page, cdp, api, keys.slice(presses)));
    for (const key of keys) key.end(true);
    return outcome(firstLoad, phases);
  } finally {
    await browser.close();
    await started.stop();
  }
}

export const args = [...chromium.args.filter((flag) => !flag.startsWith('--single-process')), '--autoplay-policy=no-user-gesture-required'];
const sites = 20;

/** Sites, and so many keys that are connected; each is pressed once, so that each press is an incident of its own. */
export async function furnish(api: Api, url: string, count: number): Promise<readonly MqttClient[]> {
  await api('POST', '/stations', { id: 'central', name: 'Central', location: { lat: 30, lon: 120 } });
  for (let site = 0; site < sites; site += 1) {
    const place = { location: { lat: 30 + site / 1000, lon: 120 }, address: '', contacts: [] };
    await api('POST', '/sites', { id: `site-${site}`, name: `Site ${site}`, kind: 'mall', stationId: 'central', ...place });
  }
  const keys: MqttClient[] = [];
  for (let number = 0; number < count; number += 1) {
    const id = `key-${number}`;
    const body = { id, kind: 'key', driver: 'mqtt', name: id, siteId: `site-${number % sites}`, settings: {} };
    const { secret } = await api<{ secret: string }>('POST', '/devices', body);
    keys.push(await mqtt.connectAsync(url, { protocolVersion: 4, username: id, password: secret, clientId: id, reconnectPeriod: 0 }));
  }
  return keys;
}

async function load(page: Page, cdp: CDPSession): Promise<FirstLoad> {
  const sizes: number[] = [];
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength));
  await cdp.send('Network.enable');
  const began = performance.now();
  await page.goto('/console/desk');
  await page.locator('h1').waitFor();
  const milliseconds = round(performance.now() - began);
  await pause(settle);
  await cdp.send('Network.disable');
  return { milliseconds, files: sizes.length, kilobytes: Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1000) };
}

/** Runs in the page: notes the instant at which the row of each press was drawn, and counts frames. */
const inPage = `
  globalThis.bench = {
    drawn: [],
    list: () => document.querySelector('section ol[data-count]'),
    rows: () => Number(bench.list()?.dataset.count ?? 0),
    // The page's policy lets no text be run as a program, so whoever waits does it in here.
    until: async (holds) => {
      while (!holds()) await new Promise((next) => requestAnimationFrame(next));
    },
    drawnAfter: async (count) => {
      await bench.until(() => bench.drawn.length > count);
      return bench.drawn[count];
    },
    frames: (span, moving) => new Promise((resolve) => {
      const began = performance.now();
      let count = 0;
      const frame = () => {
        count += 1;
        if (moving) bench.list()?.parentElement?.scrollBy(0, 24);
        const took = performance.now() - began;
        if (took < span) requestAnimationFrame(frame);
        else resolve(Math.round((count * 10000) / took) / 10);
      };
      requestAnimationFrame(frame);
    }),
  };
  const seen = new Set();
  // A press is of the first severity, those of the crowd are not: they come into sight whenever one above them leaves.
  const isNew = (node) => node.matches?.('li[data-id]:has([data-priority="1"])') && !seen.has(node.dataset.id);
  new MutationObserver((records) => {
    const ids = records.flatMap(({ addedNodes }) => [...addedNodes]).filter(isNew).map(({ dataset }) => dataset.id);
    for (const id of ids) seen.add(id);
    const note = () => ids.forEach((id) => bench.drawn.push({ id, at: performance.timeOrigin + performance.now() }));
    if (ids.length > 0) requestAnimationFrame(note);
  }).observe(document.body, { childList: true, subtree: true });
`;

interface Drawn {
  readonly id: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** Each press is closed once it was seen, so that the next comes to a desk as full as it. */
async function measure(page: Page, cdp: CDPSession, api: Api, keys: readonly MqttClient[]): Promise<Phase> {
  const samples: number[] = [];
  for (const key of keys) {
    const before = await page.evaluate<number>('bench.drawn.length');
    const pressedAt = performance.timeOrigin + performance.now();
    await key.publishAsync(`keys/${key.options.username}/event`, JSON.stringify({ type: 'press' }), { qos: 1 });
    const { id, at } = await page.evaluate<Drawn>(`bench.drawnAfter(${before})`);
    samples.push(at - pressedAt);
    await api('POST', `/incidents/${id}/close`, { disposition: 'test' });
  }
  const open = await page.evaluate<number>('bench.rows()');
  return {
    ...figuresOf(samples),
    open,
    framesPerSecond: await page.evaluate<number>(`bench.frames(${watched}, false)`),
    framesPerSecondScrolling: await page.evaluate<number>(`bench.frames(${watched}, true)`),
    heapMegabytes: await heap(cdp),
  };
}

/** What the page's scripts hold after everything that can be let go of was. */
export async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6);
}

function outcome(firstLoad: FirstLoad, phases: readonly Phase[]): Outcome {
  const rows = phases.map((phase) => [
    ...[phase.open, phase.count, phase.p50, phase.p99, phase.max],
    ...[phase.framesPerSecond, phase.framesPerSecondScrolling, phase.heapMegabytes],
  ]);
  const { kilobytes, files, milliseconds } = firstLoad;
  return {
    tables: [
      {
        title: { zh: '首次打开指挥台', en: 'the first load of the desk, in an empty browser' },
        head: ['kB compressed', 'files', 'there after ms'],
        rows: [[kilobytes, files, milliseconds]],
      },
      {
        title: { zh: '从按下到屏幕', en: 'from press to screen, beside so many open incidents' },
        head: ['open', 'presses', 'p50 ms', 'p99 ms', 'max ms', 'frames/s', 'frames/s scrolling', 'heap MB'],
        rows,
      },
    ],
    found: { firstLoad, phases },
  };
}
