import { expect, test } from 'vitest';
import {
  cameraFeatures,
  cameraStates,
  changedStates,
  coverageFeatures,
  loudspeakerFeatures,
  placeOf,
  sectorFeatures,
  seeingOf,
  siteFeatures,
  unitFeatures,
  unitLook,
} from './features.ts';
import { moved } from './moved.ts';
import { noon, places, state } from './testing.ts';

const same = (at: [number, number]): [number, number] => at;

test('cameras are as most are, but for those that are named; before anything is known, unknown', () => {
  expect(cameraStates(places, state)).toEqual(['good', 'faulty', 'good']);
  expect(cameraStates(places, undefined)).toEqual(['unknown', 'unknown', 'unknown']);
});

test('a camera is drawn where it stands, by its place in the list; one without a place is not', () => {
  const { features } = cameraFeatures(places, ['good', 'faulty', 'good'], same);
  expect(features.map(({ id, properties }) => [id, properties])).toEqual([
    [0, { s: 'good', b: 0 }],
    [1, { s: 'faulty' }],
  ]);
});

test('only cameras that changed are told', () => {
  expect(changedStates(['good', 'good'], ['good', 'faulty'])).toEqual([1]);
  expect(changedStates(['good'], ['good', 'good'])).toBeUndefined();
});

test('where the installer said nothing, the usual figures stand; where nobody said which way, nothing is seen', () => {
  expect(seeingOf(places, 0)).toEqual({ lat: 36.1, lon: 103.1, bearing: 0, fieldOfView: 90, reach: 30 });
  expect(seeingOf(places, 1)).toBeUndefined();
});

test('ground is drawn before the cameras of the view, the nearest where there are too many', () => {
  const view = { west: 103.09, south: 36.09, east: 103.12, north: 36.12 };
  const states = cameraStates(places, state);
  expect(sectorFeatures(places, states, view, 10, same).features).toHaveLength(1);
  expect(sectorFeatures(places, states, { ...view, west: 104, east: 104.1 }, 10, same).features).toHaveLength(0);
});

test('sites have the colour of their state, and the worst lies on top', () => {
  const { features } = siteFeatures(places, state, same);
  expect(features.map(({ properties }) => [properties?.['id'], properties?.['c'], properties?.['sort']])).toEqual([
    ['bank', 'alarm', 3],
    ['clinic', 'well', 0],
  ]);
});

test('a unit says what it is at and whether its place is fresh', () => {
  const looks = (now: number) => unitFeatures(places, state, now, same).features.map(({ properties }) => properties?.['s']);
  expect(looks(noon)).toEqual(['free-fresh', 'engaged-stale']);
  expect(looks(noon + 300)).toEqual(['free-stale', 'engaged-stale']);
  expect(unitLook({ id: 'u', status: 'off-duty', engagedOn: 1 })).toBe('off-duty');
});

test('a loudspeaker that is missing is drawn as such', () => {
  expect(loudspeakerFeatures(places, state, same).features[0]?.properties).toEqual({ id: 'l1', s: 'missing' });
});

test('ground is drawn in the datum of the picture', () => {
  const ground = {
    gridId: 'gr',
    origin: { lat: 0, lon: 0 },
    step: { lat: 1, lon: 1 },
    cell: 10,
    cells: { all: 2, seen: 0, unsure: 1, blind: 1 },
  };
  const shown = coverageFeatures(
    [{ ...ground, blind: [[0, 0, 0]], unsure: [[0, 1, 1]], cameras: { counted: 1, undirected: 0 } }],
    ([lon, lat]) => [lon + 10, lat],
  );
  expect(shown.features.map(({ properties, geometry }) => [properties?.['how'], JSON.stringify(geometry).includes('[10,0]')])).toEqual([
    ['blind', true],
    ['unsure', false],
  ]);
});

test.each([
  ['site', 'bank', { lat: 36.1, lon: 103.1 }],
  ['site', 'school', undefined],
  ['camera', 'c2', { lat: 36.101, lon: 103.101 }],
  ['unit', 'u1', { lat: 36.1, lon: 103.1 }],
  ['station', 'st', { lat: 36, lon: 103 }],
  ['incident', 'i1', { lat: 36.1, lon: 103.1 }],
  ['grid', 'gr', { lat: 36.1, lon: 103.1 }],
  ['grid', 'bare', undefined],
  ['camera', 'gone', undefined],
] as const)('where %s %s is', (kind, id, place) => {
  const found = placeOf({ kind, id }, places, state);
  expect(found && { lat: Number(found.lat.toFixed(6)), lon: Number(found.lon.toFixed(6)) }).toEqual(place);
});

test('a unit goes where the event says, unless that is older than what is known', () => {
  const told = (at: string) => moved(state, { data: { positions: [{ unitId: 'u1', lat: 1, lon: 2, at }] } }).units[0]?.position;
  expect(told('2026-11-22T12:00:00.000Z')).toEqual({ lat: 1, lon: 2, at: '2026-11-22T12:00:00.000Z' });
  expect(told('2026-11-22T11:00:00.000Z')?.lat).toBe(36.1);
});
