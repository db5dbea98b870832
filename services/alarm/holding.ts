import { advance, type Draft, type Of, start, without, write } from './draft.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './time.ts';

/** Who has an incident: the one person who sees it through, known to all the others at the desk. */

export interface Holder {
  readonly accountId: string;
  readonly name: string;
  readonly since: Instant;
}

/** The holder asks a colleague to take it; until then the holder keeps it. */
export interface Offer {
  readonly accountId: string;
  readonly name: string;
  readonly by: string;
  readonly at: Instant;
}

/** Nobody at the desk has answered it, or has not since it sounded again. */
export const unanswered = ({ acknowledgedAt, soundedAgainAt }: Incident): boolean =>
  acknowledgedAt === undefined || soundedAgainAt !== undefined;

/**
 * The first answer stops the clock of the call; whoever gives it has the incident, unless a program does. Whoever answers what
 * sounded again is named beside the first, and all else stays as it is.
 */
export function acknowledge(draft: Draft, by: string, accountId: string | undefined): void {
  const first = draft.incident.acknowledgedAt === undefined;
  const why = unanswered(draft.incident) ? 'sounded-again' : 'already-so';
  write(draft, { kind: 'acknowledged', by, data: {}, ...(first ? {} : { reason: why }) });
  if (accountId !== undefined && !draft.incident.holder) hold(draft, accountId, by);
  draft.incident = without(draft.incident, 'soundedAgainAt');
  if (!first) return;
  draft.incident = { ...draft.incident, acknowledgedAt: draft.now, acknowledgedBy: by };
  advance(draft, 'acknowledged');
  // Also where the first ladder had come to its end: an answer that comes late can be forgotten like any other.
  if (draft.incident.state !== 'arrived' && draft.incident.clock?.name !== 'progress') start(draft, 'progress');
}

function hold(draft: Draft, accountId: string, name: string): void {
  draft.incident = { ...without(draft.incident, 'offer'), holder: { accountId, name, since: draft.now } };
}

/** Takes the incident from whoever has it, or accepts an offer; the holder who takes it takes back what was offered. */
export function take(draft: Draft, { by, accountId, reason }: Of<'taken'>): void {
  const { holder, offer } = draft.incident;
  if (holder?.accountId === accountId) {
    if (!offer) return;
    draft.incident = without(draft.incident, 'offer');
    return write(draft, { kind: 'taken', reason: 'offer-withdrawn', by, data: { person: offer.name } });
  }
  if (unanswered(draft.incident)) acknowledge(draft, by, accountId);
  if (!holder && draft.incident.holder?.accountId === accountId) return;
  const why = offer?.accountId === accountId ? 'offer-accepted' : holder ? 'taken-over' : 'taken-up';
  const data = { ...(holder ? { from: holder.accountId, holder: holder.name } : {}), ...(reason ? { note: reason } : {}) };
  write(draft, { kind: 'taken', reason: why, by, data: { to: accountId, ...data } });
  hold(draft, accountId, by);
}

export function handOn(draft: Draft, { by, to, note }: Of<'handed-on'>): void {
  draft.incident = { ...draft.incident, offer: { ...to, by, at: draft.now } };
  write(draft, { kind: 'handed-on', by, data: { to: to.accountId, person: to.name, ...(note ? { note } : {}) } });
}

/** A step of the procedure was done, or was not done after all. */
export function tick(draft: Draft, { by, stepId, step, done, note }: Of<'step'>): void {
  const { ticks = {} } = draft.incident;
  const already = Object.hasOwn(ticks, stepId);
  if (already === done && !note) return;
  const { [stepId]: _undone, ...rest } = ticks;
  const said = note ? { note } : {};
  draft.incident = { ...draft.incident, ticks: done ? { ...rest, [stepId]: { by, at: draft.now, ...said } } : rest };
  write(draft, { kind: 'step', reason: done ? 'step-done' : 'step-undone', by, data: { stepId, step, ...said } });
}
