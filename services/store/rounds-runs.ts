import { sql } from 'kysely';
import {
  beginning,
  type Instant,
  leftAfter,
  minutes,
  nextDue,
  type RoundFinding,
  type RoundStop,
  type RunState,
  type TimeZone,
  unfound,
} from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Db, Store } from './connect.ts';
import { putEvents } from './events.ts';
import type { Act } from './register-write.ts';
import { dueRun, setNextDue, toRound } from './rounds.ts';
import { type RoundVerb, roundEvent } from './rounds-events.ts';
import { insertRows } from './rows.ts';
import type { Row } from './tables.ts';

/** The runs of video patrols: begun by a person, stop by stop, to an end. */

export interface StopFound {
  readonly stop: number;
  readonly finding: RoundFinding;
  readonly note?: string;
  readonly incidentId?: string;
  readonly at: Instant;
  readonly by: string;
}

export interface Run {
  readonly id: string;
  readonly roundId: string;
  readonly name: string;
  readonly stationId: string;
  readonly state: RunState;
  readonly picturesAtOnce: number;
  readonly stops: readonly RoundStop[];
  readonly at: Instant;
  readonly dueAt?: Instant;
  readonly startBy?: Instant;
  readonly begunAt?: Instant;
  readonly begunBy?: string;
  readonly endedAt?: Instant;
  readonly endedBy?: string;
  readonly reason?: string;
  readonly found: readonly StopFound[];
}

/**
 * Begins a run: the one that waits, the next one a little early, or one of its own.
 * @throws Fault `not-found`; `run-under-way` naming who does it
 */
export async function beginRun(store: Store, roundId: string, { by, at }: Act, zone: TimeZone): Promise<Run> {
  return store.desk.transaction().execute(async (db) => {
    const row = await db.selectFrom('rounds').selectAll().where('id', '=', roundId).forUpdate().executeTakeFirst();
    if (!row) throw new Fault('not-found', `rounds: there is no ${roundId}`);
    const open = await db
      .selectFrom('round_runs')
      .selectAll()
      .where('round_id', '=', roundId)
      .where('state', 'in', ['due', 'under-way'])
      .execute();
    const other = open.find(({ state }) => state === 'under-way');
    if (other) throw new Fault('run-under-way', `${other.begun_by} has begun it: run ${other.id}`);
    const id = await chosenRun(db, row, open, at, zone);
    const begun = { state: 'under-way', begun_at: new Date(at), begun_by: by, left_at: new Date(at + leftAfter(row.stops)) } as const;
    const run = await db.updateTable('round_runs').set(begun).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
    await tell(db, 'begun', run, at, { by });
    return toRun(run, []);
  });
}

async function chosenRun(db: Db, row: Row<'rounds'>, open: readonly Row<'round_runs'>[], now: Instant, zone: TimeZone): Promise<string> {
  const round = toRound(row);
  const waiting = open.flatMap(({ id, due_at, start_by }) =>
    due_at && start_by ? [{ id, dueAt: due_at.getTime(), startBy: start_by.getTime() }] : [],
  );
  const choice = beginning(waiting, round.nextDueAt, minutes(round.graceMinutes), now);
  if (choice.what === 'due') return choice.runId;
  const due = choice.what === 'early' ? choice.dueAt : undefined;
  const run = dueRun(round, due, now);
  await insertRows(db, 'round_runs', [run]);
  if (due !== undefined) await setNextDue(db, round.id, nextDue(round.every, due, zone));
  return run.id;
}

export type NewFinding = Omit<StopFound, 'at' | 'by' | 'stop'>;

/**
 * What was found at a stop (from 1). Found anew it is replaced, save an incident: that stands.
 * @throws Fault `not-found`; `run-ended`; `finding-stands`
 */
export async function putFinding(store: Store, runId: string, stop: number, found: NewFinding, { by, at }: Act): Promise<Run> {
  return store.desk.transaction().execute(async (db) => {
    const run = await underWay(db, runId);
    const place = run.stops[stop - 1];
    if (!place) throw new Fault('not-found', `The run has ${run.stops.length} stops`);
    const values = {
      finding: found.finding,
      note: found.note ?? null,
      incident_id: found.incidentId ?? null,
      at: new Date(at),
      by,
    };
    const written = await db
      .insertInto('round_findings')
      .values({ run_id: runId, stop, camera_id: place.cameraId, ...values })
      .onConflict((known) => known.columns(['run_id', 'stop']).doUpdateSet(values).where('round_findings.finding', '<>', 'incident'))
      .returning('stop')
      .executeTakeFirst();
    if (!written) throw new Fault('finding-stands');
    await db
      .updateTable('round_runs')
      .set({ left_at: new Date(at + leftAfter(run.stops)) })
      .where('id', '=', runId)
      .execute();
    await tell(db, 'looked', run, at, { by, stop, cameraId: place.cameraId, ...found });
    return toRun(run, await foundIn(db, [runId]));
  });
}

/**
 * Ends a run; with a reason it is abandoned.
 * @throws Fault `not-found`; `run-ended`; `run-unfinished` naming the stops of which nothing was found
 */
