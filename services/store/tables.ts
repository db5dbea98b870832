import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import type { Offer, Ticks } from '../alarm/index.ts';
import type {
  AccountsTable,
  ApiKeysTable,
  AuditTable,
  IdempotencyTable,
  ResetLinksTable,
  SecondFactorsTable,
  SessionsTable,
  SignOnsTable,
  WebhookDeliveriesTable,
  WebhooksTable,
} from './tables-access.ts';
import type { BroadcastRequestsTable, BroadcastsTable, BroadcastTargetsTable, Rung, ZonesTable } from './tables-broadcasts.ts';
import type { CameraFaultsTable, CameraHealthTable, CameraReferencesTable } from './tables-camera-health.ts';
import type { DeviceTestsTable } from './tables-device-tests.ts';
import type { HeadFilesTable, SigningKeysTable } from './tables-evidence.ts';
import type { AimsTable, FootageTable, IncidentCamerasTable } from './tables-footage.ts';
import type { PhonePagesTable } from './tables-officer.ts';
import type { PlansTable } from './tables-plans.ts';
import type { ProceduresTable, ProcedureVersionsTable } from './tables-procedures.ts';
import type { CameraViewsTable, RoundFindingsTable, RoundRunsTable, RoundsTable } from './tables-rounds.ts';
import type { SignalsTable } from './tables-signals.ts';
import type { HandoversTable, PoliciesTable } from './tables-supervision.ts';

export type { Proof, Rung } from './tables-broadcasts.ts';

/** The record's tables as Kysely sees them; the migrations are their definition. Instants are Dates at this edge only. */
export interface Tables {
  stations: StationsTable;
  grids: GridsTable;
  sites: SitesTable;
  units: UnitsTable;
  devices: DevicesTable;
  procedures: ProceduresTable;
  procedure_versions: ProcedureVersionsTable;
  presence: PresenceTable;
  positions: PositionsTable;
  incidents: IncidentsTable;
  incident_links: { a: string; b: string; reason: string; at: Date };
  signals: SignalsTable;
  timeline: TimelineTable;
  orders: OrdersTable;
  zones: ZonesTable;
  broadcasts: BroadcastsTable;
  broadcast_requests: BroadcastRequestsTable;
  broadcast_targets: BroadcastTargetsTable;
  mail: MailTable;
  retained: { topic: string; payload: string; at: Date };
  events: EventsTable;
  webhooks: WebhooksTable;
  webhook_deliveries: WebhookDeliveriesTable;
  incident_footage: { incident_id: string; at: Date };
  incident_cameras: IncidentCamerasTable;
  footage: FootageTable;
  aims: AimsTable;
  camera_health: CameraHealthTable;
  camera_faults: CameraFaultsTable;
  camera_references: CameraReferencesTable;
  device_tests: DeviceTestsTable;
  rounds: RoundsTable;
  round_runs: RoundRunsTable;
  round_findings: RoundFindingsTable;
  camera_views: CameraViewsTable;
  plans: PlansTable;
  holdings: {
    purpose: string;
    device_id: string;
    holder: string;
    until: Date;
    memory: ColumnType<string | null, string | null | undefined, string | null>;
  };
  cursors: { name: string; tx: string; seq: string };
  accounts: AccountsTable;
  sessions: SessionsTable;
  reset_links: ResetLinksTable;
  sign_ons: SignOnsTable;
  second_factors: SecondFactorsTable;
  recovery_codes: { account_id: string; code_hash: string };
  setup_links: { token_hash: string; created_at: Date; expires_at: Date; used_at: Date | null };
  api_keys: ApiKeysTable;
  audit: AuditTable;
  phone_pages: PhonePagesTable;
  handovers: HandoversTable;
  policies: PoliciesTable;
  signing_keys: SigningKeysTable;
  head_files: HeadFilesTable;
  idempotency: IdempotencyTable;
}

/** jsonb: written as a JSON string, read as a value. */
export type Json<T> = ColumnType<T, string, string>;
type Point = { lat: number; lon: number };
export interface Dated {
  created_at: Date;
  updated_at: Date;
}

