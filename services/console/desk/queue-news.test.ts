import { expect, test } from 'vitest';
import type { LiveEvent } from '../api/live.ts';
import type { Row } from './model.ts';
import { atOnce, concerns, merged } from './queue-news.ts';

const event = (type: string, data: LiveEvent['data'], subject = 'incidents/i1'): LiveEvent => ({
  ...{ id: '1', type: `baiying.${type}.v1`, subject, time: '2026-01-01T00:00:00.000Z' },
  data,
});
const opened = event('incident.opened', { id: 'i1', number: 7, kind: 'emergency', priority: 1, state: 'open', siteId: 'bank' });
const named = { id: 'i1', state: 'open', priority: 1, siteName: 'Bank', signalCount: 3 } as Row;

test('an incident is in the queue with the event that tells of it', () => {
  expect(atOnce([], opened)).toMatchObject([{ id: 'i1', number: 7, priority: 1, state: 'open', openedAt: opened.time, signalCount: 1 }]);
});

test('an event changes what it tells of and leaves the rest', () => {
  const changed = event('incident.acknowledged', { id: 'i1', state: 'acknowledged', priority: 1 });
  expect(atOnce([named], changed)).toEqual([{ ...named, state: 'acknowledged', acknowledgedAt: changed.time }]);
  expect(atOnce([named], event('incident.closed', { id: 'i1', state: 'closed' }))).toEqual([]);
  expect(atOnce([], event('incident.changed', { id: 'i1', state: 'open' }))).toEqual([]);
  expect(atOnce([named], event('order.sent', { incidentId: 'i1' }, 'orders/o'))).toEqual([named]);
});

test('what sounds again waits for another answer until that is told; the first answer keeps its time', () => {
  const answered = { ...named, state: 'acknowledged', acknowledgedAt: 'first' } as Row;
  const again = { id: 'i1', state: 'acknowledged', priority: 1, soundedAgainAt: 'later' };
  const sounding = atOnce([answered], event('incident.sounded', again));
  expect(sounding).toEqual([{ ...answered, soundedAgainAt: 'later' }]);
  expect(atOnce(sounding, event('order.sent', { incidentId: 'i1' }, 'orders/o'))).toEqual(sounding);
  expect(atOnce(sounding, event('incident.acknowledged', { id: 'i1', state: 'acknowledged', priority: 1 }))).toEqual([answered]);
});

test('what was fetched replaces its rows; what was closed meanwhile leaves', () => {
  const other = { ...named, id: 'i2' };
  expect(
    merged(
      [named, other],
      [
        { ...named, siteName: 'New' },
        { ...other, state: 'closed' },
      ],
    ),
  ).toEqual([{ ...named, siteName: 'New' }]);
});

test('events of incidents, orders and broadcasts concern an incident, others none', () => {
  expect(concerns(opened)).toBe('i1');
  expect(concerns(event('order.sent', { incidentId: 'i2' }, 'orders/o'))).toBe('i2');
  expect(concerns(event('broadcast.requested', {}, 'broadcasts/b'))).toBeUndefined();
  expect(concerns(event('camera.held', { incidentId: 'i2' }, 'devices/c'))).toBeUndefined();
});
