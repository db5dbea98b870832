import { execPath } from 'node:process';
import { describe, expect, it } from 'vitest';
import { Trouble } from '../driver.ts';
import { openQueue, redact, runningCount, runOnce, start } from './run.ts';

const node = (code: string): [string, string[]] => [execPath, ['-e', code]];
const bounds = { largest: 1000, milliseconds: 15_000 };

describe('a process', () => {
  it('gives its output, made of its input', async () => {
    const out = await runOnce(...node('process.stdin.on("data", d => process.stdout.write(String(d).toUpperCase()))'), {
      ...bounds,
      input: Buffer.from('abc'),
    });
    expect(out.toString()).toBe('ABC');
  });

  it.each([
    [
      'fails',
      'console.error("first"); console.error("no such stream"); process.exit(3)',
      {},
      { code: 'garbled', message: 'no such stream' },
    ],
    ['gives too much', 'process.stdout.write("x".repeat(5000)); setInterval(() => 0, 1000)', {}, { code: 'garbled' }],
    ['does not end', 'setInterval(() => 0, 1000)', { milliseconds: 50 }, { code: 'silent' }],
    ['heeds no SIGTERM', 'process.on("SIGTERM", () => 0); setInterval(() => 0, 1000)', { milliseconds: 300 }, { code: 'silent' }],
  ])('that %s is trouble, and is gone', async (_, code, more, trouble) => {
    await expect(runOnce(...node(code), { ...bounds, ...more })).rejects.toMatchObject(trouble);
    expect(runningCount()).toBe(0);
  });

  it('that cannot be started is trouble', async () => {
    await expect(runOnce('/nowhere/ffmpeg', [], bounds)).rejects.toBeInstanceOf(Trouble);
  });

  it('ends when nobody wants it any more', async () => {
    const stop = new AbortController();
    const running = runOnce(...node('setInterval(() => 0, 1000)'), { ...bounds, signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(runningCount()).toBe(0);
  });

  it('says its last words, without addresses and passwords', async () => {
    const { ended } = start(
      ...node('process.stderr.write("x".repeat(9000) + "\\nrtsp://u:s3cret@10.0.0.1/a failed; password=s3cret\\u001b[31m\\n")'),
    );
    const { said } = await ended;
    expect(said.length).toBeLessThanOrEqual(4096);
    expect(said).toMatch(/\(address\) failed; password=\(hidden\)/);
    expect(said).not.toMatch(/s3cret|\u001b/);
  });

  it('is not given what is no argument', () => {
    expect(() => start(execPath, [Number.NaN])).toThrow(Trouble);
    expect(() => start(execPath, ['a\0b'])).toThrow(Trouble);
  });
});

it.each([
  ['rtsp://127.0.0.1:5/abc: Connection refused', '(address): Connection refused'],
  ['Authorization: Digest', 'Authorization: (hidden)'],
  ['two\nlines', 'two\nlines'],
])('%j is logged as %j', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

describe('the queue', () => {
  it('runs so many at once, the others in order, and refuses beyond', async () => {
    const queue = openQueue(2, 2);
    const order: string[] = [];
    const gates = new Map<string, () => void>();
    const job = (name: string): Promise<void> =>
      queue(
        () =>
          new Promise((resolve) => {
            order.push(name);
            gates.set(name, resolve);
          }),
      );
    const all = ['a', 'b', 'c', 'd'].map(job);
    await expect(job('e')).rejects.toMatchObject({ code: 'busy' });
    expect(order).toEqual(['a', 'b']);
    gates.get('b')?.();
    await all[1];
    await new Promise(setImmediate);
    expect(order).toEqual(['a', 'b', 'c']);
    gates.get('a')?.();
    await all[0];
    await new Promise(setImmediate);
    for (const name of ['c', 'd']) gates.get(name)?.();
    await Promise.all(all);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('forgets who no longer waits', async () => {
    const queue = openQueue(1, 5);
    let open = (): void => undefined;
    const first = queue(() => new Promise<void>((resolve) => (open = resolve)));
    const leave = new AbortController();
    const second = queue(() => Promise.resolve('second'), leave.signal);
    const third = queue(() => Promise.resolve('third'));
    leave.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    open();
    await first;
    expect(await third).toBe('third');
  });
});
