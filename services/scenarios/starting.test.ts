import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataFolder, patiently, spawnBaiying, startBaiying } from './process.ts';

test('settings with five faults: all five are told, each with its path, and nothing is started', async () => {
  const data = await dataFolder();
  const process = spawnBaiying({
    BAIYING_DATA: data,
    BAIYING_HTTP_PORT: 'eighty',
    BAIYING_MQTT_PORT: '70000',
    BAIYING_LANGUAGE: 'fr',
    BAIYING_ADMIN_PASSWORD: 'short',
    DATABASE_URL: 'mysql://here',
  });
  expect(await process.ended).toBe(2);
  const lines = process.stderr().trim().split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'httpPort / BAIYING_HTTP_PORT',
    'mqttPort / BAIYING_MQTT_PORT',
    'databaseUrl / DATABASE_URL',
    'adminPassword / BAIYING_ADMIN_PASSWORD',
    'language / BAIYING_LANGUAGE',
  ]);
  expect(process.stderr()).not.toContain('short');
  expect(process.stdout()).toBe('');
});

test.each([
  [['--role', 'cook'], /--role cook: must be one of all, broker, pipeline, dispatch/],
  [['--demoo'], /--demoo/],
])('arguments that are not known are refused: %j', async (args, said) => {
  const process = spawnBaiying({ BAIYING_DATA: await dataFolder() }, args);
  expect(await process.ended).toBe(2);
  expect(process.stderr()).toMatch(said);
});

test.each([['BAIYING_HTTP_PORT'], ['BAIYING_MQTT_PORT']])(
  '%s is taken: one clear line, exit 1, and PostgreSQL is not left behind',
  async (name) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const data = await dataFolder();
    const process = spawnBaiying({ BAIYING_DATA: data, [name]: String(port) });
    expect(await process.ended).toBe(1);
    expect(process.stderr().split('\n')).toContain(`port ${port} is taken: stop what uses it, or set another port (0 takes a free one)`);
    expect(process.log().map(({ msg }) => msg)).toEqual([expect.stringContaining('newest form'), 'Baiying could not start']);
    await expect(readFile(join(data, 'postgres/postmaster.pid'))).rejects.toThrow('ENOENT');
  },
);

test('a database that is not up yet is waited for, the wait is told without the password, and a stop ends it', async () => {
  const process = spawnBaiying({ BAIYING_DATA: await dataFolder(), DATABASE_URL: 'postgres://baiying:hunter2@127.0.0.1:1/baiying' });
  await patiently(() => expect(process.stderr()).toContain('waiting for PostgreSQL at 127.0.0.1:1 (ECONNREFUSED); giving up in 60 s\n'));
  process.signal('SIGTERM');
  expect(await process.ended).toBe(0);
  expect(process.stderr()).not.toContain('hunter2');
});

test('a stop while it is still starting ends with 0 and leaves no PostgreSQL behind', async () => {
  const data = await dataFolder();
  const process = spawnBaiying({ BAIYING_DATA: data });
  const pidFile = join(data, 'postgres/postmaster.pid');
  await patiently(() => readFile(pidFile));
  process.signal('SIGTERM');
  expect(await process.ended).toBe(0);
  await expect(readFile(pidFile)).rejects.toThrow('ENOENT');
});

test('a PostgreSQL that does not stop in time does not hold up the stop, and the next start takes over', async () => {
  const data = await dataFolder();
  const first = await startBaiying({ BAIYING_DATA: data });
  const postmaster = Number((await readFile(join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(postmaster, 'SIGSTOP');
  const thaw = () => {
    if (postmaster > 0) process.kill(postmaster, 'SIGCONT');
  };
  first.signal('SIGTERM');
  expect(await first.ended.finally(thaw)).toBe(0);
  expect(first.log().map(({ msg }) => msg)).toContainEqual(expect.stringContaining('the stop took too long and was cut short'));
  await startBaiying({ BAIYING_DATA: data });
});
