import { expect, test } from 'vitest';
import type { OpenIncident } from '../../store/map.ts';
import { camerasBy, sitesOf } from './state.ts';

const incident = (kind: string, siteId = 's'): OpenIncident => ({
  ...{ id: 'i', number: 1, kind, priority: 1, state: 'open', silent: false, exercise: false, siteId, openedAt: '2026-11-22T00:00:00.000Z' },
});

test.each([
  ['emergency', 'alarm'],
  ['duress', 'alarm'],
  ['unparsed', 'alarm'],
  ['intrusion', 'alarm'],
  ['tamper', 'alarm'],
  ['a kind of the station itself', 'alarm'],
  ['silence', 'trouble'],
  ['device-fault', 'trouble'],
])('an open incident of kind %s makes its site %s', (kind, state) => {
  expect(sitesOf([incident(kind)], [])).toEqual([{ id: 's', state, why: ['incident'], deviceIds: [] }]);
});

test('a walk test is no alarm', () => {
  expect(sitesOf([incident('walk-test')], [])).toEqual([]);
});

test('the worst stands, and all that speaks against a site is told', () => {
  const wrong = [
    { deviceId: 'c', siteId: 's', why: 'picture-fault' },
    { deviceId: 'k', siteId: 's', why: 'test-due' },
    { deviceId: 'k', siteId: 's', why: 'device-missing' },
    { deviceId: 'x', siteId: 'r', why: 'test-due' },
    { deviceId: 'pole', why: 'device-missing' },
  ] as const;
  expect(sitesOf([], wrong)).toEqual([
    { id: 'r', state: 'due', why: ['test-due'], deviceIds: ['x'] },
    { id: 's', state: 'trouble', why: ['device-missing', 'picture-fault', 'test-due'], deviceIds: ['c', 'k'] },
  ]);
  expect(sitesOf([incident('emergency')], wrong).map(({ id, state }) => [id, state])).toEqual([
    ['r', 'due'],
    ['s', 'alarm'],
  ]);
});

test('cameras that are as most are need no naming', () => {
  const states = (['good', 'good', 'faulty', 'unknown', 'good'] as const).map((state, index) => ({ id: `c${index}`, state }));
  expect(camerasBy(states)).toEqual({ most: 'good', good: [], faulty: ['c2'], unknown: ['c3'] });
  expect(camerasBy([])).toEqual({ most: 'good', good: [], faulty: [], unknown: [] });
});
