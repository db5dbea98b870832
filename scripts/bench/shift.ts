import { setTimeout as pause } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { type CDPSession, chromium as driver, type Page } from 'playwright-core';
import { type Api, signIn } from './api.ts';
import { args, furnish, heap } from './console.ts';
import { round } from './figures.ts';
import { type Outcome, say } from './outcome.ts';
import { adminPassword, startBaiying } from './processes.ts';

/**
 * What an operator's page holds in the course of a shift: eight hours of calls as a busy station has them, one after the other without
 * the pauses between them. Each call is pressed at a key, opened on the desk, acknowledged, noted and closed; every hour the operator also
 * looks at the map and at the patrols. After each hour the page lets go of what it can, and is weighed; and once more when nothing has
 * happened for a while, since it keeps what was asked for some minutes and eight hours pass here in a quarter of an hour.
 */
interface Hour {
  readonly hour: number | string;
  readonly calls: number;
  readonly heapMegabytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

const hours = 8;
const callsAnHour = 60;
/** Keys are used in turn: a call is closed before its key is pressed again. */
const keyCount = 20;
/** Milliseconds: longer than the page keeps an answer that nothing shows any more (gcTime of its queries, five minutes). */
const quiet = 330_000;

export async function benchShift(): Promise<Outcome> {
  const started = await startBaiying();
  const browser = await driver.launch({ executablePath: process.env['CHROMIUM_BIN'] ?? (await chromium.executablePath()), args });
  try {
    const http = started.http ?? '';
    const api = await signIn(http);
    const keys = await furnish(api, started.mqtt, keyCount);
    const context = await browser.newContext({ baseURL: http, viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
    const page = await context.newPage();
    await context.request.post('/api/v1/sessions', { data: { username: 'admin', password: adminPassword } });
    const cdp = await context.newCDPSession(page);
    await page.goto('/console/desk');
    await page.locator('h1').waitFor();
    await page.keyboard.press('Escape');
    const weighed: Hour[] = [];
    for (let hour = 1; hour <= hours; hour += 1) {
      for (let count = 0; count < callsAnHour; count += 1) {
        const key = keys[count % keyCount];
        if (key) await call(page, api, () => key.publishAsync(`keys/${key.options.username}/event`, '{"type":"press"}', { qos: 1 }));
      }
      for (const place of ['map', 'patrol', 'desk']) await visit(page, place);
      weighed.push({ hour, calls: hour * callsAnHour, ...(await weigh(cdp)) });
      say(`hour ${hour}: ${weighed.at(-1)?.heapMegabytes} MB`);
    }
    say(`nothing happens for ${quiet / 1000} s`);
    await pause(quiet);
    weighed.push({ hour: 'later', calls: hours * callsAnHour, ...(await weigh(cdp)) });
    // Not before: keys that fall silent are calls, too.
    for (const key of keys) key.end(true);
    return outcomeOf(weighed);
  } finally {
    await browser.close();
    await started.stop();
  }
}

/** One call on the desk, from the press to its closing. */
async function call(page: Page, api: Api, press: () => Promise<unknown>): Promise<void> {
  const row = page.locator('section ol[data-count] li[data-id]').first();
  await press();
  await row.waitFor();
  await row.click();
  // Under the pointer nothing moves, so nothing would leave the list.
  await page.mouse.move(0, 0);
  const id = await row.getAttribute('data-id');
  await api('POST', `/incidents/${id}/acknowledge`);
  await api('POST', `/incidents/${id}/notes`, { text: 'bench' });
  await api('POST', `/incidents/${id}/close`, { disposition: 'test' });
  await page.locator(`li[data-id="${id}"]`).waitFor({ state: 'detached' });
}

/** Within the page, as its links do it: a page that is loaded anew holds nothing of before. */
async function visit(page: Page, place: string): Promise<void> {
  await page.locator(`nav a[href$="/console/${place}"]`).first().click();
  await page.waitForURL(`**/console/${place}`);
  await page.locator('main h1').first().waitFor();
  // The stream of events stays open, so the network is never idle; what is still on its way says so.
  await page.locator('main .mantine-Loader-root').first().waitFor({ state: 'detached' });
}

async function weigh(cdp: CDPSession): Promise<Omit<Hour, 'hour' | 'calls'>> {
  const heapMegabytes = await heap(cdp);
  const { nodes, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
  return { heapMegabytes, nodes, listeners };
}

function outcomeOf(weighed: readonly Hour[]): Outcome {
  const [, settled] = weighed;
  const last = weighed.find(({ hour }) => hour === hours);
  const later = weighed.at(-1);
  const growth = settled && last ? round(last.heapMegabytes - settled.heapMegabytes) : Number.NaN;
  const title = { zh: '一个班次中页面占用的内存', en: 'what the page holds in the course of a shift' };
  return {
    tables: [{ title, head: ['hour', 'calls', 'heap MB', 'nodes', 'listeners'], rows: weighed.map((hour) => Object.values(hour)) }],
    notes: [
      { zh: `第二小时到最后一小时的增长：${growth} MB。`, en: `From the second hour to the last: ${growth} MB more.` },
      {
        zh: `页面保留答复五分钟，而这里八小时只用了十几分钟；${quiet / 1000} 秒无事之后为 ${later?.heapMegabytes} MB。`,
        en: `The page keeps answers for five minutes, and eight hours pass here in a quarter of an hour: after ${quiet / 1000} s of quiet it held ${later?.heapMegabytes} MB.`,
      },
    ],
    found: { weighed, growthMegabytes: growth },
  };
}
