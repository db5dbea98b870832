import type { RoundFinding, RoundStop, RunState, Schedule } from '../alarm/index.ts';
import type { Dated, Json } from './tables.ts';

/** The tables of migrations 0012 and 0013: video patrols, and who looked at which camera when. */

export interface RoundsTable extends Dated {
  id: string;
  name: string;
  station_id: string;
  stops: Json<RoundStop[]>;
  every: Json<Schedule>;
  grace_minutes: number;
  pictures_at_once: number;
  active: boolean;
  next_due_at: Date | null;
}

export interface RoundRunsTable {
  id: string;
  round_id: string;
  name: string;
  station_id: string;
  stops: Json<RoundStop[]>;
  pictures_at_once: number;
  state: RunState;
  /** Null where the plan asked for none: somebody looked for a reason of his own. */
  due_at: Date | null;
  start_by: Date | null;
  begun_at: Date | null;
  begun_by: string | null;
  /** With nothing more found until then, it was left. */
  left_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
  reason: string | null;
  /** When it was due, else when it was begun: the order of lists. */
  at: Date;
}

export interface RoundFindingsTable {
  run_id: string;
  stop: number;
  camera_id: string;
  finding: RoundFinding;
  note: string | null;
  incident_id: string | null;
  at: Date;
  by: string;
}

export interface CameraViewsTable {
  id: string;
  camera_id: string;
  by: string;
  /** `live`: a stream. `stills`: picture after picture. */
  how: string;
  run_id: string | null;
  began_at: Date;
  /** As far as it is known to have lasted. */
  seen_at: Date;
  ended_at: Date | null;
}
