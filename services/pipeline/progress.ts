import { type Answer, answers, type Instant, type Signal } from '../alarm/index.ts';
import { inAMoment, openGroup } from '../group.ts';
import type { Job, SentOrder } from '../ports.ts';
import { applyPlayback } from '../store/broadcast-moves.ts';
import { type Db, recordUnavailable } from '../store/connect.ts';
import { endClaims } from '../store/order-claims.ts';
import { takeAllUnsorted } from '../store/signals.ts';
import { transact } from '../store/transact.ts';
import { type Case, loadCases, lookAround, perform } from './case.ts';
import type { PipelineDeps } from './stages.ts';
import { givesOrders, type Sorted, writeCases } from './write.ts';

/**
 * How far orders and broadcasts come: that they left, and what units and loudspeakers answer. One press leads to half a dozen
 * of these, each of which would cost as much as the press; whatever comes while a decision runs is decided together in the next one.
 */
export interface Progress {
  /** Resolves when the answer is decided about, or was by another. */
  answered(signalId: string): Promise<void>;
  /** Orders of one incident were handed to their bearers. Forgotten by a server that dies, it is told again: they then go out again. */
  sent(orders: readonly SentOrder[]): Promise<void>;
}

type Step = { readonly signalId: string } | { readonly sent: readonly SentOrder[] };
/** `later`: the incident is held by another decision, or has just moved to another state, which is told by itself. */
type Outcome = 'done' | 'later';

/** Decided together at most: longer than this nobody's row should be held. */
const most = 64;
/** Milliseconds in which the answers to one order, and the news that it left, tend to come. */
const gathering = 4;

export function openProgress(deps: PipelineDeps, done: (jobs: readonly Job[]) => void): Progress {
  const group = openGroup<Step, Outcome>({
    name: 'progress',
    most,
    soon: inAMoment(gathering),
    recordAway: recordUnavailable,
    log: deps.log,
    async write(steps) {
      const { jobs, outcomes } = await decide(deps, steps);
      done(jobs);
      return outcomes;
    },
  });
  const decided = async (step: Step): Promise<void> => {
    let outcome = await group.add(step);
    while (outcome === 'later') outcome = await group.add(step);
  };
  return { answered: (signalId) => decided({ signalId }), sent: (sent) => decided({ sent }) };
}

interface Decided {
  readonly jobs: readonly Job[];
  readonly outcomes: readonly Outcome[];
}

/** After a crash the same answers are decided about again, so the commit waits for the disk only where it gives an order. */
function decide(deps: PipelineDeps, steps: readonly Step[]): Promise<Decided> {
  return deps.called.deciding((under) =>
    transact(
      deps.store.fleeting,
      async (db) => {
        const now = deps.clock.now();
        const signals = await answersOf(db, steps);
        const asked = [
          ...steps.flatMap((step) => ('sent' in step ? step.sent.map(({ id }) => id) : [])),
          ...[...signals.values()].flatMap(orderOf),
        ];
        const { cases, held } = await loadCases(db, asked);
        under.push(...cases);
        const room: Room = {
          db,
          deps,
          now,
          held,
          caseOf: new Map(cases.flatMap((work) => work.orders.map(({ id }) => [id, work]))),
          sorted: [],
        };
        const outcomes = await take(room, steps, signals);
        const { jobs, writes } = writeCases(db, deps, cases, now, room.sorted);
        return { value: { jobs, outcomes }, writes, lasting: givesOrders(jobs) };
      },
      'relaxed',
    ),
  );
}

/** One decision under way. */
interface Room {
  readonly db: Db;
  readonly deps: PipelineDeps;
  readonly now: Instant;
  readonly caseOf: ReadonlyMap<string, Case>;
  /** Orders of incidents that another decision holds. */
  readonly held: ReadonlySet<string>;
  readonly sorted: Sorted[number][];
}

