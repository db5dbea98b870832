import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { openOnvifCamera } from '../../../devices/cameras/onvif/simulator.ts';
import { simulateLoudspeaker } from '../../../devices/loudspeakers/mqtt/simulator.ts';
import { simulateRtpLoudspeaker } from '../../../devices/loudspeakers/rtp/simulator.ts';
import { openRtspSimulator, type RtspSimulator } from '../../../devices/media/rtsp-simulator.ts';
import { ffmpegHere, testPictures } from '../../../devices/media/testing.ts';
import { barriers } from './browser.ts';
import { type House, openHouse } from './rig.ts';

const ffmpeg = await ffmpegHere();
/** A shared machine decodes slowly. */
const patience = { timeout: 60_000, interval: 250 };

/** A hospital with three cameras of real H.264, one of them with presets, and a bare street beside it. */
async function withCameras(): Promise<{ readonly house: House; readonly rtsp: RtspSimulator }> {
  if (!ffmpeg) throw new Error('needs ffmpeg');
  const pictures = await testPictures(ffmpeg);
  const rtsp = await openRtspSimulator({ '/gate': { pictures }, '/hall': { pictures }, '/yard': { pictures } });
  onTestFinished(() => rtsp.close());
  const house = await openHouse();
  const { api } = house;
  await api('POST', '/stations', { id: 'central', name: '城关派出所', location: { lat: 30.1, lon: 120.1 } });
  const site = { id: 'hospital', name: '第一医院', kind: 'hospital', stationId: 'central', address: '和平路 1 号', contacts: [] };
  await api('POST', '/sites', { ...site, location: { lat: 30.1, lon: 120.1 } });
  for (const [id, name, north] of [
    ['gate', '医院大门', 0],
    ['hall', '门诊大厅', 1],
    ['yard', '停车场', 2],
  ] as const) {
    const presets = id === 'gate' ? { presets: [{ token: 'p1', name: '岗亭' }] } : {};
    const camera = await openOnvifCamera({ id, username: 'ops', password: 'secret', rtsp: rtsp.url(`/${id}`), ...presets });
    onTestFinished(() => camera.close());
    const settings = { address: camera.address, username: 'ops', password: 'secret', bearing: 0 };
    const location = { lat: 30.1 + north / 1000, lon: 120.1 };
    await api('POST', '/devices', { id, kind: 'camera', driver: 'onvif', name, siteId: 'hospital', location, settings });
  }
  return { house, rtsp };
}

