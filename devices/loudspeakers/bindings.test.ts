import { expect, test } from 'vitest';
import { z } from 'zod';
import type { DriverType } from '../driver.ts';
import { bound } from './bindings.ts';

const seen: unknown[] = [];
const horn: DriverType = {
  ...{ name: 'horn', kind: 'loudspeaker', title: { zh: '', en: '' } },
  settings: z.strictObject({ host: z.string() }) as unknown as DriverType['settings'],
  open: (_give, device) => {
    seen.push(device.settings);
    return {};
  },
  dialect: {
    publishes: (device) => Object.keys(device.settings),
    subscribes: (device) => Object.keys(device.settings),
    decode: (_message, device) => ({ outcome: 'nothing', reason: JSON.stringify(device.settings) }),
  },
};
const settings = { host: 'a', ear: 'eye-1', fallback: 'horn-2' };
const device = { id: 'horn-1', kind: 'loudspeaker', settings } as const;

test.each([
  [settings, true],
  [{ host: 'a' }, true],
  [{ host: 'a', ear: 'Eye 1' }, false],
  [{ ear: 'eye-1' }, false],
  [{ host: 'a', colour: 'red' }, false],
])('settings %j: taken %s', (given, taken) => {
  expect(bound(horn).settings.safeParse(given).success).toBe(taken);
});

test('the driver sees its own settings only, and the same object for the same settings', () => {
  const type = bound(horn);
  type.open(undefined as never, device);
  type.open(undefined as never, device);
  expect(seen[0]).toEqual({ host: 'a' });
  expect(seen[1]).toBe(seen[0]);
  expect(type.dialect?.publishes(device)).toEqual(['host']);
  expect(type.dialect?.decode({ topic: '', payload: new Uint8Array(), retain: false }, device)).toMatchObject({ reason: '{"host":"a"}' });
});

test('other devices have no such settings', () => {
  const key: DriverType = { ...horn, kind: 'key' };
  expect(bound(key)).toBe(key);
});