async function answersOf(db: Db, steps: readonly Step[]): Promise<ReadonlyMap<string, Signal>> {
  const ids = steps.flatMap((step) => ('signalId' in step ? [step.signalId] : []));
  return new Map(ids.length === 0 ? [] : (await takeAllUnsorted(db, ids)).map((signal) => [signal.id, signal]));
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isAnswer = (value: unknown): value is Answer => answers.includes(value as Answer);

function orderOf({ type, data: { orderId, state } }: Signal): readonly string[] {
  return type === 'report' && typeof orderId === 'string' && uuid.test(orderId) && isAnswer(state) ? [orderId.toLowerCase()] : [];
}

/** First what left, then what was answered to it, each in the order in which it came. */
async function take(room: Room, steps: readonly Step[], signals: ReadonlyMap<string, Signal>): Promise<readonly Outcome[]> {
  await left(room, steps);
  const outcomes = new Map<string, Outcome>();
  for (const signal of signals.values()) outcomes.set(signal.id, await answered(room, signal));
  return steps.map((step) => {
    if ('signalId' in step) return outcomes.get(step.signalId) ?? 'done';
    return step.sent.some(({ id }) => room.held.has(id)) ? 'later' : 'done';
  });
}

async function left({ db, deps, caseOf, now }: Room, steps: readonly Step[]): Promise<void> {
  const sent = steps.flatMap((step) => ('sent' in step ? step.sent.filter(({ id }) => caseOf.has(id)) : []));
  if (sent.length === 0) return;
  for (const id of await endClaims(db, sent)) {
    const work = caseOf.get(id);
    const order = work?.orders.find((held) => held.id === id);
    if (work && order) perform(work, deps, { type: 'order-sent', orderId: id, unitId: order.unitId, state: order.state }, now);
  }
}

/** Answers of units and reports of loudspeakers belong to what was asked of them, not to a place. */
async function answered(room: Room, signal: Signal): Promise<Outcome> {
  const [orderId] = orderOf(signal);
  if (orderId !== undefined && room.held.has(orderId)) return 'later';
  const work = orderId === undefined ? undefined : room.caseOf.get(orderId);
  if (work && work.stored.incident.state !== work.was) return 'later';
  const taken = work && orderId !== undefined ? await answerOrder(room, work, orderId, signal) : false;
  if (signal.type === 'playback') await answerBroadcast(room, signal);
  room.sorted.push({ id: signal.id, incidentId: taken ? work?.stored.incident.id : undefined });
  return 'done';
}

/** False where the answer counts for nothing. */
async function answerOrder({ db, deps, now }: Room, work: Case, orderId: string, { data, deviceId, at, ours }: Signal): Promise<boolean> {
  const { state: answer, note } = data;
  const order = work.orders.find((held) => held.id === orderId);
  if (!order || !isAnswer(answer)) return false;
  // A radio answers for its own unit only; anything else is a mistake or a forgery.
  if (!deps.register.bearersOf(order.unitId).some((bearer) => bearer.id === deviceId)) {
    deps.log.warn({ orderId, deviceId }, 'report on an order of another unit refused');
    return false;
  }
  if (answer === 'declined') await lookAround(db, deps, work, now);
  const input = { type: 'order-answered', orderId, unitId: order.unitId, state: order.state, answer } as const;
  const said = {
    ...(typeof note === 'string' ? { note } : {}),
    // Marked where it was taken; the clock of a radio that marks nothing is not to be trusted so far.
    ...(ours?.late ? { saidAt: at } : {}),
  };
  perform(work, deps, { ...input, ...said }, now);
  return true;
}

async function answerBroadcast({ db, now }: Room, { deviceId, data: { broadcastId, state, reason } }: Signal): Promise<void> {
  if (typeof broadcastId !== 'string' || !uuid.test(broadcastId)) return;
  if (state !== 'playing' && state !== 'played' && state !== 'failed') return;
  const report = { broadcastId, deviceId, state, now } as const;
  await applyPlayback(db, typeof reason === 'string' ? { ...report, reason } : report);
}
