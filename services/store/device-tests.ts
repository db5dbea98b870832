import { sql } from 'kysely';
import type { Mark } from '../../devices/driver.ts';
import type { DeviceKind, Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { storable } from './rows.ts';
import type { Row } from './tables.ts';
import type { KeptFinding, KeptStep } from './tables-device-tests.ts';

export type { KeptFinding, KeptStep } from './tables-device-tests.ts';

/** Walk tests: who tested which device when, and what came of it. */

export interface NewTest {
  readonly id: string;
  readonly deviceId: string;
  readonly siteId?: string;
  readonly kind: DeviceKind;
  readonly by: string;
  readonly at: Instant;
  readonly until: Instant;
}

export interface TestResult {
  readonly passed: boolean;
  readonly measured: Readonly<Record<string, unknown>>;
  readonly findings: readonly KeptFinding[];
  readonly steps: readonly KeptStep[];
}

export interface StoredTest extends NewTest, TestResult {
  /** Absent while it goes on, and of one whose process died. */
  readonly endedAt?: Instant;
}

/** Opens a test; false while another one of the device goes on. One whose process died ends with its time. */
export async function beginTest(db: Db, test: NewTest): Promise<boolean> {
  await db
    .updateTable('device_tests')
    .set((row) => ({ ended_at: row.ref('until'), passed: false }))
    .where('device_id', '=', test.deviceId)
    .where('ended_at', 'is', null)
    .where('until', '<=', new Date(test.at))
    .execute();
  const begun = await db
    .insertInto('device_tests')
    .values({
      id: test.id,
      device_id: test.deviceId,
      site_id: test.siteId ?? null,
      kind: test.kind,
      by: test.by,
      at: new Date(test.at),
      until: new Date(test.until),
      ended_at: null,
      passed: null,
      measured: '{}',
      findings: '[]',
      steps: '[]',
    })
    .onConflict((already) => already.doNothing())
    .returning('id')
    .executeTakeFirst();
  return begun !== undefined;
}

export async function endTest(db: Db, id: string, { passed, measured, findings, steps }: TestResult, now: Instant): Promise<void> {
  await db
    .updateTable('device_tests')
    .set({
      ended_at: new Date(now),
      passed,
      measured: storable(measured),
      findings: storable(findings),
      steps: storable(steps),
    })
    .where('id', '=', id)
    .execute();
}

/** Nothing was tested. */
export async function cancelTest(db: Db, id: string): Promise<void> {
  await db.deleteFrom('device_tests').where('id', '=', id).execute();
}

export async function testNamed(db: Db, id: string): Promise<StoredTest | undefined> {
  const row = await db.selectFrom('device_tests').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toTest(row);
}

/** Whether what the device said at this instant belongs to a walk test. */
export async function walkTestAt(db: Db, deviceId: string, at: Instant): Promise<boolean> {
  const row = await db
    .selectFrom('device_tests')
    .select('id')
    .where('device_id', '=', deviceId)
    .where('at', '<=', new Date(at))
    .where(sql<boolean>`coalesce(ended_at, until) > ${new Date(at)}`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface TestsWanted {
  readonly of: { readonly deviceId: string } | { readonly siteId: string };
  readonly limit: number;
  readonly before?: { readonly at: Date; readonly id: string } | undefined;
}

/** Tests, newest first. */
export async function listTests(db: Db, { of, limit, before }: TestsWanted): Promise<StoredTest[]> {
  let query = db.selectFrom('device_tests').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
  query = 'deviceId' in of ? query.where('device_id', '=', of.deviceId) : query.where('site_id', '=', of.siteId);
  if (before !== undefined) query = query.where(sql<boolean>`(at, id) < (${before.at}::timestamptz, ${before.id}::uuid)`);
  return (await query.execute()).map(toTest);
}

const toTest = (row: Row<'device_tests'>): StoredTest => ({
  id: row.id,
  deviceId: row.device_id,
  ...(row.site_id === null ? {} : { siteId: row.site_id }),
  kind: row.kind as DeviceKind,
  by: row.by,
  at: row.at.getTime(),
  until: row.until.getTime(),
  passed: row.passed ?? false,
  measured: row.measured,
  findings: row.findings,
  steps: row.steps,
  ...(row.ended_at === null ? {} : { endedAt: row.ended_at.getTime() }),
});

/** What a key told of itself while it was tested. */
export interface HeardPress {
  readonly type: string;
  readonly grade?: string;
  readonly active: boolean;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly data: Readonly<Record<string, unknown>>;
  readonly mark?: Mark;
  readonly incident?: { readonly id: string; readonly number: number; readonly kind: string; readonly openedAt: Instant };
}

/** The first press, or what cannot be read, that was received since then and decided upon. */
export async function pressSince(db: Db, deviceId: string, since: Instant): Promise<HeardPress | undefined> {
  const row = await db
    .selectFrom('signals as s')
    .leftJoin('incidents as i', 'i.id', 's.incident_id')
    .select(['s.type', 's.grade', 's.active', 's.at', 's.received_at', 's.data', 's.ours', 'i.id', 'i.number', 'i.kind', 'i.opened_at'])
    .where('s.device_id', '=', deviceId)
    .where('s.received_at', '>=', new Date(since))
    .where((row) =>
      row.or([
        row('s.type', '=', 'test'),
        row.and([row('s.type', 'in', ['press', 'digital-input', 'unparsed']), row('s.incident_id', 'is not', null)]),
      ]),
    )
    .orderBy('s.received_at')
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, number, kind, opened_at } = row;
  return {
    type: row.type,
    ...(row.grade === null ? {} : { grade: row.grade }),
    active: row.active,
    at: row.at.getTime(),
    receivedAt: row.received_at.getTime(),
    data: row.data,
    ...(row.ours?.mark && { mark: row.ours.mark }),
    ...(id && kind && opened_at ? { incident: { id, number: Number(number), kind, openedAt: opened_at.getTime() } } : {}),
  };
}
