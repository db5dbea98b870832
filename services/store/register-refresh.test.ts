import { expect, test } from 'vitest';
import { refresher } from './register-refresh.ts';

/** A reading that ends when the test says so. */
function readings() {
  const begun: { ids: unknown; end: (error?: Error) => void }[] = [];
  const read = (ids: ReadonlyMap<string, readonly string[]> | undefined) =>
    new Promise<void>((resolve, reject) =>
      begun.push({ ids: ids && Object.fromEntries(ids), end: (error) => (error ? reject(error) : resolve()) }),
    );
  return { begun, refresh: refresher(read) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('news that comes during a reading waits for the next one, and shares it', async () => {
  const { begun, refresh } = readings();
  const done: string[] = [];
  const first = refresh(['devices:k1']).then(() => done.push('first'));
  await settled();
  const second = refresh(['devices:k1', 'units:u1']).then(() => done.push('second'));
  const third = refresh(['devices:k2']).then(() => done.push('third'));
  await settled();
  expect(begun.map(({ ids }) => ids)).toEqual([{ devices: ['k1'] }]);
  begun[0]?.end();
  await first;
  await settled();
  expect([begun[1]?.ids, done]).toEqual([{ devices: ['k1', 'k2'], units: ['u1'] }, ['first']]);
  begun[1]?.end();
  await Promise.all([second, third]);
  expect(begun).toHaveLength(2);
});

test('what could not be read is told to who waits, and read with the next news', async () => {
  const { begun, refresh } = readings();
  const failed = expect(refresh(['devices:k1'])).rejects.toThrow('away');
  await settled();
  begun[0]?.end(new Error('away'));
  await failed;
  const next = refresh(['sites:s1']);
  await settled();
  expect(begun[1]?.ids).toEqual({ sites: ['s1'], devices: ['k1'] });
  begun[1]?.end();
  await next;
});

test('`all` reads everything, and news of no known shelf reads nothing', async () => {
  const { begun, refresh } = readings();
  const everything = refresh(['devices:k1', 'all']);
  await settled();
  begun[0]?.end();
  await everything;
  const strange = refresh(['nonsense', 'cups:1']);
  await settled();
  begun[1]?.end();
  await strange;
  expect(begun.map(({ ids }) => ids)).toEqual([undefined, {}]);
});
