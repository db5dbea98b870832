import { CompiledQuery } from 'kysely';
import type { Instant, OrderState } from '../alarm/index.ts';
import type { Db } from './connect.ts';
import { eventRow, type NewEvent } from './events.ts';
import { changedRow, type IncidentWrite, openedRow } from './incidents.ts';
import { type NewOrder, newOrderRow } from './orders.ts';
import { insertFrom, storable } from './rows.ts';
import type { Rung, Tables } from './tables.ts';
import type { TimelineRow } from './timeline.ts';

/** How an order moved: its new rungs, and what has become of its clock. */
export interface OrderMove {
  readonly id: string;
  readonly state: OrderState;
  /** Whether its end has not come. */
  readonly live: boolean;
  /** A clock that was armed without a report leaves the rest of the order as it is. */
  readonly moved: boolean;
  readonly rungs: readonly Rung[];
  readonly clock: 'kept' | 'ended' | { readonly name: 'delivered' | 'accepted'; readonly dueAt: Instant };
}

/** All that the rules said of some incidents, as rows. */
export interface DecisionRows {
  readonly opened: readonly IncidentWrite[];
  readonly changed: readonly IncidentWrite[];
  readonly entries: readonly TimelineRow[];
  readonly orders: readonly NewOrder[];
  readonly moves: readonly OrderMove[];
  readonly events: readonly NewEvent[];
  /** Signals that were decided about, and the incident that each belongs to. */
  readonly sorted: readonly { readonly id: string; readonly incidentId: string | undefined }[];
}

interface Part {
  readonly name: string;
  readonly rows: readonly object[];
  /** @param json the parameter that holds the rows, as jsonb */
  readonly sql: (json: string) => string;
}

/**
 * Writes all that was decided in one statement: each statement of its own costs a crossing to the server and a start of
 * its executor, together more than the writing itself. The caller's transaction holds the rows of the incidents.
 */
export async function storeDecision(db: Db, rows: DecisionRows, now: Instant): Promise<void> {
  const parts = partsOf(rows, new Date(now)).filter((part) => part.rows.length > 0);
  if (parts.length === 0) return;
  await db.executeQuery(
    CompiledQuery.raw(
      textOf(parts),
      parts.map((part) => storable(part.rows)),
    ),
  );
}

const texts = new Map<string, string>();

/** The text depends on which parts there are and on nothing else, so PostgreSQL plans a handful of statements once. */
function textOf(parts: readonly Part[]): string {
  const key = parts.map((part) => part.name).join(' ');
  const known = texts.get(key) ?? written(parts);
  texts.set(key, known);
  return known;
}

function written(parts: readonly Part[]): string {
  const statements = parts.map((part, index) => part.sql(`$${index + 1}::jsonb`));
  const last = statements.pop() ?? '';
  const before = statements.map((statement, index) => `part${index} as (${statement})`).join(', ');
  return before === '' ? last : `with ${before} ${last}`;
}

const partsOf = ({ opened, changed, entries, orders, moves, events, sorted }: DecisionRows, at: Date): readonly Part[] => [
  inserting('incidents', opened.map(openedRow)),
  changing(changed.map(changedRow)),
  inserting('timeline', entries),
  inserting('orders', orders.map(newOrderRow)),
  { name: 'moves', rows: moves.map((move) => moveRow(move, at)), sql: moving },
  inserting('events', events.map(eventRow)),
  { name: 'sorted', rows: sorted.map(({ id, incidentId }) => ({ id, incident_id: incidentId ?? null, sorted_at: at })), sql: sorting },
];

const inserting = (table: keyof Tables, rows: readonly object[]): Part => ({
  name: table,
  rows,
  sql: (json) => insertFrom(table, Object.keys(rows[0] ?? {}), json),
});

/** A receipt that is owed already stays owed. */
const changing = (rows: readonly ReturnType<typeof changedRow>[]): Part => ({
  name: 'changed',
  rows,
  sql: (json) => {
    const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id' && column !== 'receipt_due');
    const set = columns.map((column) => `"${column}" = r."${column}"`).join(', ');
    return `update incidents t set ${set}, receipt_due = t.receipt_due or r.receipt_due from jsonb_populate_recordset(null::incidents, ${json}) as r where t.id = r.id`;
  },
});

const moveRow = ({ id, state, live, moved, rungs, clock }: OrderMove, at: Date) => ({
  ...{ id, state, live, moved, rungs, at },
  clock: typeof clock === 'string' ? clock : 'armed',
  ...(typeof clock === 'string' ? {} : { name: clock.name, due: new Date(clock.dueAt) }),
});

const clockColumn = (column: string, armed: string) =>
  `${column} = case r.clock when 'kept' then t.${column} when 'armed' then r.${armed} end`;

/** Once an order is on its way nothing is to be sent; one that only waits anew may be due again for its radio. */
const moving = (json: string): string =>
  `update orders t set state = r.state, rungs = t.rungs || r.rungs,
    live = case when r.moved then r.live else t.live end,
    send_at = case when r.moved and r.state <> 'queued' then null else t.send_at end,
    ${clockColumn('clock_name', 'name')}, ${clockColumn('clock_armed_at', 'at')}, ${clockColumn('clock_due_at', 'due')}
  from jsonb_to_recordset(${json}) as r(id uuid, state text, live boolean, moved boolean, rungs jsonb, clock text, name text,
    due timestamptz, at timestamptz) where t.id = r.id`;

/** What was decided elsewhere meanwhile fails the whole decision, with a division by zero. */
const sorting = (json: string): string =>
  `update signals t set sorted_at = r.sorted_at + interval '0' / (t.sorted_at is null)::int, incident_id = r.incident_id
  from jsonb_to_recordset(${json}) as r(id uuid, incident_id uuid, sorted_at timestamptz) where t.id = r.id`;
