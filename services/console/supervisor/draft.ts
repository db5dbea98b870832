import type { Level, Policy, Rule } from './requests.ts';

/** Changes of a policy that is being written. Each gives a new policy and leaves the old one. */

export const withRule = (policy: Policy, index: number, change: (rule: Rule) => Rule): Policy => {
  const rules = policy.escalation.rules.map((rule, at) => (at === index ? change(rule) : rule));
  return { ...policy, escalation: { ...policy.escalation, rules } };
};

/** A new rule stands before the last one, which fits everything else, and does what that one does. */
export function withNewRule(policy: Policy): Policy {
  const { rules } = policy.escalation;
  const last = rules.at(-1);
  if (!last) return policy;
  const taken = new Set(rules.map(({ id }) => id));
  let number = rules.length;
  while (taken.has(`rule-${number}`)) number += 1;
  const added: Rule = { ...structuredClone(last), id: `rule-${number}`, when: { priorities: [1] } };
  return { ...policy, escalation: { ...policy.escalation, rules: [...rules.slice(0, -1), added, last] } };
}

export const withoutRule = (policy: Policy, index: number): Policy => ({
  ...policy,
  escalation: { ...policy.escalation, rules: policy.escalation.rules.filter((_, at) => at !== index) },
});

/** The next level of a ladder comes after the last one. */
export function withNewLevel(levels: readonly Level[]): Level[] {
  const last = levels.at(-1)?.after ?? 0;
  return [...levels, { after: last + 30, steps: ['sound-again'] }];
}

/** A list that names nothing is no condition. */
export function withCondition(rule: Rule, name: 'kinds' | 'siteKinds', chosen: readonly string[]): Rule {
  const { [name]: _before, ...rest } = rule.when;
  return { ...rule, when: chosen.length === 0 ? rest : { ...rest, [name]: [...chosen] } };
}

export function withPriorities(rule: Rule, chosen: readonly string[]): Rule {
  const { priorities: _before, ...rest } = rule.when;
  return { ...rule, when: chosen.length === 0 ? rest : { ...rest, priorities: chosen.map(Number).sort() } };
}

export const samePolicy = (a: Policy, b: Policy): boolean => JSON.stringify(a) === JSON.stringify(b);
