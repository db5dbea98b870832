import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hours } from './alarm/index.ts';
import { keepClock, setBackSince } from './clock-before.ts';
import { quiet } from './store/testing.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'baiying-clock-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const start = Date.UTC(2026, 10, 22);
const linux = process.platform === 'linux';

test.runIf(linux).each([
  ['as before', 0],
  ['an hour back', hours(1)],
  ['an hour forwards', -hours(1)],
])('on the same machine it is known how far the clock was set: %s', async (_what, back) => {
  await keepClock(data, start, quiet);
  expect(Math.abs((await setBackSince(data, start - back)) as number) - Math.abs(back)).toBeLessThan(2000);
  expect(Math.sign(Math.round(((await setBackSince(data, start - back)) as number) / hours(1)))).toBe(Math.sign(back));
});

test('nothing noted, cut short, or another start of the machine: not known', async () => {
  expect(await setBackSince(data, start)).toBeUndefined();
  await writeFile(join(data, 'clock.json'), '{"at":17');
  expect(await setBackSince(data, start)).toBeUndefined();
  await writeFile(join(data, 'clock.json'), JSON.stringify({ at: start, uptime: 5, boot: 'another' }));
  expect(await setBackSince(data, start)).toBeUndefined();
});

test.runIf(linux)('several that share the folder do not disturb each other, and a folder that is gone ends nobody', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => keepClock(data, start + index, quiet)));
  expect(await setBackSince(data, start)).toBeDefined();
  await keepClock(join(data, 'gone'), start, quiet);
});

test.runIf(linux)('what is noted later takes the place of what stood there', async () => {
  await keepClock(data, start, quiet);
  await keepClock(data, start + hours(2), quiet);
  expect(JSON.parse(await readFile(join(data, 'clock.json'), 'utf8'))).toMatchObject({ at: start + hours(2) });
});