export async function endRun(store: Store, runId: string, reason: string | undefined, { by, at }: Act): Promise<Run> {
  return store.desk.transaction().execute(async (db) => {
    const run = await underWay(db, runId);
    const found = await foundIn(db, [runId]);
    const left = unfound(run.stops, new Set(found.map(({ stop }) => stop)));
    if (reason === undefined && left.length > 0) throw new Fault('run-unfinished', `Nothing was found yet at stops ${left.join(', ')}`);
    const state = reason === undefined ? 'done' : 'abandoned';
    const ended = await db
      .updateTable('round_runs')
      .set({ state, ended_at: new Date(at), ended_by: by, reason: reason ?? null, left_at: null })
      .where('id', '=', runId)
      .returningAll()
      .executeTakeFirstOrThrow();
    await tell(db, state, ended, at, { by, ...(reason === undefined ? {} : { reason }) });
    return toRun(ended, found);
  });
}

async function underWay(db: Db, runId: string): Promise<Row<'round_runs'>> {
  const run = await db.selectFrom('round_runs').selectAll().where('id', '=', runId).forUpdate().executeTakeFirst();
  if (!run) throw new Fault('not-found', `There is no run ${runId}`);
  if (run.state !== 'under-way') throw new Fault('run-ended', `The run is ${run.state}`);
  return run;
}

/** Closes what nobody began in time, and what was begun and left. Answers how many. */
export async function closeOverdueRuns(store: Pick<Store, 'routine'>, now: Instant): Promise<number> {
  return store.routine.transaction().execute(async (db) => {
    const ended_at = new Date(now);
    const missed = await db
      .updateTable('round_runs')
      .set({ state: 'missed', ended_at })
      .where('state', '=', 'due')
      .where('start_by', '<=', ended_at)
      .returningAll()
      .execute();
    const left = await db
      .updateTable('round_runs')
      .set({ state: 'abandoned', ended_at })
      .where('state', '=', 'under-way')
      .where('left_at', '<=', ended_at)
      .returningAll()
      .execute();
    for (const run of missed) await tell(db, 'missed', run, now, {});
    for (const run of left) await tell(db, 'abandoned', run, now, { by: run.begun_by });
    return missed.length + left.length;
  });
}

const tell = (db: Db, verb: RoundVerb, run: Row<'round_runs'>, at: Instant, data: Record<string, unknown>): Promise<void> =>
  putEvents(db, [
    roundEvent(verb, run.id, at, {
      roundId: run.round_id,
      name: run.name,
      stationId: run.station_id,
      dueAt: run.due_at?.getTime(),
      ...data,
    }),
  ]);

export interface RunsWanted {
  readonly limit: number;
  readonly states?: readonly RunState[] | undefined;
  readonly roundId?: string | undefined;
  readonly since?: Instant | undefined;
  readonly before?: { readonly at: Date; readonly id: string } | undefined;
}

/** Runs, the latest first. */
export async function listRuns(db: Db, { limit, states, roundId, since, before }: RunsWanted): Promise<Run[]> {
  let query = db.selectFrom('round_runs').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
  if (states !== undefined) query = query.where('state', 'in', states);
  if (roundId !== undefined) query = query.where('round_id', '=', roundId);
  if (since !== undefined) query = query.where('at', '>=', new Date(since));
  if (before !== undefined) query = query.where(sql<boolean>`(at, id) < (${before.at}::timestamptz, ${before.id}::uuid)`);
  const rows = await query.execute();
  const found = Map.groupBy(
    await foundIn(
      db,
      rows.map(({ id }) => id),
    ),
    ({ runId }) => runId,
  );
  return rows.map((row) => toRun(row, found.get(row.id) ?? []));
}

export async function findRun(db: Db, id: string): Promise<Run | undefined> {
  const row = await db.selectFrom('round_runs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toRun(row, await foundIn(db, [id]));
}

async function foundIn(db: Db, runIds: readonly string[]): Promise<(StopFound & { runId: string })[]> {
  if (runIds.length === 0) return [];
  const rows = await db.selectFrom('round_findings').selectAll().where('run_id', 'in', runIds).orderBy('stop').execute();
  return rows.map((row) => ({
    runId: row.run_id,
    stop: row.stop,
    finding: row.finding,
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.incident_id === null ? {} : { incidentId: row.incident_id }),
    at: row.at.getTime(),
    by: row.by,
  }));
}

const toRun = (row: Row<'round_runs'>, found: readonly StopFound[]): Run => ({
  id: row.id,
  roundId: row.round_id,
  name: row.name,
  stationId: row.station_id,
  state: row.state,
  picturesAtOnce: row.pictures_at_once,
  stops: row.stops,
  at: row.at.getTime(),
  ...(row.due_at && { dueAt: row.due_at.getTime() }),
  ...(row.start_by && { startBy: row.start_by.getTime() }),
  ...(row.begun_at && { begunAt: row.begun_at.getTime() }),
  ...(row.begun_by && { begunBy: row.begun_by }),
  ...(row.ended_at && { endedAt: row.ended_at.getTime() }),
  ...(row.ended_by && { endedBy: row.ended_by }),
  ...(row.reason && { reason: row.reason }),
  found,
});
