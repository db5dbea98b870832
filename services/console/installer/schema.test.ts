import { expect, test } from 'vitest';
import { fieldsOf, withValue } from './schema.ts';

const schema = {
  type: 'object',
  required: ['address'],
  properties: {
    address: { type: 'string', title: 'Address', titleZh: '地址' },
    password: { type: 'string', title: 'Password', titleZh: '密码', secret: true },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    normally: { enum: ['open', 'closed'], enumZh: ['常开', '常闭'], title: 'Rest', description: 'At rest', descriptionZh: '常态' },
    seconds: { type: 'number', unit: 's' },
    inputs: { type: 'array', items: {} },
    watches: { type: 'array' },
  },
};

test('fields in the order of the driver, without what is bound elsewhere, in the language of the page', () => {
  expect(fieldsOf(schema, 'zh')).toEqual([
    { name: 'address', kind: 'text', title: '地址', required: true },
    { name: 'password', kind: 'secret', title: '密码', required: false },
    { name: 'port', kind: 'number', title: 'port', required: false, least: 1, most: 65_535 },
    {
      ...{ name: 'normally', kind: 'choice', title: 'Rest', help: '常态', required: false },
      choices: [
        { value: 'open', label: '常开' },
        { value: 'closed', label: '常闭' },
      ],
    },
    { name: 'seconds', kind: 'number', title: 'seconds', unit: 's', required: false },
    { name: 'inputs', kind: 'json', title: 'inputs', required: false },
  ]);
  expect(fieldsOf(schema, 'en')[3]?.choices?.[0]).toEqual({ value: 'open', label: 'open' });
});

test.each([
  ['text', 'x', { a: 1, b: 'x' }],
  ['an empty text', '', { a: 1 }],
  ['zero, which is a number', 0, { a: 1, b: 0 }],
  ['a box that is not ticked', false, { a: 1 }],
])('%s', (_name, value, expected) => {
  expect(withValue({ a: 1, b: 'y' }, 'b', value)).toEqual(expected);
});
