import { expect, test } from 'vitest';
import type { Say } from '../words/index.ts';
import { scheduleText, timesIn } from './schedule.ts';

test.each([
  ['8:00 20:30', ['08:00', '20:30']],
  ['20:30，8：00、8:00', ['08:00', '20:30']],
  ['24:00', undefined],
  ['noon', undefined],
  ['', undefined],
])('the times in %j', (text, expected) => {
  expect(timesIn(text)).toEqual(expected);
});

const say: Say<'patrol'> = (key, values) => `${key}${values ? JSON.stringify(values) : ''}`;
test.each([
  [{ times: ['08:00', '20:00'] }, 'everyDay 08:00 20:00'],
  [{ times: ['08:00'], days: [5, 1] }, 'day.1day.5 08:00'],
  [
    { minutes: 30, from: '22:00', to: '06:00', days: [1, 2, 3, 4, 5, 6, 7] },
    'everyDay eachMinutes{"minutes":30,"from":"22:00","to":"06:00"}',
  ],
])('%j in words', (every, expected) => {
  expect(scheduleText(every, say)).toBe(expected);
});
