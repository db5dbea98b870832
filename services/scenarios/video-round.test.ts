import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { type Media, openMedia } from '../../devices/media/index.ts';
import { openRtspSimulator } from '../../devices/media/rtsp-simulator.ts';
import { ffmpegHere, silentLog, testPictures } from '../../devices/media/testing.ts';
import { minutes, rfc3339, seconds } from '../alarm/index.ts';
import { openStation, registerPlace, type Station } from './rig.ts';

const ffmpeg = await ffmpegHere();

interface Run {
  readonly id: string;
  readonly state: string;
  readonly found: readonly { readonly finding: string; readonly incidentId?: string }[];
}
type Views = {
  readonly items: readonly { readonly cameraId: string; readonly by: string; readonly runId?: string; readonly endedAt?: string }[];
};

async function patrolled(at: Station, every: object) {
  await registerPlace(at, []);
  for (const id of ['hall', 'gate']) await at.camera(id, 'hospital');
  const stops = ['hall', 'gate'].map((cameraId) => ({ cameraId, dwellSeconds: 10 }));
  await at.api('POST', '/rounds', { id: 'night', name: '夜间巡查', stationId: 'central', stops, every, graceMinutes: 1 });
}

test('a round falls due, an operator sees a fight and a dirty lens, and the county hears of it all', async () => {
  const at = await openStation();
  // The story begins at eight in the morning in Shanghai.
  await patrolled(at, { times: ['08:02'] });
  const wang = await at.signIn('wang', ['operator']);
  await at.clock.advance(minutes(2));
  const run = await wang<Run>('POST', '/rounds/night/runs');
  await wang('POST', `/runs/${run.id}/stops/1`, { finding: 'incident', note: 'a fight at the entrance', priority: 2 });
  await wang('POST', `/runs/${run.id}/stops/2`, { finding: 'camera-fault', note: 'spider web' });
  const { state, found } = await wang<Run>('POST', `/runs/${run.id}/end`);
  expect([state, ...found.map(({ finding }) => finding)]).toEqual(['done', 'incident', 'camera-fault']);

  const incident = await at.incident(found[0]?.incidentId ?? '');
  expect(incident).toMatchObject({ kind: 'seen-on-camera', priority: 2, deviceId: 'hall' });
  const { maintenance } = await at.api<{ maintenance: readonly object[] }>('GET', '/reports/device-health');
  expect(maintenance).toContainEqual(
    expect.objectContaining({ deviceId: 'gate', fault: 'reported', detail: { by: 'wang', note: 'spider web' } }),
  );
  expect((await at.events('round.')).map(({ type }) => type)).toEqual(
    ['due', 'begun', 'looked', 'looked', 'done'].map((verb) => `baiying.round.${verb}.v1`),
  );
});

test('a round that nobody began is missed, also when the station was off at its time', async () => {
  const at = await openStation();
  await patrolled(at, { times: ['08:02', '08:20'] });
  await at.clock.advance(minutes(3));
  expect((await at.events('round.missed')).map(({ data }) => data)).toMatchObject([
    { roundId: 'night', dueAt: rfc3339(Date.UTC(2026, 0, 1, 0, 2)) },
  ]);
  await at.restart(undefined, async () => at.clock.advance(minutes(60)));
  await at.clock.advance(seconds(10));
  expect(await at.events('round.missed')).toHaveLength(2);
  const report = await at.api('GET', `/reports/rounds?from=${rfc3339(Date.UTC(2026, 0, 1))}&to=${rfc3339(Date.UTC(2026, 0, 2))}`);
  expect(report).toMatchObject({ total: { planned: 2, done: 0, missed: 2 } });
});

test.skipIf(!ffmpeg)(
  'who watches a camera stands in the ledger by what the server showed, and the camera is no longer unseen',
  async () => {
    if (!ffmpeg) throw new Error('needs ffmpeg');
    const rtsp = await openRtspSimulator({ '/live': { pictures: await testPictures(ffmpeg) } });
    const media: Media = openMedia({ log: silentLog, now: () => Date.now() });
    onTestFinished(async () => {
      await media.close();
      await rtsp.close();
    });
    await media.ready();
    const at = await openStation({ media: () => media });
    await patrolled(at, { times: ['23:00'] });
    const camera = await openOnvifCamera({ id: 'dome', username: 'ops', password: 'secret', rtsp: rtsp.url('/live') });
    onTestFinished(() => camera.close());
    const settings = { address: camera.address, username: 'ops', password: 'secret' };
    await at.register('camera', 'dome', { driver: 'onvif', siteId: 'hospital', settings });
    const stops = [{ cameraId: 'dome', dwellSeconds: 10 }];
    await at.api('POST', '/rounds', { id: 'live', name: '夜间巡查', stationId: 'central', stops, every: { times: ['23:00'] } });
    const run = await at.api<Run>('POST', '/rounds/live/runs');
    const unseen = async () =>
      (await at.api<{ items: readonly { cameraId: string }[] }>('GET', '/rounds/unseen')).items.map(({ cameraId }) => cameraId);
    expect(await unseen()).toEqual(['dome', 'gate', 'hall']);

    const { url, authorization } = at.http();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/cameras/dome/live?runId=${run.id}`, { headers: { authorization } });
    onTestFinished(() => socket.terminate());
    const views = async () => (await at.api<Views>('GET', '/rounds/ledger?cameraId=dome')).items;
    await at.until(async () => expect(await views()).toMatchObject([{ by: 'admin', runId: run.id }]));
    expect((await views())[0]?.endedAt).toBeUndefined();
    socket.close();
    await at.until(async () => expect((await views())[0]?.endedAt).toBeDefined());
    expect(await unseen()).toEqual(['gate', 'hall']);
  },
);
