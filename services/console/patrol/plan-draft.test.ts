import { expect, test } from 'vitest';
import { blank, bodyOf, draftOf } from './plan-draft.ts';

const round = {
  id: 'evening',
  name: '晚间',
  stationId: 'st',
  stops: [{ cameraId: 'a', dwellSeconds: 20 }],
  every: { times: ['20:00'], days: [1, 5] },
  graceMinutes: 10,
  picturesAtOnce: 2,
  active: true,
};

test.each([
  ['times of some days', round],
  ['minutes of every day', { ...round, every: { minutes: 30, from: '22:00', to: '06:00' } }],
])('a plan of %s comes out of the form as it went in', (_what, plan) => {
  const { id: _id, ...body } = plan;
  expect(bodyOf(draftOf(plan))).toEqual({ faults: [], body });
});

test('a plan without name, stops or a time is not sent', () => {
  expect(bodyOf({ ...blank('st'), times: 'noon', days: [] })).toEqual({ faults: ['name', 'times', 'days', 'stops'], body: undefined });
});
