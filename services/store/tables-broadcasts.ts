import type { Generated } from 'kysely';
import type { Dated, Json } from './tables.ts';

/** One rung of a receipt ladder with its clock; `at` is RFC 3339. */
export interface Rung {
  state: string;
  at: string;
  reason?: string;
  /** When the unit answered, where its answer came late. */
  saidAt?: string;
  deviceId?: string;
  /** What a microphone beside the loudspeaker made of the words. */
  proof?: Proof;
}
/** `delayMs` from our first sound to the microphone, `level` of our sound against all else in dB, `confidence` 0 to 1. */
export interface Proof {
  ear: string;
  delayMs?: number;
  level?: number;
  confidence?: number;
  /** Why our sound was not found, though the microphone worked: `not-found`, `other-words`, `partly`. */
  why?: string;
  /** Why the microphone could not be asked. */
  deaf?: string;
}
export interface ZonesTable extends Dated {
  id: string;
  name: string;
  station_id: string;
  loudspeaker_ids: string[];
}
export interface BroadcastsTable {
  id: string;
  incident_id: string | null;
  text: string | null;
  phrase_id: string | null;
  audio_url: string | null;
  lang: string;
  repeat: number;
  volume: number | null;
  priority: number;
  requested_by: string;
  issued_at: Date;
  expires_at: Date;
  exercise: boolean;
  /** An operator's microphone instead of words. */
  live: Generated<boolean>;
  zone_id: string | null;
}
/** Broadcasts that a second person must consent to before there are any. */
export interface BroadcastRequestsTable {
  id: string;
  state: string;
  /** The broadcast as it will be, without its clocks. */
  broadcast: Json<Record<string, unknown>>;
  site_ids: string[];
  /** User name of the person who asked, or who made the API key that did. */
  owner: string;
  asked_at: Date;
  until: Date;
  decided_at: Date | null;
  decided_by: string | null;
  reason: string | null;
}
export interface BroadcastTargetsTable {
  broadcast_id: string;
  device_id: string;
  state: string;
  reason: string | null;
  rungs: Json<Rung[]>;
  lease: string | null;
  lease_until: Date | null;
  retry_at: Date | null;
  attempts: Generated<number>;
  /** We send the sound ourselves: the lease lasts as long as the words. */
  spoken: Generated<boolean>;
  /** Why whoever speaks is to let go of the loudspeaker. */
  asked_to_end: string | null;
  /** The loudspeaker that failed and that this one stands in for. */
  instead_of: string | null;
  /** Its end is not yet on the incident's timeline, and until when somebody is writing it there. */
  owed: Generated<boolean>;
  noting_until: Date | null;
}
