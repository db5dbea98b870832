import { expect, onTestFinished, test, vi } from 'vitest';
import { type Powers, Trouble } from '../../../devices/driver.ts';
import { seconds } from '../../alarm/index.ts';
import { manualClock } from '../../scenarios/manual-clock.ts';
import type { Device, Register } from '../../store/register-view.ts';
import { quiet } from '../../store/testing.ts';
import { lookFirst } from './first-look.ts';

const device = (id: string, kind: 'camera' | 'key', siteId: string): Device => ({
  ...{ id, kind, driver: 'onvif', name: id, settings: {}, exercise: false },
  siteId,
});

/** A bank with a key, its cameras, and one in a park where nobody presses. Pictures come when the test says so. */
function bank(...ids: readonly string[]) {
  const clock = manualClock();
  const devices = [device('key', 'key', 'bank'), ...ids.map((id) => device(id, 'camera', 'bank')), device('tree', 'camera', 'park')];
  const register = {
    device: (id: string) => devices.find((one) => one.id === id),
    devicesAtSite: (siteId: string) => devices.filter((one) => one.siteId === siteId),
    cameras: () => devices.filter(({ kind }) => kind === 'camera'),
  } as unknown as Register;
  const asked: { readonly id: string; readonly signal: AbortSignal; readonly done: (trouble?: Trouble) => void }[] = [];
  const powers = (id: string): Powers => ({
    snapshot: (signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      signal.addEventListener('abort', () => reject(signal.reason));
      asked.push({ id, signal, done: (trouble) => (trouble ? reject(trouble) : resolve(new Uint8Array())) });
      return promise;
    },
  });
  const looks = lookFirst({ clock, log: quiet, register, cameras: { powers } });
  onTestFinished(() => looks.close());
  const until = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count), { timeout: 20_000 });
  return { clock, devices, asked, looks, until };
}

test('each camera that a press would call up gives one picture, two at a time, whether it can or not', async () => {
  const at = bank('a', 'b', 'c');
  await at.clock.advance(0);
  expect(at.asked.map(({ id }) => id)).toEqual(['a', 'b']);
  at.asked[0]?.done(new Trouble('refused', 'user name or password not taken'));
  await at.until(3);
  for (const { done } of at.asked) done();
  await at.clock.advance(seconds(60));
  expect(at.asked.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('a camera that is new, or was changed, is looked at soon', async () => {
  const at = bank('a');
  await at.clock.advance(0);
  at.asked[0]?.done();
  at.devices.push(device('b', 'camera', 'bank'));
  at.devices[1] = device('a', 'camera', 'bank');
  await vi.waitFor(
    async () => {
      await at.clock.advance(seconds(5));
      expect(at.asked.map(({ id }) => id)).toEqual(['a', 'a', 'b']);
    },
    { timeout: 20_000 },
  );
});

test('the end waits for no camera', async () => {
  const at = bank('a', 'b', 'c');
  await at.clock.advance(0);
  await at.looks.close();
  expect(at.asked.map(({ id, signal }) => [id, signal.aborted])).toEqual([
    ['a', true],
    ['b', true],
  ]);
});
