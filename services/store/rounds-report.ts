import { sql } from 'kysely';
import type { Instant } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** What came of the video patrols of a time: runs by round, findings by operator and by camera. */

export interface RunCounts {
  /** Asked for by the plan; those that somebody did of his own accord are `extra`. */
  readonly planned: number;
  readonly extra: number;
  readonly done: number;
  readonly missed: number;
  readonly abandoned: number;
  /** Due or under way. */
  readonly open: number;
}
export interface FindingCounts {
  readonly stops: number;
  readonly nothing: number;
  readonly note: number;
  readonly incident: number;
  readonly cameraFault: number;
}

export interface RoundsReport {
  readonly total: RunCounts;
  readonly rounds: readonly (RunCounts & { readonly roundId: string; readonly name: string })[];
  readonly operators: readonly (FindingCounts & { readonly by: string })[];
  readonly cameras: readonly (FindingCounts & { readonly cameraId: string })[];
}

export interface ReportSpan {
  readonly from: Instant;
  /** Not included. */
  readonly to: Instant;
  readonly stationId?: string | undefined;
}

const runCounts = sql`
  count(due_at)::int as planned, count(*) filter (where due_at is null)::int as extra,
  count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'missed')::int as missed,
  count(*) filter (where state = 'abandoned')::int as abandoned, count(*) filter (where state in ('due', 'under-way'))::int as open`;
const findingCounts = sql`
  count(*)::int as stops, count(*) filter (where finding = 'nothing')::int as nothing, count(*) filter (where finding = 'note')::int as note,
  count(*) filter (where finding = 'incident')::int as incident, count(*) filter (where finding = 'camera-fault')::int as "cameraFault"`;

export async function roundsReport(db: Db, { from, to, stationId }: ReportSpan): Promise<RoundsReport> {
  const station = stationId === undefined ? sql`` : sql`and r.station_id = ${stationId}`;
  const within = sql`r.at >= ${new Date(from)} and r.at < ${new Date(to)} ${station}`;
  const found = sql`from round_findings f join round_runs r on r.id = f.run_id where ${within}`;
  const [total, rounds, operators, cameras] = await Promise.all([
    sql<RunCounts>`select ${runCounts} from round_runs r where ${within}`.execute(db),
    sql<RunCounts & { roundId: string; name: string }>`
      select round_id as "roundId", (array_agg(name order by at desc))[1] as name, ${runCounts}
      from round_runs r where ${within} group by round_id order by round_id`.execute(db),
    sql<FindingCounts & { by: string }>`select f.by, ${findingCounts} ${found} group by f.by order by f.by`.execute(db),
    sql<FindingCounts & { cameraId: string }>`
      select f.camera_id as "cameraId", ${findingCounts} ${found} group by f.camera_id order by f.camera_id`.execute(db),
  ]);
  const none: RunCounts = { planned: 0, extra: 0, done: 0, missed: 0, abandoned: 0, open: 0 };
  return { total: total.rows[0] ?? none, rounds: rounds.rows, operators: operators.rows, cameras: cameras.rows };
}
