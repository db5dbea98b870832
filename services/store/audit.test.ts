import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { audit, listAudit, verifyAudit } from './audit.ts';
import type { Store } from './connect.ts';
import { freshStore } from './testing.ts';

let store: Store;
beforeEach(async () => {
  store = await freshStore();
  for (const [index, act] of (['account.created', 'devices.changed', 'account.removed', 'devices.removed'] as const).entries()) {
    await audit(store.desk, {
      at: 1_700_000_000_000.7 + index,
      by: '陈警官',
      act,
      subject: `things:${index}`,
      data: { z: 1, a: { c: [1.5, null], b: '"' }, n: index },
    });
  }
});

test('a chain that nobody touched holds', async () => {
  const newest = await listAudit(store.desk, { limit: 1 });
  expect(await verifyAudit(store.desk)).toEqual({ ok: true, length: 4, head: { seq: 4, hash: newest[0]?.hash } });
});

test('an empty chain holds', async () => {
  await sql`delete from audit`.execute(store.desk);
  expect(await verifyAudit(store.desk)).toEqual({ ok: true, length: 0 });
});

const deeds: [deed: string, statement: string, seq: number, reason: string][] = [
  ['another name', `update audit set by = 'somebody' where seq = 2`, 2, 'changed-row'],
  ['another time', `update audit set at = at + interval '1 ms' where seq = 3`, 3, 'changed-row'],
  ['another detail', `update audit set data = jsonb_set(data, '{a,b}', '"x"') where seq = 1`, 1, 'changed-row'],
  ['a detail more', `update audit set data = data || '{"more": true}' where seq = 4`, 4, 'changed-row'],
  ['a new hash for changed words', `update audit set act = 'nothing', hash = repeat('0', 64) where seq = 2`, 2, 'changed-row'],
  ['a row taken out', `delete from audit where seq = 2`, 2, 'missing-row'],
  ['the first row taken out', `delete from audit where seq = 1`, 1, 'missing-row'],
  [
    'rows that changed places',
    `update audit set seq = case seq when 2 then 30 else 20 end where seq in (2, 3); update audit set seq = seq / 10 where seq > 10`,
    2,
    'broken-link',
  ],
];
test.each(deeds)('%s is found', async (_deed, statement, seq, reason) => {
  for (const part of statement.split(';')) await sql.raw(part).execute(store.desk);
  expect(await verifyAudit(store.desk)).toEqual({ ok: false, seq, reason });
});

test('many who write at once make one chain', async () => {
  await Promise.all(
    Array.from({ length: 30 }, (_, index) => audit(store.desk, { at: index, by: 'many', act: 'units.changed', subject: `s:${index}` })),
  );
  expect(await verifyAudit(store.desk)).toMatchObject({ ok: true, length: 34 });
});

test('an act that is rolled back leaves no entry', async () => {
  const failing = store.desk.transaction().execute(async (trx) => {
    await audit(trx, { at: 1, by: 'x', act: 'units.changed', subject: 'x' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await verifyAudit(store.desk)).toMatchObject({ ok: true, length: 4 });
});
