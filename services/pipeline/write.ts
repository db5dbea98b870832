import { randomUUID } from 'node:crypto';
import { callsUpCameras, type Duration, type Effect, type Instant, isPanic, type OrderState, policyFor } from '../alarm/index.ts';
import { namesFor } from '../names.ts';
import type { Job } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { type DecisionRows, type OrderMove, storeDecision } from '../store/decisions.ts';
import type { EventType } from '../store/event-types.ts';
import type { NewEvent } from '../store/events.ts';
import { idFrom, uuidv7 } from '../store/ids.ts';
import type { IncidentWrite } from '../store/incidents.ts';
import { asStored, type NewOrder, passToNextBearer, releaseOrders } from '../store/orders.ts';
import type { Register } from '../store/register-view.ts';
import type { Rung } from '../store/tables.ts';
import { chainEntries, type TimelineRow } from '../store/timeline.ts';
import type { Words } from '../words.ts';
import type { Case, CaseDeps } from './case.ts';
import type { OpenCalls } from './open-calls.ts';

export interface WriteDeps extends CaseDeps {
  readonly words: Words;
  /**
   * Set where this process sends orders too: each is then written as already taken, for this long, and leaves at the commit
   * without asking the record whether it may. Should the process die in between, another one waits that long.
   */
  readonly sendsWithin?: Duration;
  readonly calls: OpenCalls;
  /** Told of each state that an order comes into, for the metrics. */
  readonly countOrder: (state: OrderState) => void;
}

/** Statements that were started and not awaited, and what must happen outside once they are committed. */
export interface Written {
  readonly jobs: readonly Job[];
  readonly writes: readonly Promise<unknown>[];
}

/** Signals that a decision was about, and the incident that each belongs to. */
export type Sorted = DecisionRows['sorted'];

/**
 * Whether a decision sends something out of the house: then it must be on disk first, or a crash would forget an order
 * that a radio already shows, and the same press would give another one.
 */
export const givesOrders = (jobs: readonly Job[]): boolean => jobs.some((job) => job.type === 'order');

/**
 * Starts storing all that the rules said of some incidents, in the caller's transaction. Each job names a row that is then
 * in the record, so losing a job loses nothing.
 */
export function writeCases(db: Db, deps: WriteDeps, works: readonly Case[], now: Instant, sorted: Sorted = []): Written {
  // A report that a radio sent twice changes nothing, and nobody is to hear of it.
  const decisions = works.filter((work) => work.entries.length > 0).map((work) => decided(work, deps, now));
  const incidents = (isNew: boolean) => decisions.filter(({ work }) => work.isNew === isNew).map(({ incident }) => incident);
  const rows: DecisionRows = {
    opened: incidents(true),
    changed: incidents(false),
    entries: decisions.flatMap(({ entries }) => entries),
    orders: decisions.flatMap(({ orders }) => orders),
    moves: decisions.flatMap(({ work }) => movesOf(work, now)),
    events: decisions.flatMap(({ work, orders }) => eventsOf(work, orders, now)),
    sorted,
  };
  return {
    jobs: decisions.flatMap(jobsOf),
    writes: [storeDecision(db, rows, now), ...decisions.flatMap(({ work }) => aside(db, deps, work, now))],
  };
}

interface Decision {
  readonly work: Case;
  readonly incident: IncidentWrite;
  readonly entries: readonly TimelineRow[];
  readonly orders: readonly NewOrder[];
}

function decided(work: Case, deps: WriteDeps, now: Instant): Decision {
  const { incident, chain } = work.stored;
  if (incident.state === 'closed') deps.calls.ends(incident);
  const names = namesFor(deps.register, work.entries);
  const worded = work.entries.map((entry) => ({ ...entry, text: deps.words.entry(entry, names) }));
  const { rows: entries, end } = chainEntries(incident.id, chain, worded, now);
  work.stored = { ...work.stored, chain: end };
  const orders = newOrders(work, deps, now);
  for (const _order of orders) deps.countOrder('queued');
  for (const effect of work.effects) if (effect.type === 'order-state') deps.countOrder(effect.state);
  return { work, incident: { stored: work.stored, receiptDue: owesReceipt(work, deps.register) }, entries, orders };
}

