import { describe, expect, test } from 'vitest';
import { beginning, leftAfter, nextDue, type Schedule, unfound } from './rounds.ts';
import { instantOf, isTimeZone, wallTime, weekdayOf } from './rounds-wall.ts';
import { minutes, rfc3339, seconds } from './time.ts';

const at = (text: string): number => Date.parse(text);
/** The next `count` due times after an instant. */
function dues(schedule: Schedule, after: string, zone: string, count = 3): string[] {
  const found: string[] = [];
  for (let from: number | undefined = at(after); found.length < count; ) {
    from = nextDue(schedule, from, zone);
    if (from === undefined) break;
    found.push(rfc3339(from).slice(0, 16));
  }
  return found;
}

describe('when a round is due', () => {
  // 2026-11-20 was a Friday; noon in Shanghai is four in the morning UTC.
  const rows: readonly [string, Schedule, string, string, readonly string[]][] = [
    [
      'times of day, in their order',
      { times: ['20:00', '08:00'] },
      '2026-11-20T04:00Z',
      'Asia/Shanghai',
      ['20T12:00', '21T00:00', '21T12:00'],
    ],
    ['not now, but the next time', { times: ['12:00'] }, '2026-11-20T04:00Z', 'Asia/Shanghai', ['21T04:00', '22T04:00', '23T04:00']],
    [
      'a millisecond before, today',
      { times: ['12:00'] },
      '2026-11-20T03:59:59.999Z',
      'Asia/Shanghai',
      ['20T04:00', '21T04:00', '22T04:00'],
    ],
    ['only on its days', { times: ['09:00'], days: [1, 5] }, '2026-11-20T04:00Z', 'Asia/Shanghai', ['23T01:00', '27T01:00', '30T01:00']],
    [
      'each n minutes, the end too',
      { minutes: 60, from: '22:00', to: '23:00' },
      '2026-11-20T00:00Z',
      'UTC',
      ['20T22:00', '20T23:00', '21T22:00'],
    ],
    [
      'steps that miss the end',
      { minutes: 50, from: '22:00', to: '23:00' },
      '2026-11-20T00:00Z',
      'UTC',
      ['20T22:00', '20T22:50', '21T22:00'],
    ],
    ['over midnight', { minutes: 120, from: '23:00', to: '01:30' }, '2026-11-20T23:30Z', 'UTC', ['21T01:00', '21T23:00', '22T01:00']],
    [
      'over midnight, of the day it begins on',
      { minutes: 120, from: '23:00', to: '01:00', days: [5] },
      '2026-11-20T12:00Z',
      'UTC',
      ['20T23:00', '21T01:00', '27T23:00'],
    ],
    ['the whole day round', { minutes: 720, from: '06:00', to: '06:00' }, '2026-11-20T07:00Z', 'UTC', ['20T18:00', '21T06:00', '21T18:00']],
    [
      'a time that spring skips comes an hour later',
      { times: ['02:30'] },
      '2026-03-28T12:00Z',
      'Europe/Berlin',
      ['29T01:30', '30T00:30', '31T00:30'],
    ],
    [
      'a time that autumn has twice comes once',
      { times: ['02:30'] },
      '2026-10-24T12:00Z',
      'Europe/Berlin',
      ['25T00:30', '26T01:30', '27T01:30'],
    ],
  ];
  test.each(rows)('%s', (_name, schedule, after, zone, expected) => {
    expect(dues(schedule, after, zone).map((due) => due.slice(8))).toEqual(expected);
  });

  test('a schedule without days is never due', () => {
    expect(nextDue({ times: ['09:00'], days: [] }, 0, 'UTC')).toBeUndefined();
  });
});

test('wall time and instant are each other’s way back, also before 1970', () => {
  for (const zone of ['Asia/Shanghai', 'Asia/Kathmandu', 'America/New_York', 'UTC'])
    for (const instant of [at('2026-06-01T00:00Z'), at('1969-12-31T23:59Z'), at('2026-12-31T18:15Z')])
      expect(instantOf(wallTime(instant, zone), zone)).toBe(instant);
  expect(weekdayOf(wallTime(at('2026-11-22T12:00Z'), 'UTC').day)).toBe(7);
  expect(weekdayOf(-4)).toBe(7);
  expect([isTimeZone('Asia/Shanghai'), isTimeZone('Mars/Base')]).toEqual([true, false]);
});

describe('which planned run a beginning stands for', () => {
  const now = at('2026-11-20T12:00Z');
  const run = (id: string, due: number, grace = minutes(15)) => ({ id, dueAt: now + due, startBy: now + due + grace });
  test.each([
    ['the oldest that waits', [run('b', -minutes(1)), run('a', -minutes(9))], undefined, { what: 'due', runId: 'a' }],
    ['none whose grace is over', [run('a', -minutes(15))], undefined, { what: 'extra' }],
    ['one within its last second', [run('a', -minutes(15) + seconds(1))], undefined, { what: 'due', runId: 'a' }],
    ['the next, as near as the grace', [], now + minutes(10), { what: 'early', dueAt: now + minutes(10) }],
    ['none, when the next is far', [], now + minutes(10) + 1, { what: 'extra' }],
  ])('%s', (_name, open, next, expected) => {
    expect(beginning(open, next, minutes(10), now)).toEqual(expected);
  });
});

test('a run is left after twice its time, and never before a quarter of an hour', () => {
  const stop = (dwellSeconds: number) => ({ cameraId: 'c', dwellSeconds });
  expect(leftAfter([stop(10)])).toBe(minutes(15));
  expect(leftAfter([stop(600), stop(600)])).toBe(minutes(40));
  expect(unfound([stop(1), stop(1), stop(1)], new Set([2]))).toEqual([1, 3]);
});
