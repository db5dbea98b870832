import { type Kysely, sql } from 'kysely';

/**
 * The whole record of the first release. Ids of the register are the names people gave; ids of what happens are
 * UUIDv7, so that they sort by time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const register = [
  `create table stations (
    id text primary key, name text not null, location jsonb, duty_unit_id text,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create table grids (
    id text primary key, name text not null, station_id text not null references stations, area jsonb,
    officer_unit_id text, unit_ids text[] not null default '{}',
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create table sites (
    id text primary key, name text not null, kind text not null, station_id text not null references stations,
    grid_id text references grids, address text not null default '', location jsonb,
    contacts jsonb not null default '[]', procedure_id text, exercise boolean not null default false,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create table units (
    id text primary key, name text not null, tier text not null, station_id text not null references stations,
    grid_ids text[] not null default '{}', device_ids text[] not null default '{}', status text not null,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create table devices (
    id text primary key, kind text not null, driver text not null, name text not null,
    site_id text references sites, unit_id text, location jsonb, settings jsonb not null default '{}',
    supervision_seconds int, test_until timestamptz, exercise boolean not null default false, secret_hash text,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  `create index devices_site on devices (site_id)`,
  `create table presence (
    device_id text primary key references devices on delete cascade, state text not null,
    last_seen_at timestamptz, since timestamptz not null, broker_id text, silent_since timestamptz, health jsonb not null default '{}')`,
  `create table positions (
    device_id text primary key references devices on delete cascade, lat double precision not null,
    lon double precision not null, at timestamptz not null, received_at timestamptz not null, accuracy double precision)`,
];

const happenings = [
  `create sequence incident_number`,
  `create table incidents (
    id uuid primary key, number bigint not null unique, kind text not null,
    priority smallint not null check (priority between 1 and 4), state text not null, silent boolean not null,
    confirmed boolean not null, exercise boolean not null, station_id text, site_id text, grid_id text,
    device_id text, part text, location jsonb, opened_at timestamptz not null, last_signal_at timestamptz not null,
    acknowledged_at timestamptz, acknowledged_by text, dispatched_at timestamptz, arrived_at timestamptz,
    closed_at timestamptz, disposition text, clock_name text, clock_level smallint, clock_started_at timestamptz,
    clock_due_at timestamptz, signal_count int not null default 0, receipt_due boolean not null default false, chain_length int not null default 0,
    chain_head text not null default '')`,
  `create index incidents_open_site on incidents (site_id) where state <> 'closed'`,
  `create index incidents_open_device on incidents (device_id) where state <> 'closed'`,
  `create index incidents_due on incidents (clock_due_at) where clock_due_at is not null`,
  `create index incidents_receipt on incidents (id) where receipt_due`,
  `create index incidents_newest on incidents (opened_at desc, id desc)`,
  `create table incident_links (
    a uuid not null references incidents, b uuid not null references incidents, reason text not null,
    at timestamptz not null, primary key (a, b))`,
  `create index incident_links_b on incident_links (b)`,
  `create table signals (
    id uuid primary key, device_id text not null, device_kind text not null, type text not null, grade text,
    active boolean not null, event_id text, at timestamptz not null, received_at timestamptz not null,
    last_at timestamptz not null, count int not null default 1, exercise boolean not null, lane text not null,
    data jsonb not null default '{}', raw bytea, dedupe text, sorted_at timestamptz, incident_id uuid references incidents,
    via text not null)`,
  `create unique index signals_once on signals (device_id, dedupe) where dedupe is not null`,
  `create index signals_event on signals (device_id, event_id, received_at) where event_id is not null`,
  `create index signals_device on signals (device_id, received_at desc)`,
  `create index signals_unsorted on signals (lane, received_at) where sorted_at is null`,
  `create index signals_newest on signals (received_at desc, id desc)`,
  `create index signals_incident on signals (incident_id) where incident_id is not null`,
  `create table timeline (
    incident_id uuid not null references incidents, seq int not null, at timestamptz not null, kind text not null,
    text text not null, reason text, by text, data jsonb not null, prev text not null, hash text not null,
    primary key (incident_id, seq))`,
  `create table orders (
    id uuid primary key, incident_id uuid not null references incidents, unit_id text not null, cause text not null,
    automatic boolean not null, kind text not null, priority smallint not null, text text not null, reason text not null,
    choice jsonb not null, exercise boolean not null, site_id text, location jsonb, state text not null, bearer int not null default 0, device_id text,
    issued_at timestamptz not null, expires_at timestamptz not null, clock_name text, clock_armed_at timestamptz,
    clock_due_at timestamptz, lease uuid, lease_until timestamptz, send_at timestamptz, attempts int not null default 0,
    rungs jsonb not null default '[]', live boolean not null default true, unique (incident_id, cause))`,
  `create index orders_to_send on orders (send_at) where send_at is not null`,
  `create index orders_due on orders (least(clock_due_at, expires_at)) where live and state in ('queued', 'sent', 'delivered', 'read')`,
  `create index orders_unit on orders (unit_id) where live`,
  `create index orders_incident on orders (incident_id)`,
  `create index orders_device on orders (device_id) where live`,
  `create table broadcasts (
    id uuid primary key, incident_id uuid references incidents, text text, phrase_id text, audio_url text, lang text not null,
    repeat int not null, volume int, priority smallint not null, requested_by text not null, issued_at timestamptz not null,
    expires_at timestamptz not null, exercise boolean not null)`,
  `create index broadcasts_incident on broadcasts (incident_id) where incident_id is not null`,
  `create table broadcast_targets (
    broadcast_id uuid not null references broadcasts, device_id text not null, state text not null, reason text,
    rungs jsonb not null default '[]', lease uuid, lease_until timestamptz, retry_at timestamptz, attempts int not null default 0,
    primary key (broadcast_id, device_id))`,
  `create index broadcast_targets_queued on broadcast_targets (broadcast_id) where state in ('queued', 'sent', 'playing')`,
];

const voices = [
  `create table mail (
    id uuid primary key, device_id text not null, channel text not null, payload text not null, qos smallint not null,
    retain boolean not null, created_at timestamptz not null, expires_at timestamptz not null, broker_id text not null,
    outcome text, done_at timestamptz)`,
  `create index mail_waiting on mail (broker_id, created_at) where outcome is null`,
  `create table retained (topic text primary key, payload text not null, at timestamptz not null)`,
  `create table events (
    seq bigint generated always as identity primary key, tx xid8 not null default pg_current_xact_id(), type text not null,
    subject text not null, at timestamptz not null, data jsonb not null)`,
  `create index events_order on events (tx, seq)`,
  `create index events_at on events using brin (at) with (autosummarize = on)`,
  `create table webhooks (
    id uuid primary key, url text not null, types text[] not null, secret text not null, active boolean not null default true,
    created_at timestamptz not null, created_by text not null)`,
  `create table webhook_deliveries (
    id uuid primary key, webhook_id uuid not null references webhooks on delete cascade, event_seq bigint not null,
    event jsonb not null, state text not null, attempts int not null default 0, next_at timestamptz not null,
    last_status int, last_error text, created_at timestamptz not null, done_at timestamptz, lease_until timestamptz,
    unique (webhook_id, event_seq))`,
  `create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'waiting'`,
  `create index webhook_deliveries_done on webhook_deliveries (done_at) where done_at is not null`,
  `create table cursors (name text primary key, tx xid8 not null, seq bigint not null)`,
];

const access = [
  `create table accounts (
    id uuid primary key, username text not null unique, password_hash text not null, roles text[] not null,
    station_ids text[] not null default '{}', active boolean not null default true, created_at timestamptz not null, updated_at timestamptz not null)`,
  `create table sessions (
    token_hash text primary key, account_id uuid not null references accounts on delete cascade,
    created_at timestamptz not null, expires_at timestamptz not null)`,
  `create table setup_links (token_hash text primary key, created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz)`,
  `create table api_keys (
    id uuid primary key, name text not null, key_hash text not null unique, roles text[] not null, scopes text[] not null,
    created_at timestamptz not null, created_by text not null, expires_at timestamptz, last_used_at timestamptz)`,
  `create table audit (
    seq bigint primary key, at timestamptz not null, by text not null, act text not null, subject text not null,
    data jsonb not null, prev text not null, hash text not null)`,
  `create table idempotency (
    actor text not null, key text not null, route text not null, body_hash text not null, status int, answer jsonb,
    created_at timestamptz not null, primary key (actor, key))`,
];

const statements = [...register, ...happenings, ...voices, ...access];