const state = (page: Page, name: string) => page.locator('figure', { hasText: name }).getAttribute('data-state');
/** Goes to a control as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent ?? '')) === name) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

test.skipIf(!ffmpeg)(
  'a round is walked through without a mouse: pictures move, each stop gets its finding, the ledger knows who looked',
  async () => {
    const { house } = await withCameras();
    const stops = ['gate', 'hall', 'yard', 'gate'].map((cameraId) => ({
      cameraId,
      dwellSeconds: 3,
      ...(cameraId === 'gate' && { preset: 'p1' }),
    }));
    await house.api('POST', '/rounds', { id: 'night', name: '夜间巡查', stationId: 'central', stops, every: { times: ['03:00'] } });
    const { page } = await house.seat('wang', ['operator']);
    await page.goto('/console/patrol');
    await page.getByText('未看的摄像机 3 台').waitFor();
    expect(await barriers(page)).toEqual([]);
    await tabTo(page, '现在巡查');
    await page.keyboard.press('Enter');

    await page.getByText('已查 0 / 4').waitFor();
    // Too early: the picture must first have been looked at.
    await page.keyboard.press('1');
    await page.getByText('可以下结论').first().waitFor(patience);
    expect(await page.getByText('已查 0 / 4').isVisible()).toBe(true);
    const video = page.locator('video').first();
    const played = () => video.evaluate((element: HTMLVideoElement) => [element.videoWidth, element.currentTime] as const);
    const [width, before] = await played();
    expect(width).toBe(320);
    await expect.poll(async () => (await played())[1], patience).toBeGreaterThan(before);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('1');

    await page.getByText('已查 1 / 4').waitFor();
    await page.keyboard.press('2');
    await page.getByLabel('看到了什么').fill('有人翻墙后离开');
    await page.keyboard.press('Enter');
    await page.getByText('已查 2 / 4').waitFor();
    await page.keyboard.press('4');
    await page.getByLabel(/哪里有故障/).fill('镜头有蛛网');
    await page.keyboard.press('Enter');
    await page.getByText('已查 3 / 4').waitFor();
    // Somebody walks from the gate to the hall: what is seen there is opened there.
    await page
      .getByRole('region', { name: '跟到下一台' })
      .getByRole('button', { name: /门诊大厅/ })
      .waitFor();
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByRole('button', { name: /^回到巡查点位/ }).waitFor();
    await page.keyboard.press('3');
    await page.getByLabel('看到了什么').fill('打架');
    await page.keyboard.press('Enter');
    await page.getByText('已查 4 / 4').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('巡查已完成').waitFor();

    const { items } = await house.api<{ items: readonly { id: string; state: string; found: readonly object[] }[] }>('GET', '/runs');
    expect(items).toMatchObject([
      {
        state: 'done',
        found: [
          { stop: 1, finding: 'nothing', by: 'wang' },
          { stop: 2, finding: 'note', note: '有人翻墙后离开' },
          { stop: 3, finding: 'camera-fault' },
          { stop: 4, finding: 'incident', note: '打架' },
        ],
      },
    ]);
    expect(await house.api('GET', '/incidents')).toMatchObject({ items: [{ deviceId: 'hall', priority: 3 }] });
    const { items: views } = await house.api<{ items: readonly object[] }>('GET', '/rounds/ledger?by=wang');
    expect(views).toContainEqual(expect.objectContaining({ cameraId: 'gate', runId: items[0]?.id, how: 'live' }));
    const { maintenance } = await house.api<{ maintenance: readonly object[] }>('GET', '/reports/device-health');
    expect(maintenance).toContainEqual(expect.objectContaining({ deviceId: 'yard', fault: 'reported' }));
  },
);

test.skipIf(!ffmpeg)('a picture that stands still says so, and never looks like the present', async () => {
  const { house, rtsp } = await withCameras();
  const { page } = await house.seat('wang', ['operator']);
  await page.goto('/console/patrol/look/gate,hall');
  await expect.poll(() => state(page, '医院大门'), patience).toBe('live');
  rtsp.hush();
  await expect.poll(() => state(page, '医院大门'), patience).toBe('frozen');
  expect(await page.locator('figure', { hasText: '医院大门' }).innerText()).toContain('画面冻结');
  expect(await barriers(page)).toEqual([]);
});

test.skipIf(!ffmpeg)(
  'from a picture: a warning ends with a verdict, a live voice is heard, an incident is opened, and the next camera is one key away',
  async () => {
    const { house } = await withCameras();
    const horn = { id: 'horn', kind: 'loudspeaker', driver: 'mqtt', name: '大门音柱', siteId: 'hospital' };
    const { secret } = await house.api<{ secret: string }>('POST', '/devices', horn);
    const speaker = await simulateLoudspeaker({ url: house.mqtt, id: 'horn', secret, now: () => Date.now() });
    onTestFinished(() => speaker.close());
    const pole = await simulateRtpLoudspeaker({ address: '127.0.0.1' });
    onTestFinished(() => pole.close());
    const settings = { host: '127.0.0.1', port: pole.port };
    await house.api('POST', '/devices', { id: 'pole', kind: 'loudspeaker', driver: 'rtp', name: '岗亭音柱', siteId: 'hospital', settings });

    const { page } = await house.seat('wang', ['operator']);
    await page.goto('/console/patrol/look/gate');
    await page
      .getByText(/大门音柱|喊话警示/)
      .first()
      .waitFor();
    await page.keyboard.press('w');
    await page.getByLabel('输入要播报的话').fill('请立即离开');
    await page.keyboard.press('Enter');
    await page
      .getByText(/大门音柱|horn · 已播完/)
      .first()
      .waitFor();
    await page.getByText('大门音柱 · 已播完').waitFor(patience);
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('button', { name: '开始喊话' }).click();
    await page.getByRole('button', { name: '正在喊话，点击结束' }).click(patience);
    await expect.poll(() => pole.sound.pieces.length, patience).toBeGreaterThan(0);

    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    await page.getByLabel('看到了什么').fill('打架');
    await page.keyboard.press('Enter');
    await page.getByText(/警情编号/).waitFor();
    expect(await house.api('GET', '/incidents')).toMatchObject({ items: [{ kind: 'seen-on-camera', priority: 3, deviceId: 'gate' }] });

    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+ArrowUp');
    await page.waitForURL(/look\/hall/);
  },
);