interface StationsTable extends Dated {
  id: string;
  name: string;
  location: Json<Point | null> | null;
  duty_unit_id: string | null;
}
interface GridsTable extends Dated {
  id: string;
  name: string;
  station_id: string;
  area: Json<unknown> | null;
  officer_unit_id: string | null;
  unit_ids: string[];
}
interface SitesTable extends Dated {
  id: string;
  name: string;
  kind: string;
  station_id: string;
  grid_id: string | null;
  address: string;
  location: Json<Point | null> | null;
  contacts: Json<unknown[]>;
  procedure_id: string | null;
  exercise: boolean;
  footage_days: number | null;
}
interface UnitsTable extends Dated {
  id: string;
  name: string;
  tier: string;
  station_id: string;
  grid_ids: string[];
  device_ids: string[];
  status: string;
}
interface DevicesTable extends Dated {
  id: string;
  kind: string;
  driver: string;
  name: string;
  site_id: string | null;
  unit_id: string | null;
  location: Json<Point | null> | null;
  settings: Json<Record<string, unknown>>;
  supervision_seconds: number | null;
  test_until: Date | null;
  exercise: boolean;
  secret_hash: string | null;
  plan_id: string | null;
  plan_x: number | null;
  plan_y: number | null;
}
interface PresenceTable {
  device_id: string;
  state: string;
  last_seen_at: Date | null;
  since: Date;
  broker_id: string | null;
  silent_since: Date | null;
  health: Json<Record<string, unknown>>;
}
interface PositionsTable {
  device_id: string;
  lat: number;
  lon: number;
  at: Date;
  received_at: Date;
  accuracy: number | null;
}
interface IncidentsTable {
  id: string;
  number: string;
  kind: string;
  priority: number;
  state: string;
  silent: boolean;
  confirmed: boolean;
  exercise: boolean;
  station_id: string | null;
  site_id: string | null;
  grid_id: string | null;
  device_id: string | null;
  part: string | null;
  location: Json<Point | null> | null;
  opened_at: Date;
  last_signal_at: Date;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  sounded_again_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  dispatched_at: Date | null;
  arrived_at: Date | null;
  closed_at: Date | null;
  disposition: string | null;
  clock_name: string | null;
  clock_level: number | null;
  clock_started_at: Date | null;
  clock_due_at: Date | null;
  holder_id: ColumnType<string | null, string | null | undefined, string | null>;
  holder_name: ColumnType<string | null, string | null | undefined, string | null>;
  holder_since: ColumnType<Date | null, Date | null | undefined, Date | null>;
  offer: ColumnType<Offer | null, string | null | undefined, string | null>;
  procedure_id: ColumnType<string | null, string | null | undefined, string | null>;
  procedure_version: ColumnType<number | null, number | null | undefined, number | null>;
  procedure_binding: Generated<boolean>;
  ticks: ColumnType<Ticks, string | undefined, string>;
  signal_count: Generated<number>;
  receipt_due: Generated<boolean>;
  chain_length: Generated<number>;
  chain_head: Generated<string>;
}
interface TimelineTable {
  incident_id: string;
  seq: number;
  at: Date;
  kind: string;
  text: string;
  reason: string | null;
  by: string | null;
  data: Json<Record<string, unknown>>;
  prev: string;
  hash: string;
}
interface OrdersTable {
  id: string;
  incident_id: string;
  unit_id: string;
  cause: string;
  automatic: boolean;
  kind: string;
  priority: number;
  text: string;
  reason: string;
  choice: Json<Record<string, unknown>>;
  exercise: boolean;
  /** Where to go, as it was known when the order was given. */
  site_id: string | null;
  location: Json<Point | null> | null;
  state: string;
  bearer: Generated<number>;
  device_id: string | null;
  issued_at: Date;
  expires_at: Date;
  clock_name: string | null;
  clock_armed_at: Date | null;
  clock_due_at: Date | null;
  lease: string | null;
  lease_until: Date | null;
  /** When it is to be handed to its bearer; null while nothing is to be sent. */
  send_at: Date | null;
  attempts: Generated<number>;
  rungs: Json<Rung[]>;
  /** Its end has not come: the unit may still be on it. False once ended or its incident closed. */
  live: Generated<boolean>;
}
interface MailTable {
  id: string;
  device_id: string;
  channel: string;
  payload: string;
  qos: number;
  retain: boolean;
  created_at: Date;
  expires_at: Date;
  broker_id: string;
  outcome: string | null;
  done_at: Date | null;
}
interface EventsTable {
  seq: Generated<string>;
  tx: Generated<string>;
  type: string;
  subject: string;
  at: Date;
  data: Json<Record<string, unknown>>;
}
export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
