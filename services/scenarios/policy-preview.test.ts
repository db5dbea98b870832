import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

interface Rule {
  readonly id: string;
  atOnce: { readonly communityOfficer: boolean; readonly nearest: number };
}
interface Policy {
  readonly escalation: { readonly rules: Rule[] };
}
interface Standing {
  readonly version: number;
  readonly policy: Policy;
  readonly fromFile: boolean;
}
interface Outcome {
  readonly orders: readonly { readonly unitName?: string; readonly after: number; readonly by: string }[];
  readonly levels: readonly { readonly clock: string; readonly after: number; readonly told: readonly string[] }[];
}
interface Preview {
  readonly incidents: number;
  readonly totals: { readonly before: Record<string, number>; readonly after: Record<string, number> };
  readonly items: readonly { readonly number: number; readonly before: Outcome; readonly after: Outcome }[];
}

const withNearest = (policy: Policy, nearest: number): Policy => {
  const changed = structuredClone(policy);
  for (const rule of changed.escalation.rules) if (rule.id === 'panic') rule.atOnce = { communityOfficer: false, nearest };
  return changed;
};
const rowsOf = async (at: Station) => JSON.stringify(await at.store.desk.selectFrom('timeline').selectAll().orderBy('hash').execute());

test('the policies in force, replayed, give what the record holds; others give what they would have done, and then do it', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'middle', 'far', 'spare']);
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId } = await orderOn(at, near);
  const opened = at.clock.now();
  // Every level and every silent unit's successor, each armed by the one before.
  await at.until(async () => {
    await at.clock.advance(seconds(5));
    expect((await at.incident(incidentId)).deadline).toBeUndefined();
  });
  await at.clock.advance(seconds(1));
  await at.api('POST', `/incidents/${incidentId}/acknowledge`);
  await at.api('POST', `/incidents/${incidentId}/close`, { disposition: 'test' });
  const { orders, timeline } = await at.incident(incidentId);
  const before = await rowsOf(at);

  const { policy, version } = await at.api<Standing>('GET', '/policies');
  expect(version).toBe(0);
  const same = await at.api<Preview>('POST', '/policies/preview', { policy });
  expect([same.incidents, same.items]).toEqual([1, []]);
  expect(same.totals.before).toMatchObject({
    opened: 1,
    ordersAtOnce: 2,
    orders: orders.length,
    levels: timeline.filter(({ kind }) => kind === 'escalated').length,
    bureauDesk: 1,
  });

  const wider = withNearest(policy, 3);
  const preview = await at.api<Preview>('POST', '/policies/preview', { policy: wider });
  const [item] = preview.items;
  const recorded = orders.map(({ unitId, issuedAt }) => [unitId, Date.parse(issuedAt) - opened]);
  // The record's own clock moves in steps of five seconds; the replay knows the very instant.
  expect(item?.before.orders.map(({ unitName }) => unitName)).toEqual(recorded.map(([unitId]) => unitId));
  expect(item?.after.orders.filter(({ by }) => by === 'at-once').map(({ unitName }) => unitName)).toEqual(['near', 'middle', 'far']);
  expect(item?.after.levels.map(({ after, told }) => [after, told])).toEqual([
    [15, []],
    [30, ['duty-leader']],
    [60, ['bureau-desk']],
  ]);
  expect(await rowsOf(at)).toBe(before);

  await at.api('PUT', '/policies', { version, policy: wider });
  await (await at.key('key-2', 'hospital')).press();
  await at.until(async () => {
    const next = (await at.incidents()).find(({ id }) => id !== incidentId);
    expect((await at.incident(next?.id ?? '')).orders).toHaveLength(3);
  });
});

test('policies survive a restart, are changed by one person at a time, and go back to the files', async () => {
  const at = await openStation();
  const { policy } = await at.api<Standing>('GET', '/policies');
  await at.api('PUT', '/policies', { version: 0, policy: withNearest(policy, 5) });
  await at.restart();
  const standing = await at.api<Standing & { readonly by: string }>('GET', '/policies');
  expect(standing).toMatchObject({ version: 1, fromFile: false, by: 'admin', policy: withNearest(policy, 5) });
  await expect(at.api('PUT', '/policies', { version: 0, policy })).rejects.toThrow(/409.*policies-changed/s);
  expect(await at.api<Standing>('POST', '/policies/reset', { version: 1 })).toMatchObject({ version: 2, fromFile: true, policy });
  const { items } = await at.api<{ items: { version: number; fromFile: boolean }[] }>('GET', '/policies/versions');
  expect(items.map((item) => [item.version, item.fromFile])).toEqual([
    [2, true],
    [1, false],
  ]);
});

test('a policy under which a call for help would reach nobody is refused, with its place', async () => {
  const at = await openStation();
  const { policy } = await at.api<Standing>('GET', '/policies');
  const deaf = structuredClone(policy) as { escalation: { rules: (Rule & { acknowledge: unknown[] })[] } };
  for (const rule of deaf.escalation.rules) Object.assign(rule, { atOnce: { communityOfficer: false, nearest: 0 }, acknowledge: [] });
  await expect(at.api('PUT', '/policies', { version: 0, policy: deaf })).rejects.toThrow(/422.*policy\.escalation\.rules\.0\.acknowledge/s);
  const operator = await at.signIn('wang', ['operator']);
  await expect(operator('GET', '/policies')).rejects.toThrow(/403/);
});
