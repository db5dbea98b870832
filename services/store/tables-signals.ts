import type { Generated } from 'kysely';
import type { Mark } from '../../devices/driver.ts';
import type { OursOfSignal } from '../alarm/index.ts';
import type { Json } from './tables.ts';

/** What Baiying itself says of a signal: what the rules read, and what the ear must know later. */
export interface Ours extends OursOfSignal {
  /** How the input, button or property stood of which it tells. */
  readonly mark?: Mark;
  /** Somebody had kept it: it tells how things stand, and perhaps stood long ago. */
  readonly retained?: true;
  /** Who told it over HTTP. */
  readonly by?: Caller;
}

export interface Caller {
  readonly kind: 'account' | 'api-key';
  readonly id: string;
  /** As they were called then. */
  readonly name: string;
}

export interface SignalsTable {
  id: string;
  device_id: string;
  device_kind: string;
  type: string;
  grade: string | null;
  active: boolean;
  event_id: string | null;
  at: Date;
  received_at: Date;
  last_at: Date;
  count: Generated<number>;
  exercise: boolean;
  lane: string;
  data: Json<Record<string, unknown>>;
  /** What Baiying itself says of it; `data` is what came from outside. */
  ours: Json<Ours | null> | null;
  raw: Buffer | null;
  dedupe: string | null;
  sorted_at: Date | null;
  incident_id: string | null;
  via: string;
}
