import { readFile } from 'node:fs/promises';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium as driver, type Locator, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';

/** A real Chromium for the stories of the console. */

export interface Seat {
  readonly page: Page;
  /** Addresses outside our own that the page asked for; must stay empty. */
  readonly strayed: readonly string[];
}

export const screens = {
  wall: { width: 1920, height: 1080 },
  desk: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
} as const;

let opened: Promise<Browser> | undefined;

/** One browser for a test file. */
async function browser(): Promise<Browser> {
  if (!opened) {
    // The flags of a browser in a container, with software GL for the map and sound without a person's first touch left as it is.
    const args = [
      ...chromium.args.filter((flag) => !flag.startsWith('--single-process')),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ];
    opened = driver.launch({ executablePath: process.env.CHROMIUM_BIN ?? (await chromium.executablePath()), args, headless: true });
    afterAll(async () => (await opened)?.close());
  }
  return opened;
}

/**
 * A person's browser, closed with the test. What a page logs as an error, throws, or asks of another host fails the test
 * unless the story says that it may.
 * @param at where the product answers
 */
export async function sit(at: string, options: BrowserContextOptions & { readonly mayFail?: readonly RegExp[] } = {}): Promise<Seat> {
  const { mayFail = [], ...rest } = options;
  const context = await (await browser()).newContext({ baseURL: at, viewport: screens.desk, locale: 'zh-CN', ...rest });
  const page = await context.newPage();
  const faults: string[] = [];
  const strayed: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).host !== new URL(at).host) strayed.push(request.url());
  });
  onTestFinished(async () => {
    await context.close();
    expect(strayed, 'requests that left our own host').toEqual([]);
    expect(
      faults.filter((fault) => !mayFail.some((may) => may.test(fault))),
      'errors in the page',
    ).toEqual([]);
  });
  return { page, strayed };
}

/** Signs the browser in, as the sign-in page would, without typing. */
export async function enter({ page }: Seat, username: string, password: string): Promise<void> {
  const answer = await page.request.post('/api/v1/sessions', { data: { username, password } });
  expect(answer.status()).toBe(201);
}

const axeFile = new URL(import.meta.resolve('axe-core/axe.min.js'));

/** What axe-core finds wrong for people who do not see, or not well, or use no mouse (WCAG 2.2 A and AA). */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: readonly Violation[] }> } };
    interface Violation {
      readonly id: string;
      readonly help: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const { violations } = await axe.run();
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
  });
}

/** The text in these elements that stands out least from its ground, and by how much (WCAG 2.2, 1.4.6). */
export const faintest = (within: Locator): Promise<{ readonly text: string; readonly contrast: number }> =>
  within.evaluateAll((roots) => {
    const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const groundOf = (element: Element | null): string => {
      const colour = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
      return element && channels(colour)[3] === 0 ? groundOf(element.parentElement) : colour;
    };
    const texts = roots
      .flatMap((root) => [...root.querySelectorAll('*')])
      .filter((element) => element.checkVisibility() && element.closest(':disabled') === null)
      .filter(({ childNodes }) => [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''));
    const measured = texts.map((element) => {
      const [light = 0, dark = 0] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))].sort((a, b) => b - a);
      return { text: element.textContent ?? '', contrast: (light + 0.05) / (dark + 0.05) };
    });
    const [least] = measured.sort((a, b) => a.contrast - b.contrast);
    if (!least) throw new Error('there is no text');
    return least;
  });
