import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contained, matches, wellFormed, wellFormedFilter, within } from './topics.ts';

describe('topics that may be published', () => {
  test.each([
    ['keys/k1/event', true],
    ['shellies/büro/input', true],
    ['', false],
    ['/keys', false],
    ['keys//event', false],
    ['keys/k1/', false],
    ['$SYS/x/new/clients', false],
    ['keys/+/event', false],
    ['keys/#', false],
    ['keys/a\u0000b/event', false],
    ['keys/\ufffd/event', false],
    [`keys/${'a'.repeat(512)}`, false],
  ])('%j: %s', (topic, expected) => expect(wellFormed(topic)).toBe(expected));
});

describe('filters that may be subscribed', () => {
  test.each([
    ['keys/k1/#', true],
    ['keys/+/event', true],
    ['#', true],
    ['a#', false],
    ['a/#/b', false],
    ['a+', false],
    ['+a/b', false],
    ['$share/group/keys/k1/event', false],
    ['$SYS/#', false],
  ])('%j: %s', (filter, expected) => expect(wellFormedFilter(filter)).toBe(expected));
});

describe('a filter lies within a grant only when every topic it matches does', () => {
  test.each([
    ['radios/r1/order', ['radios/r1/#'], true],
    ['radios/r1/#', ['radios/r1/#'], true],
    ['radios/r1/+', ['radios/r1/#'], true],
    ['radios/+/order', ['radios/r1/#'], false],
    ['radios/#', ['radios/r1/#'], false],
    ['#', ['radios/r1/#'], false],
    ['+/r1/order', ['radios/r1/#'], false],
    ['radios/r11/order', ['radios/r1/#'], false],
    ['radios/r1', ['radios/r1/#'], false],
    ['radios/r1/order', ['radios/r1/order'], true],
    ['radios/r1/+', ['radios/r1/order'], false],
  ])('%j in %j: %s', (filter, grants, expected) => expect(contained(filter, grants)).toBe(expected));

  const name = fc.constantFrom('a', 'b', 'c');
  const names = ['a', 'b', 'c'];
  const deeper = (topics: readonly string[]) => topics.flatMap((topic) => names.map((last) => `${topic}/${last}`));
  const topics = [names, deeper(names), deeper(deeper(names)), deeper(deeper(deeper(names)))].flat();
  const filter = fc
    .tuple(fc.array(fc.oneof(name, fc.constant('+')), { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([names, open]) => [...names, ...(open ? ['#'] : [])].join('/'));
  const grant = fc
    .tuple(fc.array(name, { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([names, open]) => names.join('/') + (open ? '/#' : ''));

  test('against naive enumeration: a contained filter matches no topic outside its grants', () => {
    fc.assert(
      fc.property(filter, fc.array(grant, { minLength: 1, maxLength: 3 }), (asked, grants) => {
        const escaped = topics.filter(
          (topic) => matches(topic, asked) && !grants.some((given) => within(topic, given) || `${topic}/#` === given),
        );
        if (contained(asked, grants)) expect(escaped).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('matching (MQTT 3.1.1, 4.7)', () => {
  test.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/+', true],
    ['a/b/c', 'a/+', false],
    ['a', 'a/#', true],
    ['a/b/c', 'a/#', true],
    ['a/b', '+/+', true],
    ['a', '+/+', false],
    ['a/b', 'a/b/c', false],
  ])('%j against %j: %s', (topic, filter, expected) => expect(matches(topic, filter)).toBe(expected));
});
