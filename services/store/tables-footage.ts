/** The tables of migration 0003: cameras called up for incidents, what they gave, who turns which. */

/** `owed` until it is done or given up; `none` where it is not wanted. */
export type Owed = 'owed' | 'done' | 'missing' | 'none';

export interface IncidentCamerasTable {
  incident_id: string;
  camera_id: string;
  /** 0 is the best. */
  place: number;
  reason: string;
  distance: number | null;
  preset: string | null;
  at: Date;
  still: Owed;
  turn: Owed;
  clip: Owed;
  /** The parts that are stored reach this far. */
  clip_until: Date | null;
  /** The process that is at it. */
  holder: string | null;
  holder_until: Date | null;
}

export interface FootageTable {
  id: string;
  incident_id: string;
  camera_id: string;
  what: 'still' | 'clip';
  /** Counts the pictures, or the parts of the recording, of one camera. */
  part: number;
  /** Below the folder for footage. */
  file: string;
  media_type: string;
  codec: string | null;
  via: string | null;
  bytes: string;
  sha256: string;
  from_at: Date;
  to_at: Date;
  gaps: number;
  stored_at: Date;
  kept_until: Date;
  /** The file was removed when its time was over; the row stays, for its hash. */
  removed_at: Date | null;
}

export interface AimsTable {
  camera_id: string;
  holder_id: string;
  holder: string;
  rank: number;
  incident_id: string | null;
  since: Date;
  until: Date;
}
