import { expect, test } from 'vitest';
import { idFrom, nextStep, type Progress } from './state.ts';

const demo = { state: 'absent' } as const;
const station = { id: 's', name: 'S' };
const site = { id: 'h', name: 'H', stationId: 's' };
const key = { id: 'k', name: 'K' };
const pressed = { incidentId: 'i', number: 1, at: '2026-11-22T00:00:00Z' };
const seen = { at: '2026-11-22T00:00:05Z', by: 'admin' };

const table: readonly [string, Progress | undefined, number][] = [
  ['nobody is signed in', undefined, 0],
  ['an empty record', { demo }, 1],
  ['a station', { demo, station }, 2],
  ['a place', { demo, station, site }, 3],
  ['a key', { demo, station, site, key }, 4],
  ['a press', { demo, station, site, key, pressed }, 5],
  ['an answer', { demo, station, site, key, pressed, seen }, 6],
];
test.each(table)('with %s the next step is number %3$s', (_what, progress, step) => {
  expect(nextStep(progress)).toBe(step);
});

test.each([
  ['Central Station', 'central-station'],
  ['城关派出所', 'station-1'],
  ['  Rue de l’Église 5 ', 'rue-de-l-e-glise-5'],
])('the id of %s is %s', (name, id) => {
  expect(idFrom(name, 'station')).toBe(id);
});
