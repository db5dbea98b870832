import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { heardFact } from './branch.ts';
import { drivers } from './catalogue.ts';
import type { DriverType, Give } from './driver.ts';
import { erase, SettingsFault } from './erase.ts';

const settings = z.strictObject({ prefix: z.string().default('shellies') });
const typed: DriverType<z.infer<typeof settings>> = {
  name: 'example',
  kind: 'key',
  title: { zh: '例', en: 'Example' },
  settings,
  dialect: {
    publishes: (device) => [`${device.settings.prefix}/#`],
    subscribes: () => [],
    decode: (_message, device) => heardFact({ type: 'press', active: true, data: { prefix: device.settings.prefix } }),
  },
  open: (_give, device) => ({ stop: async () => ({ outcome: 'failed', reason: device.settings.prefix }) }),
};
const give: Give = { now: () => 0, post: async () => ({ outcome: 'sent' }), request: async () => ({ status: 200 }) };
const message = { topic: 'x', payload: new Uint8Array(), retain: false };

describe('an erased driver', () => {
  const erased = erase(typed);

  test('hands checked settings to the driver', async () => {
    const device = { id: 'k1', kind: 'key', settings: {} } as const;
    expect(erased.dialect?.publishes(device)).toEqual(['shellies/#']);
    expect(erased.dialect?.decode(message, device)).toMatchObject({ fact: { data: { prefix: 'shellies' } } });
    expect(await erased.open(give, device).stop?.('b')).toEqual({ outcome: 'failed', reason: 'shellies' });
  });

  test('refuses settings that do not fit, but a key that speaks is still heard', () => {
    const device = { id: 'k1', kind: 'key', settings: { prefix: 7 } } as const;
    expect(() => erased.open(give, device)).toThrow(SettingsFault);
    expect(() => erased.dialect?.publishes(device)).toThrow(/k1 do not fit driver key\/example: prefix/);
    expect(erased.dialect?.decode(message, device)).toMatchObject({ outcome: 'unparsed', reason: expect.stringContaining('prefix') });
  });
});

describe('the catalogue', () => {
  test('has every driver once, found by kind and name', () => {
    const names = drivers.list().map((type) => `${type.kind}/${type.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['key/mqtt', 'camera/mqtt', 'radio/mqtt', 'radio/webhook', 'loudspeaker/mqtt']));
    for (const type of drivers.list()) expect(drivers.find(type.kind, type.name)).toBe(type);
    expect(drivers.find('key', 'webhook')).toBeUndefined();
  });

  test('lets a device of the native dialect publish nothing outside its own branch', () => {
    const stems = { key: 'keys', camera: 'cameras', radio: 'radios', loudspeaker: 'loudspeakers' };
    for (const type of drivers.list().filter(({ name }) => name === 'mqtt')) {
      const device = { id: 'd-1', kind: type.kind, settings: {} };
      const topics = [...(type.dialect?.publishes(device) ?? []), ...(type.dialect?.subscribes(device) ?? [])];
      for (const topic of topics) expect(topic).toMatch(new RegExp(`^${stems[type.kind]}/d-1/[^+]`));
    }
  });

  test('every settings schema can be shown as a form', () => {
    for (const type of drivers.list()) expect(z.toJSONSchema(type.settings, { io: 'input' })).toMatchObject({ type: 'object' });
  });
});
