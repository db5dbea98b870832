import { afterEach, expect, test, vi } from 'vitest';
import { serverTime } from '../api/server-time.ts';
import { dateAndTime, momentOf, timeOfDay } from './time.tsx';

afterEach(() => {
  vi.unstubAllEnvs();
  serverTime.timeZone = undefined;
});

test.each([
  ['Asia/Shanghai', '2026-11-23T15:59:59.000Z', '23:59:59', '2026-11-23T23:59'],
  ['Asia/Shanghai', '2026-11-23T16:00:00.000Z', '00:00:00', '2026-11-24T00:00'],
  ['Asia/Kathmandu', '2026-11-23T18:15:00.000Z', '00:00:00', '2026-11-24T00:00'],
  ['Europe/Berlin', '2026-03-29T00:59:00.000Z', '01:59:00', '2026-03-29T01:59'],
  ['Europe/Berlin', '2026-03-29T01:00:00.000Z', '03:00:00', '2026-03-29T03:00'],
  ['America/St_Johns', '2026-11-01T05:30:00.000Z', '02:00:00', '2026-11-01T02:00'],
])('on a screen in any zone %s is where the station is: %s', (zone, at, shown, local) => {
  serverTime.timeZone = zone;
  for (const machine of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
    vi.stubEnv('TZ', machine);
    expect(timeOfDay(at)).toBe(shown);
    expect(timeOfDay(Date.parse(at))).toBe(shown);
    expect(dateAndTime(at)).toContain(shown);
    expect(momentOf(local)).toBe(new Date(Math.floor(Date.parse(at) / 60_000) * 60_000).toISOString());
  }
});

test.each(['Asia/Shanghai', 'America/New_York'])('a year that is being typed is a moment of long ago, no crash: in %s', (zone) => {
  serverTime.timeZone = zone;
  for (const year of ['0002', '0020', '0202', '9999']) expect(momentOf(`${year}-06-01T12:00`).slice(0, 7)).toBe(`${year}-06`);
});

test('before anybody is signed in it is the time of this machine', () => {
  vi.stubEnv('TZ', 'Asia/Shanghai');
  expect(timeOfDay('2026-11-23T12:00:00Z')).toBe('20:00:00');
});
