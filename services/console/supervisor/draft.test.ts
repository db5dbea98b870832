import { expect, test } from 'vitest';
import { samePolicy, withCondition, withNewLevel, withNewRule, withoutRule, withPriorities, withRule } from './draft.ts';
import type { Policy, Rule } from './requests.ts';

const rule = (id: string, when: Rule['when'] = {}): Rule => ({
  ...{ id, when, atOnce: { communityOfficer: false, nearest: 1 }, acknowledge: [{ after: 15, steps: ['sound-again'] }], progress: [] },
});
const policy: Policy = {
  sorting: { opening: [], lowBattery: 15, window: 120 },
  escalation: {
    rules: [rule('panic', { kinds: ['emergency'] }), rule('otherwise')],
    order: { delivered: 10, accepted: 30, expires: 1800, most: 8 },
  },
};
const ids = ({ escalation }: Policy) => escalation.rules.map(({ id }) => id);

test('a new rule has a name of its own and a condition, and stands before the one that fits all', () => {
  const once = withNewRule(policy);
  expect(ids(once)).toEqual(['panic', 'rule-2', 'otherwise']);
  expect(once.escalation.rules[1]?.when).toEqual({ priorities: [1] });
  expect(ids(withNewRule(once))).toEqual(['panic', 'rule-2', 'rule-3', 'otherwise']);
  expect(ids(withoutRule(once, 0))).toEqual(['rule-2', 'otherwise']);
});

test('a change leaves what was there before', () => {
  const changed = withRule(policy, 0, (one) => ({ ...one, atOnce: { communityOfficer: true, nearest: 3 } }));
  expect(policy.escalation.rules[0]?.atOnce.nearest).toBe(1);
  expect(changed.escalation.rules.map(({ atOnce }) => atOnce.nearest)).toEqual([3, 1]);
  expect(samePolicy(policy, changed)).toBe(false);
  expect(samePolicy(policy, structuredClone(policy))).toBe(true);
});

test('a condition that names nothing is none', () => {
  const given = rule('a', { kinds: ['assist'], priorities: [1] });
  expect(withCondition(given, 'kinds', []).when).toEqual({ priorities: [1] });
  expect(withPriorities(given, ['3', '2']).when).toEqual({ kinds: ['assist'], priorities: [2, 3] });
  expect(withPriorities(given, []).when).toEqual({ kinds: ['assist'] });
});

test('levels ascend', () => {
  expect(withNewLevel([]).map(({ after }) => after)).toEqual([30]);
  expect(withNewLevel([{ after: 60, steps: ['next-unit'] }]).map(({ after }) => after)).toEqual([60, 90]);
});
