import { seconds } from '../../services/alarm/index.ts';
import type { Sim, Task } from './sim.ts';

/** What puts back onto the lanes whatever the record says is left, and what a start mends. */

export const leaseLength = seconds(15);
export const tryAgainAfter = seconds(5);
const leftBehind = seconds(1);

/** What the record says is due or was left behind. */
export function sweep({ record, now }: Sim, patience = leftBehind): readonly Task[] {
  const tasks: Task[] = [];
  for (const { signal, sorted } of record.signals.values()) {
    const left = !sorted && (signal.receivedAt <= now - patience || signal.receivedAt > now);
    if (left) tasks.push({ type: signal.type === 'report' ? 'answer' : 'signal', id: signal.id });
  }
  for (const { stored, receiptDue } of record.incidents.values()) {
    const { id, clock } = stored.incident;
    if (clock && clock.dueAt <= now) tasks.push({ type: 'incident-clock', id });
    if (receiptDue) tasks.push({ type: 'receipt', id });
  }
  for (const { id, live, state, clock, expiresAt, sendAt, leaseUntil } of record.orders.values()) {
    if (!live) continue;
    const waits = state === 'queued' || state === 'sent' || state === 'delivered' || state === 'read';
    if (waits && Math.min(clock?.dueAt ?? expiresAt, expiresAt) <= now) tasks.push({ type: 'order-clock', id });
    if (sendAt !== undefined && sendAt <= now - patience && (leaseUntil === undefined || leaseUntil <= now))
      tasks.push({ type: 'order', id });
  }
  return tasks;
}

/** As at a start after the clock was set back (`rearmAfterClockStep`). */
export function rearm({ record, now }: Sim): void {
  for (const row of [...record.incidents.values()]) {
    const { incident } = row.stored;
    const { clock } = incident;
    if (!clock || clock.startedAt <= now) continue;
    const anew = { ...clock, startedAt: now, dueAt: now + clock.dueAt - clock.startedAt };
    record.incidents.put(incident.id, { ...row, stored: { ...row.stored, incident: { ...incident, clock: anew } } });
  }
  for (const row of [...record.orders.values()]) {
    if (!row.live) continue;
    const { clock, armedAt = 0 } = row;
    const anew = clock && armedAt > now ? { clock: { ...clock, dueAt: now + clock.dueAt - armedAt }, armedAt: now } : {};
    const { lease: _lease, leaseUntil: _until, ...rest } = row;
    const ahead = Math.max(row.issuedAt, row.sendAt ?? now, (row.leaseUntil ?? now) - leaseLength) > now;
    record.orders.put(row.id, row.sendAt !== undefined && ahead ? { ...rest, ...anew, sendAt: now } : { ...row, ...anew });
  }
}
