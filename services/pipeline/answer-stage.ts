import { type Answer, answers } from '../alarm/index.ts';
import { applyPlayback } from '../store/broadcast-moves.ts';
import { loadCase, perform } from './case.ts';
import type { PipelineDeps, Stage, Work } from './stages.ts';

/** Answers of units and reports of loudspeakers belong to what was asked of them, not to a place. */
export const answerStage = (deps: PipelineDeps): Stage => ({
  name: 'answer',
  async run(work) {
    if (work.sorting?.role !== 'answers') return;
    if (work.signal.type === 'report') return answerOrder(deps, work);
    return answerBroadcast(work);
  },
});

const isAnswer = (value: unknown): value is Answer => answers.includes(value as Answer);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function answerOrder(deps: PipelineDeps, work: Work): Promise<void> {
  const { orderId, state, note, late } = work.signal.data;
  if (typeof orderId !== 'string' || !uuid.test(orderId) || !isAnswer(state)) return;
  const answered = await loadCase(work.db, deps, { orderId }, work.now, state === 'declined' ? 'units' : 'no-units');
  const order = answered?.orders.find((held) => held.id === orderId);
  if (!answered || !order) return;
  // A radio answers for its own unit only; anything else is a mistake or a forgery.
  if (!deps.register.bearersOf(order.unitId).some((bearer) => bearer.id === work.signal.deviceId)) {
    deps.log.warn({ orderId, deviceId: work.signal.deviceId }, 'report on an order of another unit refused');
    return;
  }
  work.cases.push(answered);
  const input = { type: 'order-answered', orderId, unitId: order.unitId, state: order.state, answer: state } as const;
  const said = {
    ...(typeof note === 'string' ? { note } : {}),
    // Marked where it was taken; the clock of a radio that marks nothing is not to be trusted so far.
    ...(late === true ? { saidAt: work.signal.at } : {}),
  };
  perform(answered, deps, { ...input, ...said }, work.now);
}

async function answerBroadcast(work: Work): Promise<void> {
  const { broadcastId, state, reason } = work.signal.data;
  if (typeof broadcastId !== 'string' || !uuid.test(broadcastId)) return;
  if (state !== 'playing' && state !== 'played' && state !== 'failed') return;
  const report = { broadcastId, deviceId: work.signal.deviceId, state, now: work.now } as const;
  await applyPlayback(work.db, typeof reason === 'string' ? { ...report, reason } : report);
}
