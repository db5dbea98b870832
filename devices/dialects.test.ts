import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from './catalogue.ts';
import type { DeviceKind, Fact } from './driver.ts';

/** Whatever a device, a bridge or a bad line may send: every dialect hears it without falling over, and the record can keep what it heard. */

const folders: Readonly<Record<DeviceKind, string>> = {
  key: 'alarm-keys',
  camera: 'cameras',
  radio: 'radios',
  loudspeaker: 'loudspeakers',
};
const fixture = z.object({
  settings: z.record(z.string(), z.unknown()),
  messages: z.array(z.object({ topic: z.string(), payload: z.union([z.string(), z.record(z.string(), z.unknown())]) })),
});

/** What models of the driver are known to say. */
function samplesOf({ kind, name }: { readonly kind: DeviceKind; readonly name: string }) {
  const folder = new URL(`${folders[kind]}/${name}/fixtures/`, import.meta.url);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return files.flatMap((file) => {
    const read = fixture.safeParse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    return read.success ? [read.data] : [];
  });
}

/** Settings of those without samples. */
const bare: Readonly<Record<string, Record<string, unknown>>> = {
  'key bridge': { topic: 'zigbee2mqtt' },
  'camera onvif': { address: 'http://192.0.2.7' },
};

const bytes = (payload: unknown) => new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
const anything = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json({ stringUnit: 'binary', maxDepth: 3 }).map(bytes),
  fc.string({ unit: 'binary' }).map(bytes),
);
/** A real message with some bytes cut out, changed or said twice. */
const damaged = (payload: Uint8Array) =>
  fc
    .tuple(fc.nat(payload.length), fc.nat(payload.length), fc.uint8Array({ maxLength: 8 }))
    .map(([from, to, put]) => Uint8Array.from([...payload.subarray(0, from), ...put, ...payload.subarray(to)]));

function mustBeStorable(fact: Fact): void {
  const text = JSON.stringify(fact);
  expect(text).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
  if (fact.at !== undefined) expect(Number.isFinite(fact.at)).toBe(true);
}

const speaking = catalogue.flatMap((type) => (type.dialect ? [{ ...type, dialect: type.dialect }] : []));

describe('no bytes make a dialect throw, or tell what the record cannot keep', () => {
  test.each(speaking.map((type) => ({ name: `${type.kind} ${type.name}`, type })))('$name', ({ type }) => {
    const samples = samplesOf(type);
    const messages = samples.flatMap(({ settings, messages: said }) => said.map((message) => ({ settings, ...message })));
    const settings = bare[`${type.kind} ${type.name}`] ?? {};
    const known = [...messages, ...(messages.length === 0 ? [{ settings, topic: `${type.kind}s/k1/event`, payload: '{}' }] : [])];
    const message = fc
      .constantFrom(...known)
      .chain((one) => fc.record({ one: fc.constant(one), payload: fc.oneof(anything, damaged(bytes(one.payload))), retain: fc.boolean() }));
    fc.assert(
      fc.property(message, ({ one, payload, retain }) => {
        const device = { id: 'k1', kind: type.kind, settings: type.settings.parse(one.settings) };
        const heard = type.dialect.decode({ topic: one.topic, payload, retain }, device);
        const facts = heard.outcome === 'fact' ? [heard.fact] : heard.outcome === 'facts' ? heard.facts : [];
        for (const fact of facts) {
          mustBeStorable(fact);
          if (fact.mark) type.dialect.judge?.({ ...fact, mark: fact.mark }, undefined, device);
        }
      }),
      { numRuns: 400 },
    );
  });
});
