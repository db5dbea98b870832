import { expect, test } from 'vitest';
import { type NewPosition, putPositions } from './presence.ts';
import { positionsSince } from './register.ts';
import { freshStore } from './testing.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');
/** Where the radio said at one second that it was, heard at another. */
const heard = (lat: number, at: number, receivedAt = at): NewPosition => ({
  ...{ deviceId: 'radio', lat, lon: 100 },
  ...{ at: noon + at * 1000, receivedAt: noon + receivedAt * 1000 },
});

test.each<[what: string, told: readonly (readonly NewPosition[])[], lat: number]>([
  ['the newer one stays', [[heard(1, 0)], [heard(2, 10)]], 2],
  ['an older one that arrives late changes nothing', [[heard(1, 10)], [heard(2, 0, 20)]], 1],
  ['nor does it in one group with the newer', [[heard(1, 10), heard(2, 0, 20)]], 1],
  ['of one instant the last is right', [[heard(1, 0)], [heard(2, 0, 1)], [heard(3, 0, 2), heard(4, 0, 3)]], 4],
  ['one of a time that has not come does not stand in the way', [[heard(1, 3600, 0)], [heard(2, 10)]], 2],
])('%s', async (_what, told, lat) => {
  const { routine } = await freshStore();
  const made = new Date(noon);
  const row = { id: 'radio', kind: 'radio', driver: 'mqtt', name: 'Radio', settings: '{}', exercise: false };
  await routine
    .insertInto('devices')
    .values({ ...row, created_at: made, updated_at: made })
    .execute();
  for (const group of told) await putPositions(routine, group);
  expect((await positionsSince(routine)).map(({ position }) => position.lat)).toEqual([lat]);
});
