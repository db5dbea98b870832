import chromium from '@sparticuz/chromium';
import { chromium as driver, type Page } from 'playwright-core';
import { type OnvifCamera, openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { candidates, findFfmpeg } from '../../devices/media/ffmpeg.ts';
import { type Pictures, splitPictures } from '../../devices/media/h264.ts';
import { openRtspSimulator } from '../../devices/media/rtsp-simulator.ts';
import { runOnce } from '../../devices/media/run.ts';
import { round } from './figures.ts';
import type { Outcome } from './outcome.ts';
import { cpuOf } from './proc.ts';
import { adminPassword, startBaiying } from './processes.ts';

/** Two operators with four live pictures each: what the pages and the server cost, and how old what they see is. */

const operators = 2;
const each = 4;
const seconds = 30;
const size = '1280x720';
const rate = 25;
/** Half seconds until every picture moves. */
const patience = 180;

interface Cost {
  /** Processor time of a process and all below it, seconds. */
  readonly server: number;
  readonly page: number;
}

export async function benchPictures(): Promise<Outcome> {
  const rtsp = await openRtspSimulator({ '/street': { pictures: await street() } });
  const baiying = await startBaiying();
  const cameras: OnvifCamera[] = [];
  const browser = await driver.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? (await chromium.executablePath()),
    args: chromium.args.filter((flag) => !flag.startsWith('--single-process')),
  });
  try {
    const base = baiying.http;
    const ids = Array.from({ length: operators * each }, (_none, at) => `camera-${at}`);
    const api = await signedIn(base);
    for (const id of ids) {
      const camera = await openOnvifCamera({ id, username: 'ops', password: 'secret', rtsp: rtsp.url('/street') });
      cameras.push(camera);
      const settings = { address: camera.address, username: 'ops', password: 'secret' };
      await api('/devices', { id, kind: 'camera', driver: 'onvif', name: id, settings });
    }
    const pages: Page[] = [];
    for (let seat = 0; seat < operators; seat += 1) pages.push(await opened(browser, base, ids.slice(seat * each, (seat + 1) * each)));
    const [before, drawnBefore] = [costs(baiying.pid()), await drawn(pages)];
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const [after, drawnAfter] = [costs(baiying.pid()), await drawn(pages)];
    return outcome(before, after, drawnAfter - drawnBefore, await agesOf(pages));
  } finally {
    await browser.close();
    await baiying.stop();
    await Promise.all(cameras.map((camera) => camera.close()));
    await rtsp.close();
  }
}

function outcome(before: Cost, after: Cost, pictures: number, ages: readonly string[]): Outcome {
  const percent = (kind: keyof Cost): number => round((100 * (after[kind] - before[kind])) / seconds);
  const perSecond = round(pictures / seconds / (operators * each));
  const [serverCpu, pageCpu] = [percent('server'), percent('page')];
  return {
    tables: [
      {
        title: { zh: '八路实时画面', en: `${operators} pages with ${each} live pictures each, decoded without a graphics card` },
        head: ['server and its ffmpeg, % of a core', 'pages, % of a core', 'pictures/s of each camera', `of`],
        rows: [[serverCpu, pageCpu, perSecond, rate]],
      },
    ],
    found: { pictures: operators * each, size, rate, perSecond, serverCpu, pageCpu, ages },
  };
}

/** A street of 720p as ffmpeg draws it, six seconds to be looped. */
async function street(): Promise<Pictures> {
  const found = await findFfmpeg(candidates(process.env['FFMPEG_BIN']));
  if (!found.ok) throw new Error(found.why);
  const source = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}`, '-frames:v', String(6 * rate)];
  const coder = ['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-pix_fmt', 'yuv420p', '-bf', '0'];
  const shape = ['-g', String(2 * rate), '-b:v', '2M', '-f', 'h264', 'pipe:1'];
  const bytes = await runOnce(found.ffmpeg.program, [...source, ...coder, ...shape], { largest: 64e6, milliseconds: 60_000 });
  return { framesPerSecond: rate, list: splitPictures(bytes) };
}

async function signedIn(base: string): Promise<(path: string, body: object) => Promise<void>> {
  const post = (path: string, body: object, headers = {}) =>
    fetch(`${base}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post('/sessions', { username: 'admin', password: adminPassword })).json()) as { token: string };
  return async (path, body) => {
    const answer = await post(path, body, { authorization: `Bearer ${token}` });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  };
}

async function opened(browser: Awaited<ReturnType<typeof driver.launch>>, base: string, ids: readonly string[]): Promise<Page> {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1920, height: 1080 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.request.post('/api/v1/sessions', { data: { username: 'admin', password: adminPassword } });
  await page.goto(`/console/patrol/look/${ids.join(',')}`);
  const moving = `[...document.querySelectorAll('video')].filter(({ currentTime }) => currentTime > 1).length`;
  for (let tries = 0; (await page.evaluate<number>(moving)) < ids.length; tries += 1) {
    if (tries === patience) throw new Error('not every picture moves');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return page;
}

/** Pictures that the browser put on the screen so far. */
async function drawn(pages: readonly Page[]): Promise<number> {
  const quality = `[...document.querySelectorAll('video')].map((video) => video.getVideoPlaybackQuality())
    .reduce((sum, { totalVideoFrames, droppedVideoFrames }) => sum + totalVideoFrames - droppedVideoFrames, 0)`;
  const counts = await Promise.all(pages.map((page) => page.evaluate<number>(quality)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What stands beside each picture: how old it is. */
const agesOf = async (pages: readonly Page[]): Promise<readonly string[]> =>
  (await Promise.all(pages.map((page) => page.locator('figure > span').allInnerTexts()))).flat();

/** The browser is a child of this process too; whatever is neither this process itself nor the product belongs to it. */
function costs(serverPid: number): Cost {
  const server = cpuOf([serverPid]);
  const { user, system } = process.cpuUsage();
  return { server, page: cpuOf([process.pid]) - server - (user + system) / 1e6 };
}
