import type { FindingCode } from '../alarm/index.ts';
import type { Json } from './tables.ts';

/** A finding as it is kept: words are made when it is read, in the reader's language. */
export interface KeptFinding {
  code: FindingCode;
  data: Record<string, string | number>;
}
export interface KeptStep {
  step: string;
  at: string;
  data?: Record<string, unknown>;
}
export interface DeviceTestsTable {
  id: string;
  device_id: string;
  site_id: string | null;
  kind: string;
  by: string;
  at: Date;
  /** It is given up then at the latest. */
  until: Date;
  ended_at: Date | null;
  passed: boolean | null;
  measured: Json<Record<string, unknown>>;
  findings: Json<KeptFinding[]>;
  steps: Json<KeptStep[]>;
}
