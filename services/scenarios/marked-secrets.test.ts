import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { openOnvifCamera } from '../../devices/cameras/onvif/simulator.ts';
import { openRtspSimulator } from '../../devices/media/rtsp-simulator.ts';
import { ffmpegHere, testPictures } from '../../devices/media/testing.ts';
import { adminPassword, type Baiying, bankWithKeys, dataFolder, patiently, signInTo, startBaiying } from './process.ts';

const ffmpeg = await ffmpegHere();
/** As it was typed, and as it travels in addresses and headers. */
const marker = 'marked-3f9c1e77-a-secret';
const forms = [marker, Buffer.from(marker).toString('base64').slice(0, -2), Buffer.from(`ops:${marker}`).toString('base64').slice(4, -2)];
const found = (bytes: Buffer): string[] => forms.filter((form) => bytes.includes(form));

/** Processes that this one started, and theirs. */
function descendants(of: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent) }];
      } catch (error) {
        // It ended while we looked.
        if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code))) return [];
        throw error;
      }
    });
  const below = (pid: number): number[] =>
    parents.filter(({ parent }) => parent === pid).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(of);
}

/** What anybody on the machine may read of the running processes. */
async function commandLines(pid: number): Promise<Buffer[]> {
  const lines = [pid, ...descendants(pid)].map((each) => readFile(`/proc/${each}/cmdline`).catch(() => Buffer.alloc(0)));
  return Promise.all(lines);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Looks through the camera, which starts what shows its stream, and answers what the processes then show of themselves. */
async function whileWatched(at: Baiying): Promise<Buffer[]> {
  const { token } = (await (
    await fetch(`${at.http}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: adminPassword }),
    })
  ).json()) as { token: string };
  const authorization = `Bearer ${token}`;
  const still = await fetch(`${at.http}/api/v1/cameras/gate/snapshot`, { headers: { authorization } });
  expect([still.status, still.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const socket = new WebSocket(`${at.http.replace('http', 'ws')}/api/v1/cameras/gate/live`, { headers: { authorization } });
  let pictures = 0;
  socket.on('message', (_data, binary) => {
    if (binary) pictures += 1;
  });
  await patiently(() => expect(pictures).toBeGreaterThan(3));
  const lines = await commandLines(at.pid);
  socket.terminate();
  return lines;
}

test.skipIf(!ffmpeg || process.platform !== 'linux')(
  'a password of a camera and a secret of a radio: in no file of the record, no line of the log, no command line, no answer',
  async () => {
    if (!ffmpeg) throw new Error('needs ffmpeg');
    const credentials = { username: 'ops', password: marker };
    const rtsp = await openRtspSimulator({ '/live': { pictures: await testPictures(ffmpeg), credentials } });
    const camera = await openOnvifCamera({ id: 'gate', ...credentials, rtsp: rtsp.url('/live') });
    onTestFinished(async () => {
      await camera.close();
      await rtsp.close();
    });
    const data = await dataFolder();
    const at = await startBaiying({ BAIYING_DATA: data, BAIYING_LOG_LEVEL: 'debug' });
    const api = await signInTo(at.http);
    await bankWithKeys(at, api, 1);
    const settings = { address: camera.address, ...credentials };
    const made = [
      { id: 'gate', kind: 'camera', driver: 'onvif', name: 'canary-in-the-record', siteId: 'bank', settings },
      { id: 'wrong', kind: 'camera', driver: 'onvif', name: 'wrong', settings: { ...settings, address: 'http://127.0.0.1:9/' } },
      {
        ...{ id: 'hook', kind: 'radio', driver: 'webhook', name: 'hook' },
        settings: { url: 'https://gateway.example/', secret: `whsec_${Buffer.from(marker).toString('base64')}` },
      },
    ];
    const answers: unknown[] = [];
    for (const body of made) answers.push(await api('POST', '/devices', body));
    answers.push(await api('POST', '/devices/try', { kind: 'camera', driver: 'onvif', settings }));
    answers.push(await api('GET', '/devices'), await api('GET', '/devices/gate/doctor'), await api('GET', '/audit'));
    // The answer to this one shows the secret, once.
    await api('POST', '/webhooks', { url: 'https://example.com/', secret: `whsec_${Buffer.from(marker).toString('base64')}` });
    answers.push(await api('GET', '/webhooks'));
    expect(found(Buffer.from(JSON.stringify(answers)))).toEqual([]);

    const lines = await whileWatched(at);
    expect(lines.some((line) => line.includes('ffmpeg'))).toBe(true);
    expect(lines.flatMap(found)).toEqual([]);

    at.signal('SIGTERM');
    await at.ended;
    expect(at.stderr()).toContain('"level":20');
    expect(found(Buffer.from(at.stderr() + at.stdout()))).toEqual([]);
    // The whole folder: tables, queue, what the server has not yet tidied away, pictures.
    const files = await filesBelow(data);
    const hits: string[] = [];
    let canary = 0;
    for (const file of files) {
      const bytes = await readFile(file);
      if (found(bytes).length > 0) hits.push(file);
      if (bytes.includes('canary-in-the-record')) canary += 1;
    }
    expect(canary).toBeGreaterThan(0);
    expect(hits).toEqual([]);
  },
);
