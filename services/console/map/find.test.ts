import { expect, test } from 'vitest';
import { noon, places, state } from '../parts/map/testing.ts';
import { countsOf, find } from './find.ts';

const ids = (kind: Parameters<typeof find>[0], words = '', most = 10) =>
  find(kind, words, places, state, noon, most).lines.map(({ thing }) => thing.id);

test('what needs people comes first, the rest in the order of the register', () => {
  expect(ids('site')).toEqual(['bank', 'clinic', 'school']);
  expect(ids('camera')).toEqual(['c2', 'c1', 'c3']);
  expect(ids('unit')).toEqual(['u2', 'u1']);
});

test('found by a part of the name or the id, in any case', () => {
  expect(ids('site', 'peace')).toEqual(['clinic']);
  expect(ids('camera', ' hall ')).toEqual(['c2']);
  expect(ids('camera', 'c3')).toEqual(['c3']);
  expect(ids('grid', 'GRID')).toEqual(['gr', 'bare']);
});

test('more than fit are counted', () => {
  expect(find('camera', '', places, state, noon, 2)).toMatchObject({
    count: 3,
    lines: [{ sign: 'camera-faulty' }, { sign: 'camera-good' }],
  });
});

test('each line says how it is, and whether it is on the map at all', () => {
  expect(find('site', '', places, state, noon, 3).lines).toMatchObject([
    { state: 'site.alarm', placed: true },
    { state: 'site.well', placed: true },
    { state: 'site.well', placed: false },
  ]);
  expect(find('unit', '', places, state, noon, 3).lines[0]).toMatchObject({ sign: 'unit-engaged-stale', state: 'unit.engaged' });
  expect(find('incident', '', places, state, noon, 3).lines[0]).toMatchObject({ name: '7 Bank', state: 'kind.emergency' });
});

test('everything is counted', () => {
  expect(countsOf(places, state)).toEqual({ incident: 1, unit: 2, site: 3, station: 1, camera: 3, loudspeaker: 1, grid: 2 });
});
