import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { adminPassword, bankWithKeys, dataFolder, signInTo, startBaiying } from '../../services/scenarios/process.ts';
import { openStore } from '../../services/store/connect.ts';
import { embeddedStanding } from '../../services/store/embedded.ts';
import { quiet } from '../../services/store/testing.ts';

const command = resolve(import.meta.dirname, '../baiying.mjs');

async function baiying(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

test('evidence is taken from a running station and checked where there is none; what was cut off the record is found by the heads', async () => {
  const data = await dataFolder();
  const env = { BAIYING_DATA: data, BAIYING_HTTP_PORT: '0', BAIYING_MQTT_PORT: '0' };
  const running = await startBaiying(env);
  const api = await signInTo(running.http);
  const { keys } = await bankWithKeys(running, api, 1);
  await keys[0]?.press();
  const incident = await vi.waitFor(
    async () => {
      const { items } = await api<{ items: { id: string; number: number }[] }>('GET', '/incidents');
      expect(items).toHaveLength(1);
      return items[0] as (typeof items)[number];
    },
    { timeout: 20_000 },
  );
  const { token } = await api<{ token: string }>('POST', '/sessions', { username: 'admin', password: adminPassword });
  const answer = await fetch(`${running.http}/api/v1/incidents/${incident.id}/evidence`, { headers: { authorization: `Bearer ${token}` } });
  const [file, changed] = [join(data, 'bundle.zip'), join(data, 'changed.zip')];
  const bytes = Buffer.from(await answer.arrayBuffer());
  await writeFile(file, bytes);
  bytes.writeUInt8(bytes.readUInt8(bytes.indexOf('"kind"')) ^ 1, bytes.indexOf('"kind"'));
  await writeFile(changed, bytes);
  const { keys: published } = (await (await fetch(`${running.http}/api/v1/signing-keys`)).json()) as { keys: { kid: string }[] };
  const kid = published[0]?.kid ?? '';

  const good = await baiying(['verify', file, '--key', kid]);
  expect([good.code, good.err]).toEqual([0, '']);
  expect(good.out).toContain(`signed with the key that was asked for, ${kid}\n${file}: Intact: nothing was changed\n`);
  const bad = await baiying(['verify', changed, '--json']);
  expect([bad.code, JSON.parse(bad.out)]).toMatchObject([1, { good: false, faults: [{ code: 'part-changed', path: 'incident.json' }] }]);
  const zh = await baiying(['verify', file, '--key', 'A'.repeat(43), '--lang', 'zh']);
  expect([zh.code, zh.out.split('\n')[0]]).toEqual([1, '异常  不是由指定的密钥签名']);
  expect(await baiying(['verify', join(data, 'none.zip')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no such file'),
  });

  const noted = await vi.waitFor(
    async () => {
      const text = await readFile(join(data, 'heads.jsonl'), 'utf8');
      return (JSON.parse(text.split('\n')[0] ?? '') as { note: { audit: { seq: number } } }).note.audit.seq;
    },
    { timeout: 20_000 },
  );
  const standing = await embeddedStanding(data);
  if (standing.state !== 'running') throw new Error(`the record is ${standing.state}`);
  const store = await openStore({ connection: standing.connection, log: quiet });
  await store.desk.deleteFrom('audit').where('seq', '>=', String(noted)).execute();
  await store.close();
  const cut = await baiying(['verify'], env);
  expect([cut.code, cut.out.split('\n')[0]]).toEqual([
    1,
    expect.stringMatching(new RegExp(`^BROKEN {2}audit trail: ${noted} to ${noted} were cut off; they were there at `)),
  ]);
});
