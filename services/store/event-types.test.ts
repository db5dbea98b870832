import { expect, test } from 'vitest';
import { eventTypes, neverTold, passingTypes, wants } from './event-types.ts';

test.each([
  [['*'], true],
  [['incident'], true],
  [['incident.opened'], true],
  [['baiying.incident.'], true],
  [['order', 'incident.opened.v1'], true],
  [['order'], false],
  [['opened'], false],
  [[], false],
])('types %j want baiying.incident.opened.v1: %s', (types, wanted) => {
  expect(wants(types, 'baiying.incident.opened.v1')).toBe(wanted);
});

test.each(['*', 'incident.', 'baiying.order.delivered.v1', 'camera.fault', 'device'])('%s is told', (prefix) => {
  expect(neverTold(prefix, eventTypes)).toBeUndefined();
});

test.each(['', 'incidents.opened', 'opened', 'incident.opened.v2', 'unit.moved', 'Incident.'])('%j is never told', (prefix) => {
  expect(neverTold(prefix, eventTypes)).toMatch(/use \* or the start of one: incident\., order\., broadcast\./);
});

test('what passes may be asked for where it is told', () => {
  expect(neverTold('unit.moved', passingTypes)).toBeUndefined();
});