function jobsOf({ work, incident: { stored, receiptDue }, orders }: Decision): readonly Job[] {
  const { id, kind } = stored.incident;
  const jobs = orders.map(orderJob);
  for (const effect of work.effects) if (effect.type === 'next-bearer') jobs.push({ type: 'order', id: effect.orderId });
  if (receiptDue) jobs.push({ type: 'receipt', id });
  if (work.isNew && callsUpCameras(kind)) jobs.push({ type: 'footage', id });
  return jobs;
}

/** Each order once, however often it moved: its rungs in their order, and the state and clock that it comes to. */
export function movesOf(work: Case, now: Instant): readonly OrderMove[] {
  const moves = new Map<string, OrderMove>();
  for (const effect of work.effects) {
    if (effect.type !== 'order-state' && effect.type !== 'await') continue;
    const order = work.orders.find((held) => held.id === effect.orderId);
    if (!order) continue;
    const before = moves.get(order.id);
    const { id, state, live, clock } = order;
    const rungs = [...(before?.rungs ?? []), ...(effect.type === 'order-state' ? [rungOf(effect, now)] : [])];
    const armed = effect.type === 'await' || typeof before?.clock === 'object';
    const stands = clock === undefined ? 'ended' : armed ? clock : 'kept';
    moves.set(id, { id, state, live, moved: effect.type === 'order-state' || before?.moved === true, rungs, clock: stands });
  }
  return [...moves.values()];
}

const rungOf = ({ state, rung, reason, saidAt }: Extract<Effect, { type: 'order-state' }>, now: Instant): Rung => ({
  state: rung ?? state,
  at: new Date(now).toISOString(),
  ...(reason === undefined ? {} : { reason }),
  ...(saidAt === undefined ? {} : { saidAt: new Date(saidAt).toISOString() }),
});

/** What few decisions lead to has statements of its own. */
function aside(db: Db, deps: WriteDeps, work: Case, now: Instant): readonly Promise<unknown>[] {
  const passed = work.effects.flatMap((effect) => (effect.type === 'next-bearer' ? [nextBearer(db, deps, work, effect.orderId, now)] : []));
  const closes = !work.isNew && work.stored.incident.state === 'closed';
  return closes ? [...passed, releaseOrders(db, work.stored.incident.id)] : passed;
}

/**
 * A key hears back on a call for help, unless someone at the site could then notice that help was called under threat.
 * Not on its battery, its cover or its silence: its lamp would say that help is coming, perhaps in the midst of a duress.
 */
export function owesReceipt(work: Case, register: Pick<Register, 'device'>): boolean {
  const { incident } = work.stored;
  if (incident.silent || incident.deviceId === undefined || !isPanic(incident.kind)) return false;
  return register.device(incident.deviceId)?.kind === 'key' && work.effects.some((effect) => effect.type === 'receipt');
}

function orderJob(order: NewOrder): Job {
  const { id, lease } = order;
  return {
    type: 'order',
    id,
    ...(lease === undefined ? {} : { taken: { order: asStored(order), lease: lease.token, until: lease.until } }),
  };
}

export function newOrders(work: Case, deps: WriteDeps, now: Instant): readonly NewOrder[] {
  const { incident } = work.stored;
  const site = incident.siteId === undefined ? undefined : deps.register.site(incident.siteId);
  const device = incident.deviceId === undefined ? undefined : deps.register.device(incident.deviceId);
  const policy = policyFor(deps.rules(), incident, site?.kind).order;
  return work.effects.flatMap((effect): readonly NewOrder[] => {
    if (effect.type !== 'order') return [];
    const bearer = deps.register.bearersOf(effect.choice.unitId)[0];
    const text = deps.words.order({
      kind: incident.kind,
      exercise: incident.exercise,
      ...(incident.number > 0 ? { number: incident.number } : {}),
      ...(site === undefined ? {} : { site: { name: site.name, address: site.address } }),
      ...(incident.location === undefined ? {} : { location: incident.location }),
      ...(device === undefined ? {} : { what: device.name }),
      ...(effect.text === undefined ? {} : { text: effect.text }),
    });
    return [
      {
        // What a call leads to at once has its id from the call: sent already while the record was away, it is the same order.
        id: work.isNew ? idFrom(incident.id, effect.cause) : uuidv7(now),
        incidentId: incident.id,
        unitId: effect.choice.unitId,
        ...(bearer === undefined ? {} : { deviceId: bearer.id }),
        cause: effect.cause,
        automatic: effect.automatic,
        kind: incident.kind,
        priority: incident.priority,
        text,
        choice: effect.choice,
        exercise: incident.exercise,
        ...(incident.siteId === undefined ? {} : { siteId: incident.siteId }),
        ...(incident.location === undefined ? {} : { location: incident.location }),
        issuedAt: now,
        expiresAt: now + policy.expires,
        deliveredBy: now + policy.delivered,
        ...(deps.sendsWithin === undefined ? {} : { lease: { token: randomUUID(), until: now + deps.sendsWithin } }),
      },
    ];
  });
}

