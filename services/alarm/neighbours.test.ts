import { expect, test } from 'vitest';
import { neighboursOf } from './neighbours.ts';

const here = { lat: 30, lon: 120 };
/** 0.001 degrees are 111 m to the north and 96 m to the east. */
const place = (north: number, east: number) => ({ lat: here.lat + north / 1000, lon: here.lon + east / 1000 });
const around = [
  { id: 'north', point: place(1, 0) },
  { id: 'east', point: place(0, 1) },
  { id: 'south', point: place(-1.5, 0) },
  { id: 'far', point: place(50, 0) },
  { id: 'nowhere' },
  { id: 'me', point: here },
];
const policy = { radius: 500, most: 8 };
const ways = (bearing?: number, bound: string[] = []) =>
  neighboursOf({ id: 'me', point: here, bound, ...(bearing === undefined ? {} : { bearing }) }, around, policy);

test.each([
  [0, ['ahead', 'right', 'behind']],
  [90, ['left', 'ahead', 'right']],
  [180, ['behind', 'left', 'ahead']],
  [350, ['ahead', 'right', 'behind']],
  [44.9, ['ahead', 'right', 'behind']],
])('a camera that looks towards %d degrees has the next ones where a person would say', (bearing, expected) => {
  const found = Object.fromEntries(ways(bearing).map(({ cameraId, direction }) => [cameraId, direction]));
  expect([found['north'], found['east'], found['south']]).toEqual(expected);
});

test('the nearest first, none beyond the radius, and no direction where nobody said which way it looks', () => {
  expect(ways()).toEqual([
    { cameraId: 'east', bound: false, distance: 96, bearing: 90 },
    { cameraId: 'north', bound: false, distance: 111, bearing: 0 },
    { cameraId: 'south', bound: false, distance: 167, bearing: 180 },
  ]);
});

test('whom the installer bound comes first, in his order, however far and wherever', () => {
  expect(ways(0, ['nowhere', 'far']).map(({ cameraId, bound }) => [cameraId, bound])).toEqual([
    ['nowhere', true],
    ['far', true],
    ['east', false],
    ['north', false],
    ['south', false],
  ]);
});

test('of cameras on one pole the way that each looks decides', () => {
  const pole = [
    { id: 'b', point: here, bearing: 95 },
    { id: 'c', point: here },
  ];
  expect(neighboursOf({ id: 'a', point: here, bearing: 5, bound: [] }, pole, policy)).toEqual([
    { cameraId: 'b', bound: false, distance: 0, bearing: 95, direction: 'right' },
    { cameraId: 'c', bound: false, distance: 0 },
  ]);
});

test('of many no more than asked for', () => {
  expect(neighboursOf({ id: 'me', point: here, bound: [] }, around, { radius: 500, most: 1 })).toHaveLength(1);
});
