import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { expect, onTestFinished, test, vi } from 'vitest';
import { interopPage } from './page.ts';
import { held, type Result } from './result.ts';
import { withoutConfiguration } from './suites.ts';
import { openWideEar } from './wide-ear.ts';

const result = (test: string, passed: boolean): Result => ({ suite: 'mosquitto', test, passed, why: passed ? '' : 'it says so' });

test('a test may fail only for a reason that the page gives, and a run without tests has shown nothing', () => {
  expect(held([result('a.py', true), result('02-subpub-qos2.py', false)])).toBe(true);
  expect(held([result('a.py', false)])).toBe(false);
  expect(held([])).toBe(false);
  expect(interopPage({ results: [result('a.py', true), result('b.py', false)], versions: { paho: 'p', mosquitto: 'm' } })).toContain(
    '1 of 2 passed (m)',
  );
});

test('of the files, those that start a broker with a port alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baiying-interop-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = {
    '01-plain.py': 'start_broker(port=port)',
    '02-own-file.py': 'start_broker(port=port)',
    '02-own-file.conf': '',
    '03-writes.py': 'write_config(); start_broker(port=port)',
    '04-client.py': 'nothing',
    'helper.py': 'start_broker(port=port)',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  expect(await withoutConfiguration(folder)).toEqual(['01-plain.py']);
});

test('the wide ear lets anybody say and hear, also an empty level, but not what is no name at all', async () => {
  const ear = await openWideEar(0);
  onTestFinished(ear.close);
  const url = `mqtt://127.0.0.1:${ear.port}`;
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  const heard: string[] = [];
  client.on('message', (topic) => heard.push(topic));
  await client.subscribeAsync('#', { qos: 1 });
  await client.publishAsync('/a//b', 'x', { qos: 1 });
  await vi.waitFor(() => expect(heard).toEqual(['/a//b']), { timeout: 20_000 });
  await expect(client.subscribeAsync('test/nosubscribe')).rejects.toThrow('Subscribe error');
});
