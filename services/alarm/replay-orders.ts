import type { Effect } from './incident.ts';
import type { OrderPolicy, OrderState } from './orders.ts';
import type { Recorded, RecordedAnswer } from './replay-record.ts';
import type { Instant } from './time.ts';

/** An order while its incident is lived through again: what the record's row of an order would hold. */
export interface RunningOrder {
  readonly id: string;
  readonly unitId: string;
  readonly automatic: boolean;
  readonly expiresAt: Instant;
  state: OrderState;
  clock: { readonly name: 'delivered' | 'accepted'; readonly dueAt: Instant } | undefined;
  /** Still to come, the next one first. */
  readonly answers: { readonly answer: RecordedAnswer['answer']; readonly at: Instant }[];
}

/** Carries out what the rules asked for. @returns the units that were ordered now */
export function settle(
  orders: RunningOrder[],
  effects: readonly Effect[],
  policy: OrderPolicy,
  recorded: Pick<Recorded, 'units' | 'typical'>,
  now: Instant,
): readonly string[] {
  const find = (id: string) => orders.find((order) => order.id === id);
  const given: string[] = [];
  for (const effect of effects) {
    if (effect.type === 'order') {
      const { unitId } = effect.choice;
      const answers = recorded.units.find((unit) => unit.unitId === unitId)?.answers ?? recorded.typical;
      orders.push({
        id: effect.cause,
        unitId,
        automatic: effect.automatic,
        expiresAt: now + policy.expires,
        state: 'queued',
        clock: { name: 'delivered', dueAt: now + policy.delivered },
        answers: answers.map(({ answer, after }) => ({ answer, at: now + after })).sort((a, b) => a.at - b.at),
      });
      given.push(unitId);
    }
    if (effect.type === 'order-state') move(find(effect.orderId), effect.state, effect.rung === 'sent');
    if (effect.type === 'await') {
      const order = find(effect.orderId);
      if (order) order.clock = { name: effect.clock, dueAt: effect.dueAt };
    }
  }
  return given;
}

/** As the record does: the clock of an order ends when its state moves. */
function move(order: RunningOrder | undefined, state: OrderState, sent: boolean): void {
  if (!order) return;
  if (order.state !== state && !sent) order.clock = undefined;
  order.state = state;
  if (state === 'cancelled') order.answers.length = 0;
}
