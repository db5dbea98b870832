import type { Json } from './tables.ts';

/** The tables of migration 0004: when cameras are looked at, what is wrong with them, what they should show. */

export interface CameraHealthTable {
  camera_id: string;
  due_at: Date;
  sampled_at: Date | null;
  /** When a picture of it was last judged; null where it never gave one. */
  judged_at: Date | null;
  /** Marks of the last pictures, newest first. */
  seen: Json<{ mark: string; at: number }[]>;
  measures: Json<Record<string, number>>;
  /** Milliseconds, its clock less ours. */
  clock_offset: string | null;
}

export interface CameraFaultsTable {
  camera_id: string;
  fault: string;
  /** The last three samples that could tell, newest last: `y` is faulty. */
  votes: string;
  since: Date;
  standing: boolean;
  detail: Json<Record<string, unknown>>;
}

export interface CameraReferencesTable {
  camera_id: string;
  light: string;
  width: number;
  height: number;
  /** Brightness row by row, deflated. */
  luma: Buffer;
  at: Date;
  taken_by: string;
}
