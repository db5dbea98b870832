import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Broker } from '../../services/broker/main.ts';
import { manualClock } from '../../services/scenarios/manual-clock.ts';
import type { Store } from '../../services/store/connect.ts';
import { idsOnShelf, rowsOf } from '../../services/store/register.ts';
import { insertShelf } from '../../services/store/register-write.ts';
import { freshStore, quiet } from '../../services/store/testing.ts';
import { startCounty } from './county.ts';
import { keep, operatorKey, recall, renewSecrets, secretsFile } from './secrets.ts';

const clock = manualClock();
/** Nobody listens there: these tests end before a device connects. */
const broker = { ports: { mqtt: 1 } } as Broker;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'baiying-demo-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function start(store: Store, running: { broker?: Broker }, data: string) {
  const lines: string[] = [];
  const county = startCounty({
    http: 'http://127.0.0.1:1',
    running,
    store,
    clock,
    settings: { data, bind: '127.0.0.1' },
    log: quiet,
    print: (line) => lines.push(line),
  });
  return { county, lines };
}

test("a record with people's own stations is refused in one line and left as it is", async () => {
  const store = await freshStore();
  await insertShelf(store, 'stations', 'central', { name: 'Central' }, { by: 'test', at: clock.now() });
  const { county, lines } = await start(store, { broker }, await folder());
  await county.alive;
  expect(lines).toEqual([expect.stringMatching(/^demo: not started: the record already holds stations of its own \(Central\)/)]);
  expect(await rowsOf(store.desk, 'stations')).toHaveLength(1);
  await county.stop();
});

test('a process without a broker refuses in one line', async () => {
  const { county, lines } = await start(await freshStore(), {}, await folder());
  await county.alive;
  expect(lines).toEqual([expect.stringContaining('has no broker')]);
});

test('a stop ends the registration between two rows', async () => {
  const store = await freshStore();
  const { county, lines } = await start(store, { broker }, await folder());
  await county.stop();
  await county.alive;
  expect(lines.some((line) => line.includes('alive'))).toBe(false);
  expect((await rowsOf(store.desk, 'devices')).length).toBe(0);
});

test('secrets are kept for the owner alone and come back as they were', async () => {
  const path = secretsFile(await folder());
  expect(await recall(path)).toEqual({ seed: 1, devices: {} });
  const value = { seed: 7, operatorKey: 'key', devices: { 'demo-key-001': 'secret' } };
  await keep(path, value);
  expect(await recall(path)).toEqual(value);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toContain('"seed": 7');
  await writeFile(path, 'no JSON');
  await expect(recall(path)).rejects.toThrow(path);
});

test('a key that could not be kept is none that the record knows', async () => {
  const store = await freshStore();
  const full = () => Promise.reject(new Error('no space left'));
  await expect(operatorKey(store, { seed: 1, devices: {} }, clock.now(), full)).rejects.toThrow('no space left');
  expect(await store.desk.selectFrom('api_keys').select('id').execute()).toEqual([]);
});

test('the operator keeps its key while the record takes it, and devices get another secret when theirs is lost', async () => {
  const store = await freshStore();
  const kept: string[] = [];
  const keyOf = (known: { operatorKey?: string }) =>
    operatorKey(store, { seed: 1, devices: {}, ...known }, clock.now(), async (key) => void kept.push(key));
  const key = await keyOf({});
  expect(await keyOf({ operatorKey: key })).toBe(key);
  const other = await keyOf({ operatorKey: 'unknown' });
  expect(kept).toEqual([key, key, other]);
  expect(other).not.toBe(key);

  await insertShelf(
    store,
    'devices',
    'demo-key-001',
    { kind: 'key', driver: 'mqtt', name: 'key' },
    { by: 'test', at: clock.now() },
    'none',
  );
  expect((await idsOnShelf(store.desk, 'devices', ['demo-key-001'])).size).toBe(1);
  const secrets = new Map([['demo-key-001', 'secret']]);
  expect(await renewSecrets(store, secrets, () => clock.now())).toBe(1);
  expect(await renewSecrets(store, secrets, () => clock.now())).toBe(0);
});
