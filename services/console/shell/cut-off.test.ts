import { expect, test } from 'vitest';
import type { Session } from '../api/session.ts';
import { nobodyYet, type Seat, seatAfter } from './cut-off.ts';

const wang: Session = { actor: { name: 'wang', kind: 'account', roles: ['operator'] }, timeZone: 'Asia/Shanghai' };
type Turn = readonly [session: Seat['session'], hears: boolean];

test.each<[string, readonly Turn[], boolean]>([
  [
    'the session of somebody who hears calls ends',
    [
      [wang, true],
      [null, false],
    ],
    true,
  ],
  [
    'it is still so when that is asked again',
    [
      [wang, true],
      [null, false],
      [null, false],
    ],
    true,
  ],
  [
    'somebody signs in',
    [
      [wang, true],
      [null, false],
      [wang, true],
    ],
    false,
  ],
  [
    'whoever sits there signs out, and everything is asked anew',
    [
      [wang, true],
      [undefined, false],
      [null, false],
    ],
    false,
  ],
  ['nobody had signed in', [[null, false]], false],
  [
    'no calls are heard there',
    [
      [wang, false],
      [null, false],
    ],
    false,
  ],
  [
    'it ends on a page without the alarm',
    [
      [wang, true],
      [wang, false],
      [null, false],
    ],
    false,
  ],
])('%s', (_name, turns, cutOff) => {
  expect(turns.reduce((seat, [session, hears]) => seatAfter(seat, session, hears), nobodyYet).cutOff).toBe(cutOff);
});

test('who sat there is known until somebody else does', () => {
  const ended = seatAfter(seatAfter(nobodyYet, wang, true), null, false);
  expect(ended.who).toBe('wang');
  expect(seatAfter(ended, { ...wang, actor: { ...wang.actor, name: 'li' } }, true).who).toBe('li');
});
