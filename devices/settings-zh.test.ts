import { expect, test } from 'vitest';
import { z } from 'zod';
import { drivers } from './catalogue.ts';
import { inChinese } from './settings-zh.ts';

/** Words that are the same in both tongues. */
const same = new Set(['DevEUI']);

function* untold(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  const told = schema as Readonly<Record<string, unknown>>;
  for (const name of ['title', 'description'])
    if (typeof told[name] === 'string' && told[name] === told[`${name}Zh`] && !same.has(told[name])) yield told[name];
  for (const part of Object.values(told)) yield* untold(part);
}

test('every setting of every driver is told in Chinese, too', () => {
  const schemas = drivers.list().map(({ settings }) => inChinese(z.toJSONSchema(settings, { io: 'input' })));
  expect([...new Set(schemas.flatMap((schema) => [...untold(schema)]))]).toEqual([]);
});

test('a property called title is no title', () => {
  const schema = { properties: { title: { type: 'string', title: 'Port', enum: ['open', 'x'] } } };
  expect(inChinese(schema)).toEqual({
    properties: { title: { type: 'string', title: 'Port', titleZh: '端口', enum: ['open', 'x'], enumZh: ['常开', 'x'] } },
  });
});
