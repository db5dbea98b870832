import type { Instant, OrderState } from '../alarm/index.ts';
import type { Db } from './connect.ts';

/** What is not at its end at this instant: what a shift must tell the next. Each list at most `limit` long. */

export async function openIncidents(db: Db, limit: number) {
  const rows = await db
    .selectFrom('incidents')
    .select(['id', 'number', 'kind', 'priority', 'state', 'exercise', 'site_id', 'opened_at', 'acknowledged_by', 'holder_name'])
    .where('state', '<>', 'closed')
    .orderBy('exercise')
    .orderBy('priority')
    .orderBy('opened_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, number: Number(row.number), openedAt: row.opened_at.getTime() }));
}

/** Orders whose unit may still be on it. */
export async function openOrders(db: Db, limit: number) {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('incidents', 'incidents.id', 'orders.incident_id')
    .select(['orders.id', 'orders.unit_id', 'orders.state', 'orders.issued_at', 'orders.exercise', 'incidents.number'])
    .select('orders.incident_id')
    .where('live', '=', true)
    .orderBy('orders.exercise')
    .orderBy('orders.issued_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, number: Number(row.number), state: row.state as OrderState, issuedAt: row.issued_at.getTime() }));
}

/** Video patrols that nobody did, since then. */
export async function missedRounds(db: Db, since: Instant, limit: number) {
  const rows = await db
    .selectFrom('round_runs')
    .select(['id', 'round_id', 'name', 'due_at', 'ended_at'])
    .where('state', '=', 'missed')
    .where('ended_at', '>=', new Date(since))
    .orderBy('ended_at')
    .limit(limit)
    .execute();
  return rows.flatMap((row) =>
    row.due_at === null ? [] : [{ id: row.id, roundId: row.round_id, name: row.name, dueAt: row.due_at.getTime() }],
  );
}
