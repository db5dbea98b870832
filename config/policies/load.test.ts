import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { incidentKinds, policyFor } from '../../services/alarm/index.ts';
import { describeFaults, SettingsFault } from '../faults.ts';
import { loadPolicies } from './load.ts';

const here = import.meta.dirname;
const own = { sorting: join(here, 'sorting.yaml'), escalation: join(here, 'escalation.yaml') };
const folder = mkdtempSync(join(tmpdir(), 'baiying-policies-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faults(change: { sorting?: (text: string) => string; escalation?: (text: string) => string }): string {
  const files = { sorting: join(folder, 'sorting.yaml'), escalation: join(folder, 'escalation.yaml') };
  for (const name of ['sorting', 'escalation'] as const)
    writeFileSync(files[name], (change[name] ?? String)(readFileSync(own[name], 'utf8')));
  try {
    loadPolicies(files);
  } catch (error) {
    if (error instanceof SettingsFault) return describeFaults(error.faults);
    throw error;
  }
  return '';
}
const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the policy no longer holds ${from}`);
  return text.replace(from, to);
};

describe('the policies that come with the product', () => {
  const policies = loadPolicies(own);

  test('seconds became durations', () => {
    expect(policies.sorting).toEqual({ opening: ['line-crossing', 'intrusion', 'audio-alarm'], lowBattery: 15, window: 120_000 });
    expect(policies.escalation[0]?.policy.acknowledge[0]).toEqual({ after: 15_000, steps: ['sound-again', 'duty-leader'] });
  });

  test('every rule carries the order part of the file', () => {
    for (const { policy } of policies.escalation)
      expect(policy.order).toEqual({ delivered: 10_000, accepted: 30_000, expires: 1_800_000, most: 8 });
  });

  test.each([...incidentKinds, 'something-of-the-station'])('%s has a policy', (kind) => {
    expect(policyFor(policies.escalation, { kind, priority: 1 }, undefined).id).not.toBe('');
  });

  test('a press orders the two nearest at once', () => {
    expect(policyFor(policies.escalation, { kind: 'emergency', priority: 1 }, 'school').atOnce.nearest).toBe(2);
  });
});

const table: readonly { name: string; change: Parameters<typeof faults>[0]; says: RegExp }[] = [
  {
    name: 'a last rule with a condition',
    change: { escalation: swap('when: {}', 'when: { kinds: [tamper] }') },
    says: /rules\[4\]\.when in .*escalation\.yaml:\d+: .*the last rule must fit everything/,
  },
  {
    name: 'an earlier rule without one',
    change: { escalation: swap('when: { kinds: [assist] }', 'when: {}') },
    says: /rules\[2\]\.when .*never reached/,
  },
  {
    name: 'levels that do not ascend',
    change: { escalation: swap('after: 30, steps: [next-unit, supervisor]', 'after: 15, steps: [next-unit, supervisor]') },
    says: /rules\[0\]\.acknowledge\[1\]\.after in .*:13: .*more than the 15 s/,
  },
  { name: 'an id used twice', change: { escalation: swap('id: health', 'id: panic') }, says: /rules\[3\]\.id .*an id of its own/ },
  {
    name: 'an unknown step',
    change: { escalation: swap('[sound-again, duty-leader]', '[sound-agin]') },
    says: /rules\[0\]\.acknowledge\[0\]\.steps\[0\] .*one of sound-again, next-unit/,
  },
  {
    name: 'an unknown key',
    change: { escalation: swap('    atOnce:', '    atonce:') },
    says: /rules\[0\]\.atonce .*is not a known key; wanted: atOnce/,
  },
  { name: 'a missing part', change: { escalation: swap('order:', '# order:') }, says: /order in .*is missing|order.*is missing/ },
  {
    name: 'no rules at all',
    change: { escalation: () => 'rules: []\norder: { delivered: 10, accepted: 30, expires: 1800, most: 8 }\n' },
    says: /rules .*is too small; wanted: at least 1/,
  },
  {
    name: 'motion as an opener',
    change: { sorting: swap('[line-crossing,', '[motion,') },
    says: /opening\[0\] in .*sorting\.yaml:5: .*one of line-crossing, intrusion, audio-alarm/,
  },
  { name: 'broken YAML', change: { sorting: swap('lowBattery: 15', 'lowBattery: [15') }, says: /sorting\.yaml:\d+: / },
];

describe('faults of a policy', () => {
  test.each(table)('$name', ({ change, says }) => {
    expect(faults(change)).toMatch(says);
  });

  test('of both files at once', () => {
    const lines = faults({ sorting: swap('lowBattery: 15', 'lowBattery: 150'), escalation: swap('id: health', 'id: panic') }).split('\n');
    expect(lines).toHaveLength(2);
  });
});
