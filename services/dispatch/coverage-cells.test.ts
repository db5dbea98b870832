import { expect, test, vi } from 'vitest';
import { type CoveringCamera, type GroundSeen, groundSeen, type Run } from './coverage-cells.ts';

/** Degrees of so many metres at the equator, where a degree is as long either way. */
const metres = (count: number): number => count / 111_195;
const ring = (...points: (readonly [number, number])[]) => [...points, points[0] ?? [0, 0]].map(([x, y]) => [metres(x), metres(y)]);
const field = (side: number, ...holes: number[][][]) =>
  ({ type: 'Polygon', coordinates: [ring([0, 0], [side, 0], [side, side], [0, side]), ...holes] }) as const;
const camera = (x: number, y: number, over: Partial<CoveringCamera> = {}): CoveringCamera => ({
  point: { lat: metres(y), lon: metres(x) },
  state: 'good',
  ...over,
});
const pause = vi.fn(async () => undefined);
const seenOf = async (side: number, cameras: readonly CoveringCamera[]): Promise<GroundSeen> => {
  const found = await groundSeen(field(side), cameras, pause);
  if (!found) throw new Error('the field has no extent');
  return found;
};
const holds = (runs: readonly Run[], row: number, column: number): boolean =>
  runs.some(([at, from, to]) => at === row && from <= column && column <= to);

test('with no camera all of a grid is blind, a run for each row', async () => {
  const found = await seenOf(100, []);
  expect(found).toMatchObject({ cell: 10, cells: { all: 100, seen: 0, unsure: 0, blind: 100 } });
  expect(found.blind).toEqual(Array.from({ length: 10 }, (_, row) => [row, 0, 9]));
});

test('a camera sees its sector: as wide as its angle, as far as it reaches, the way it looks', async () => {
  const { blind } = await seenOf(200, [camera(100, 100, { bearing: 90, fieldOfView: 60, reach: 60 })]);
  const east = { near: holds(blind, 10, 12), far: holds(blind, 10, 17), aside: holds(blind, 14, 11), behind: holds(blind, 10, 8) };
  expect(east).toEqual({ near: false, far: true, aside: true, behind: true });
});

test.each([
  ['good', 'seen'],
  ['unknown', 'unsure'],
  ['faulty', 'blind'],
] as const)('ground before a camera that is %s is %s', async (state, as) => {
  const { cells } = await seenOf(100, [camera(50, 50, { fieldOfView: 360, reach: 500, state })]);
  expect(cells).toEqual({ all: 100, seen: 0, unsure: 0, blind: 0, [as]: 100 });
});

test('one good camera is enough, whichever comes first', async () => {
  const round = { fieldOfView: 360, reach: 500 } as const;
  const cameras = [camera(50, 50, { ...round, state: 'unknown' }), camera(50, 50, round), camera(50, 50, { ...round, state: 'unknown' })];
  expect((await seenOf(100, cameras)).cells).toMatchObject({ seen: 100, unsure: 0 });
});

test('a camera of which nobody said where it looks is told, and covers nothing; one far away is not told', async () => {
  const found = await seenOf(100, [camera(50, 50), camera(5000, 5000)]);
  expect(found).toMatchObject({ cells: { blind: 100 }, cameras: { counted: 0, undirected: 1 } });
});

test('a hole in a grid is not of it, and neither is what lies beyond a slanting edge', async () => {
  const hollow = await groundSeen(field(100, ring([20, 20], [80, 20], [80, 80], [20, 80])), [], pause);
  expect(hollow?.cells.all).toBe(100 - 36);
  const triangle = { type: 'Polygon', coordinates: [ring([0, 0], [100, 0], [0, 100])] } as const;
  const { cells, blind } = (await groundSeen(triangle, [], pause)) ?? {};
  expect(cells?.all).toBeGreaterThan(40);
  expect(cells?.all).toBeLessThan(60);
  expect(holds(blind ?? [], 9, 9)).toBe(false);
});

test('a large grid has larger cells, never more of them, and others have their turn meanwhile', async () => {
  pause.mockClear();
  const wide = Array.from({ length: 200 }, () => camera(5000, 5000, { fieldOfView: 10, bearing: 0, reach: 5000 }));
  const found = await seenOf(10_000, wide);
  expect(found.cell).toBe(71);
  expect(found.cells.all).toBeLessThanOrEqual(20_000);
  expect(pause).toHaveBeenCalled();
});

test('an area of no extent has no ground', async () => {
  expect(await groundSeen({ type: 'Polygon', coordinates: [ring([0, 0], [10, 0])] }, [], pause)).toBeUndefined();
});