async function nextBearer(db: Db, deps: WriteDeps, work: Case, orderId: string, now: Instant): Promise<void> {
  const order = work.orders.find((held) => held.id === orderId);
  if (!order) return;
  const { incident } = work.stored;
  const site = incident.siteId === undefined ? undefined : deps.register.site(incident.siteId);
  const bearer = deps.register.bearersOf(order.unitId)[order.bearer + 1];
  await passToNextBearer(db, orderId, bearer?.id, now + policyFor(deps.rules(), incident, site?.kind).order.delivered, now);
}

/** What consoles, webhooks and other dispatch centres hear of this decision. */
function eventsOf(work: Case, orders: readonly NewOrder[], now: Instant): readonly NewEvent[] {
  const { incident } = work.stored;
  const { id, number, kind, priority, state, silent, confirmed, exercise, siteId, stationId, gridId } = incident;
  const face = {
    id,
    number,
    kind,
    priority,
    state,
    silent,
    confirmed,
    exercise,
    siteId,
    stationId,
    gridId,
    soundedAgainAt: incident.soundedAgainAt === undefined ? undefined : new Date(incident.soundedAgainAt).toISOString(),
    holder: incident.holder && { accountId: incident.holder.accountId, name: incident.holder.name },
    offer: incident.offer && { accountId: incident.offer.accountId, name: incident.offer.name, by: incident.offer.by },
    deadline: incident.clock?.dueAt === undefined ? undefined : new Date(incident.clock.dueAt).toISOString(),
  };
  const event = (type: EventType, subject: string, data: Record<string, unknown>): NewEvent => ({
    type,
    subject,
    at: now,
    data,
  });
  const about = `incidents/${id}`;
  const events = [
    event(`baiying.incident.${verbOf(work)}.v1`, about, {
      ...face,
      entries: work.entries.map(({ kind: what, reason, by }) => ({ kind: what, reason, by })),
    }),
  ];
  for (const order of orders)
    events.push(event('baiying.order.issued.v1', `orders/${order.id}`, { id: order.id, incidentId: id, exercise, ...order.choice }));
  for (const effect of work.effects) {
    if (effect.type === 'sound') events.push(event('baiying.incident.sounded.v1', about, face));
    if (effect.type === 'tell')
      events.push(event('baiying.incident.escalated.v1', about, { ...face, whom: effect.whom, level: effect.level }));
    if (effect.type === 'order-state') {
      const unitId = work.orders.find((order) => order.id === effect.orderId)?.unitId;
      events.push(
        event(`baiying.order.${effect.rung ?? effect.state}.v1`, `orders/${effect.orderId}`, {
          id: effect.orderId,
          incidentId: id,
          unitId,
          state: effect.state,
          exercise,
        }),
      );
    }
  }
  return events;
}

type Verb = 'opened' | 'acknowledged' | 'taken' | 'handed-on' | 'dispatched' | 'arrived' | 'closed' | 'changed';

function verbOf(work: Case): Verb {
  if (work.isNew) return 'opened';
  if (work.entries.some((entry) => entry.kind === 'acknowledged' && entry.reason !== 'already-so')) return 'acknowledged';
  for (const verb of ['closed', 'taken', 'handed-on'] as const) if (work.entries.some((entry) => entry.kind === verb)) return verb;
  const { state } = work.stored.incident;
  return state === work.was || state === 'open' ? 'changed' : state;
}
