import { type Instant, minutes, nextDue, type RoundStop, type Schedule, type TimeZone } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { audit } from './audit.ts';
import type { AuditVerb } from './audit-acts.ts';
import type { Db, Store } from './connect.ts';
import { type NewEvent, putEvents } from './events.ts';
import { uuidv7 } from './ids.ts';
import { idsOnShelf } from './register.ts';
import type { Act } from './register-write.ts';
import { roundEvent } from './rounds-events.ts';
import { insertRows, storable } from './rows.ts';
import type { Row } from './tables.ts';

/** The plans of video patrols, and the runs that fall due. */

export interface RoundInput {
  readonly name: string;
  readonly stationId: string;
  readonly stops: readonly RoundStop[];
  readonly every: Schedule;
  readonly graceMinutes: number;
  readonly picturesAtOnce: number;
  readonly active: boolean;
}

export interface Round extends RoundInput {
  readonly id: string;
  readonly nextDueAt?: Instant;
}

export const toRound = (row: Row<'rounds'>): Round => ({
  id: row.id,
  name: row.name,
  stationId: row.station_id,
  stops: row.stops,
  every: row.every,
  graceMinutes: row.grace_minutes,
  picturesAtOnce: row.pictures_at_once,
  active: row.active,
  ...(row.next_due_at && { nextDueAt: row.next_due_at.getTime() }),
});

const columnsOf = (input: RoundInput, now: Instant, zone: TimeZone) => {
  const next = input.active ? nextDue(input.every, now, zone) : undefined;
  return {
    name: input.name,
    station_id: input.stationId,
    stops: storable(input.stops),
    every: storable(input.every),
    grace_minutes: input.graceMinutes,
    pictures_at_once: input.picturesAtOnce,
    active: input.active,
    next_due_at: next === undefined ? null : new Date(next),
    updated_at: new Date(now),
  };
};

/** @throws Fault `already-exists`; `body-invalid` naming the station that is not there */
export async function insertRound(store: Store, id: string, input: RoundInput, by: Act, zone: TimeZone): Promise<Round> {
  return store.desk.transaction().execute(async (db) => {
    await checkStation(db, input.stationId);
    const row = await db
      .insertInto('rounds')
      .values({ id, created_at: new Date(by.at), ...columnsOf(input, by.at, zone) })
      .onConflict((known) => known.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new Fault('already-exists', `rounds: ${id} is taken`, [{ path: 'id', message: `${id} is taken` }]);
    await traced(db, id, 'created', by, input);
    return toRound(row);
  });
}

/** @throws Fault `not-found`; `body-invalid` */
export async function replaceRound(store: Store, id: string, input: RoundInput, by: Act, zone: TimeZone): Promise<Round> {
  return store.desk.transaction().execute(async (db) => {
    await checkStation(db, input.stationId);
    const row = await db
      .updateTable('rounds')
      .set(columnsOf(input, by.at, zone))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new Fault('not-found', `rounds: there is no ${id}`);
    await traced(db, id, 'changed', by, input);
    return toRound(row);
  });
}

/** What waits to be begun goes with its plan; what was begun stays in the record. @throws Fault `not-found` */
export async function removeRound(store: Store, id: string, by: Act): Promise<void> {
  await store.desk.transaction().execute(async (db) => {
    const gone = await db.deleteFrom('rounds').where('id', '=', id).returning('name').executeTakeFirst();
    if (!gone) throw new Fault('not-found', `rounds: there is no ${id}`);
    await db.deleteFrom('round_runs').where('round_id', '=', id).where('state', '=', 'due').execute();
    await traced(db, id, 'removed', by, gone);
  });
}

const traced = (db: Db, id: string, verb: AuditVerb, { at, by }: Act, data: object): Promise<void> =>
  audit(db, { at, by, act: `rounds.${verb}`, subject: `rounds:${id}`, data: { ...data } });

async function checkStation(db: Db, stationId: string): Promise<void> {
  if ((await idsOnShelf(db, 'stations', [stationId])).size > 0) return;
  throw new Fault('body-invalid', undefined, [{ path: 'stationId', message: `stations: there is no ${stationId}` }]);
}

export async function findRound(db: Db, id: string): Promise<Round | undefined> {
  const row = await db.selectFrom('rounds').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toRound(row);
}

export interface RoundsWanted {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly stationId?: string | undefined;
}

/** Plans in the order of their ids. */
export async function listRounds(db: Db, { limit, after, stationId }: RoundsWanted): Promise<Round[]> {
  let query = db.selectFrom('rounds').selectAll().orderBy('id').limit(limit);
  if (after !== undefined) query = query.where('id', '>', after);
  if (stationId !== undefined) query = query.where('station_id', '=', stationId);
  return (await query.execute()).map(toRound);
}

const batch = 50;

/**
 * Writes a run for each round that fell due, the longest due first, and when each is due next. Any number of processes may
 * do so. Answers how many runs were written.
 */
export async function putDueRuns(store: Pick<Store, 'routine'>, now: Instant, zone: TimeZone): Promise<number> {
  return store.routine.transaction().execute(async (db) => {
    const rows = await db
      .selectFrom('rounds')
      .selectAll()
      .where('active', '=', true)
      .where('next_due_at', '<=', new Date(now))
      .orderBy('next_due_at')
      .limit(batch)
      .forUpdate()
      .skipLocked()
      .execute();
    const events: NewEvent[] = [];
    for (const row of rows) {
      const due = row.next_due_at?.getTime() ?? now;
      const run = dueRun(toRound(row), due, now);
      await insertRows(db, 'round_runs', [run]);
      events.push(roundEvent('due', run.id, now, { roundId: row.id, name: row.name, stationId: row.station_id, dueAt: due }));
      await setNextDue(db, row.id, nextDue(row.every, due, zone));
    }
    await putEvents(db, events);
    return rows.length;
  });
}

export async function setNextDue(db: Db, id: string, next: Instant | undefined): Promise<void> {
  await db
    .updateTable('rounds')
    .set({ next_due_at: next === undefined ? null : new Date(next) })
    .where('id', '=', id)
    .execute();
}

/** A run as it is written; `due` undefined for one that no plan asked for. */
export const dueRun = ({ id, name, stationId, stops, picturesAtOnce, graceMinutes }: Round, due: Instant | undefined, now: Instant) => ({
  id: uuidv7(now),
  round_id: id,
  name,
  station_id: stationId,
  stops,
  pictures_at_once: picturesAtOnce,
  state: 'due' as const,
  due_at: due === undefined ? null : new Date(due),
  start_by: due === undefined ? null : new Date(due + minutes(graceMinutes)),
  at: new Date(due ?? now),
});
