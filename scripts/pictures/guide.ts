import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';
import { type Asker, askerOf, type Shot, shots } from './guide-shots.ts';

/**
 * `node scripts/pictures/guide.ts [name …]`: takes the pictures of the user guides, in both languages, from the real product
 * with the demo county alive, and writes them to docs/guide/pictures/<name>.<zh|en>.jpg. Takes about five minutes.
 */

const home = resolve(import.meta.dirname, '../..');
const target = join(home, 'docs/guide/pictures');
const password = 'a-password-for-pictures';

/** Starts the product with its county on a folder of its own. */
async function startCounty(): Promise<{ readonly http: string; stop(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'baiying-guide-'));
  const env = { ...process.env, BAIYING_DATA: data, BAIYING_HTTP_PORT: '0', BAIYING_MQTT_PORT: '0', BAIYING_ADMIN_PASSWORD: password };
  const child = spawn(process.execPath, ['services/main.ts', '--demo'], { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const http = await new Promise<string>((ready, fail) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      process.stdout.write(text);
      const address = /^ready (http:\S+)/m.exec(said)?.[1];
      if (address !== undefined && /demo: .*alive/.test(said)) ready(address);
    });
    void ended.then(([code]) => fail(new Error(`the product ended with ${code}`)));
  });
  return {
    http,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function take(browser: Browser, http: string, shot: Shot, language: 'zh' | 'en', api: Asker): Promise<void> {
  const { place, ...account } = (await shot.who?.(api)) ?? { username: 'admin', password };
  const context = await browser.newContext({
    ...{ baseURL: http, viewport: shot.size, locale: language === 'zh' ? 'zh-CN' : 'en-GB' },
    ...(shot.phone === true ? { deviceScaleFactor: 2, isMobile: true, hasTouch: true } : {}),
    ...(place === undefined ? {} : { geolocation: place, permissions: ['geolocation'] }),
  });
  const page: Page = await context.newPage();
  try {
    await page.request.post('/api/v1/sessions', { data: account });
    await page.goto(shot.path);
    await shot.until(page, language);
    const file = join(target, `${shot.name}.${language}.jpg`);
    await page.screenshot({ path: file, type: 'jpeg', quality: 80 });
    console.log(`wrote ${file}`);
  } finally {
    await context.close();
  }
}

const wanted = process.argv.slice(2);
mkdirSync(target, { recursive: true });
const county = await startCounty();
const args = chromium.args.filter((flag) => !flag.startsWith('--single-process'));
const browser = await driver.launch({ executablePath: process.env.CHROMIUM_BIN ?? (await chromium.executablePath()), args });
try {
  const api = await askerOf(county.http, password);
  for (const shot of shots) {
    if (wanted.length > 0 && !wanted.includes(shot.name)) continue;
    for (const language of ['zh', 'en'] as const) await take(browser, county.http, shot, language, api);
  }
} finally {
  await browser.close();
  await county.stop();
}
