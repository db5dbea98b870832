import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { tortureAll } from './all.ts';
import { Absent } from './bench.ts';
import { openBadLine } from './proxy.ts';
import { judged, type Row } from './row.ts';
import { rows } from './table.ts';

test('every fault of the table is there once, with what was promised', () => {
  const numbers = rows.map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: 35 }, (_unused, index) => index + 1));
  for (const { bound, how } of rows) expect(bound.length * how.length).toBeGreaterThan(0);
});

test('a row holds when each of its figures is within its bound and no promise is broken', () => {
  expect(judged([['5 ms', true]])).toEqual({ figure: '5 ms', broken: [], late: [] });
  const found = judged(
    [
      ['5 ms', true],
      ['9 s', false, 'timed'],
      ['nothing told', false],
    ],
    ['lost'],
  );
  expect(found.late).toEqual(['out of bound: 9 s']);
  expect(found.broken).toEqual(['out of bound: nothing told', 'lost']);
});

test('what cannot be made is not run, what throws has failed, and neither ends the others', async () => {
  const row = (number: number, run: Row['run']): Row => ({ number, title: 't', bound: 'b', how: 'h', run });
  const fails = () => Promise.reject(new Error('no luck'));
  const outcomes = await tortureAll(
    [
      row(1, { not: 'needs root' }),
      row(2, () => Promise.reject(new Absent('no redis-server'))),
      row(3, fails),
      row(4, async (bench) => {
        bench.defer(fails);
        return judged([['9 s', false, 'timed']]);
      }),
    ],
    { seed: 1, bounds: 'told' },
  );
  expect(outcomes.map(({ verdict }) => verdict)).toEqual(['not run', 'not run', 'failed', 'passed']);
  expect(outcomes[2]?.broken).toEqual(['no luck']);
});

test('a bad line cuts into bytes, and swallows', async () => {
  const echo = createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  onTestFinished(() => void echo.close());
  const line = await openBadLine(`mqtt://127.0.0.1:${(echo.address() as AddressInfo).port}`);
  onTestFinished(line.close);
  line.slices = 1;
  const socket = connect(Number(new URL(line.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const heard: string[] = [];
  socket.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  socket.write('alarm');
  await expect.poll(() => heard.join('')).toBe('alarm');
  line.swallows = true;
  socket.write('never');
  await expect.poll(() => line.swallowed).toBe(5);
  line.swallows = false;
  socket.write('!');
  await expect.poll(() => heard.join('')).toBe('alarm!');
});
