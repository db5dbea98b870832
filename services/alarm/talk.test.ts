import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Priority } from './sort.ts';
import { afterTaken, type Talk, turnOf } from './talk.ts';

const talk = (id: string, priority: Priority, more: Partial<Talk> = {}): Talk => ({
  ...{ id, priority, issuedAt: 0, live: false, warning: true },
  ...more,
});
const music = talk('music', 4, { warning: false });
const notice = talk('notice', 3, { warning: false });
const assist = talk('assist', 2);
const warning = talk('warning', 1);
const later = talk('later', 1, { issuedAt: 5 });
const live = talk('live', 1, { issuedAt: 9, live: true });

describe('whose turn it is', () => {
  test.each<[Talk, Talk | undefined, Talk[], object]>([
    [music, undefined, [], { act: 'speak' }],
    [music, music, [], { act: 'speak' }],
    [warning, music, [], { act: 'take', from: 'music' }],
    [warning, notice, [], { act: 'take', from: 'notice' }],
    [warning, assist, [], { act: 'take', from: 'assist' }],
    [assist, notice, [], { act: 'take', from: 'notice' }],
    [music, warning, [], { act: 'wait', behind: 'warning', reason: 'less-urgent' }],
    [notice, assist, [], { act: 'wait', behind: 'assist', reason: 'less-urgent' }],
    [later, warning, [], { act: 'wait', behind: 'warning', reason: 'equally-urgent' }],
    [warning, later, [], { act: 'wait', behind: 'later', reason: 'equally-urgent' }],
    [live, warning, [], { act: 'wait', behind: 'warning', reason: 'equally-urgent' }],
    [live, notice, [], { act: 'take', from: 'notice' }],
    [warning, live, [], { act: 'wait', behind: 'live', reason: 'equally-urgent' }],
    [notice, undefined, [warning], { act: 'wait', behind: 'warning', reason: 'less-urgent' }],
    [later, undefined, [warning], { act: 'wait', behind: 'warning', reason: 'came-later' }],
    [warning, undefined, [later], { act: 'speak' }],
    [warning, undefined, [live], { act: 'wait', behind: 'live', reason: 'came-later' }],
    [warning, music, [notice, assist], { act: 'take', from: 'music' }],
    [assist, music, [warning], { act: 'wait', behind: 'warning', reason: 'less-urgent' }],
    [warning, undefined, [warning], { act: 'speak' }],
  ])('%o while %o speaks and %o wait', (mine, speaking, waiting, turn) => {
    expect(turnOf(mine, speaking, waiting)).toEqual(turn);
  });
});

const anyTalk = fc.record({
  id: fc.uuid(),
  priority: fc.constantFrom<Priority>(1, 2, 3, 4),
  issuedAt: fc.nat(3),
  live: fc.boolean(),
  warning: fc.boolean(),
});
const several = fc.uniqueArray(anyTalk, { minLength: 1, maxLength: 8, selector: ({ id }) => id });

test('of those that want a free loudspeaker exactly one speaks', () => {
  fc.assert(
    fc.property(several, (wanting) => {
      const acts = wanting.map((mine) => turnOf(mine, undefined, wanting).act);
      expect(acts.filter((act) => act === 'speak')).toHaveLength(1);
      expect(acts).not.toContain('take');
    }),
  );
});

test('nobody takes a loudspeaker from what is as urgent or more so', () => {
  fc.assert(
    fc.property(several, anyTalk, (waiting, speaking) => {
      for (const mine of waiting) {
        const turn = turnOf(mine, speaking, waiting);
        if (turn.act === 'take') expect(mine.priority).toBeLessThan(speaking.priority);
        expect(turn.act === 'speak' && mine.id !== speaking.id).toBe(false);
      }
    }),
  );
});

test.each([
  [{ warning: true, live: false }, 'again'],
  [{ warning: false, live: false }, 'over'],
  [{ warning: true, live: true }, 'over'],
  [{ warning: false, live: true }, 'over'],
])('after it was taken, %o is %s', (talker, what) => expect(afterTaken(talker)).toBe(what));
