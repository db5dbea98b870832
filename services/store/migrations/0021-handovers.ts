import { type Kysely, sql } from 'kysely';

/** What one shift hands to the next, with both signatures. A signed one is refused every change by the record itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table handovers (
    id uuid primary key, state text not null check (state in ('draft', 'offered', 'signed')), collected_at timestamptz not null,
    items jsonb not null, left_out int not null default 0, notes text not null default '',
    outgoing_id uuid not null, outgoing text not null, outgoing_signed_at timestamptz,
    incoming_id uuid, incoming text, incoming_signed_at timestamptz, hash text, check (incoming_id <> outgoing_id))`,
  `create index handovers_newest on handovers (collected_at desc, id desc)`,
  // Who goes prepares one page, not several that differ.
  `create unique index handovers_one_open on handovers (outgoing_id) where state <> 'signed'`,
  `create function handover_is_signed() returns trigger language plpgsql as $$
    begin raise exception 'a signed handover does not change'; end $$`,
  `create trigger handovers_stay before update or delete on handovers for each row when (old.state = 'signed')
    execute function handover_is_signed()`,
];
