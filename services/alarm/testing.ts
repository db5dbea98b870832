import type { EscalationPolicy, World } from './escalate.ts';
import type { Effect, Entry, Incident, IncidentInput, Step } from './incident.ts';
import type { OrderState, Unit } from './orders.ts';
import { minutes, seconds } from './time.ts';

/** One incident and its world for the tables of the tests, and what a step says in one line each. */
export const now = minutes(60);
export const policy: EscalationPolicy = {
  id: 'test',
  atOnce: { communityOfficer: false, nearest: 1 },
  acknowledge: [
    { after: seconds(15), steps: ['sound-again', 'next-unit'] },
    { after: seconds(30), steps: ['duty-leader', 'supervisor', 'bureau-desk'] },
  ],
  progress: [{ after: minutes(3), steps: ['supervisor'] }],
  order: { delivered: seconds(10), accepted: seconds(30), expires: minutes(30), most: 3 },
};
export const unit = (id: string, change: Partial<Unit> = {}): Unit => ({
  id,
  name: id,
  tier: 'city',
  stationId: 's1',
  gridIds: [],
  status: 'available',
  bearers: 1,
  ...change,
});
/** The key of an open incident, pressed once more. */
export const pressed = {
  type: 'signalled',
  sorted: 'press-emergency',
  placed: 'repeat-of-one-device',
  by: 'key-a',
  what: 'press',
  sounds: true,
} as const;
export const under = (other: Partial<EscalationPolicy>): Pick<World, 'policyOf'> => ({ policyOf: () => ({ ...policy, ...other }) });
export const situation = (change: Partial<World> = {}): World => ({
  policyOf: () => policy,
  procedureOf: () => undefined,
  units: [unit('car-1'), unit('car-2'), unit('car-3'), unit('leader', { status: 'busy' })],
  orders: [],
  scene: {},
  dutyLeader: 'leader',
  ...change,
});
export const running = { name: 'acknowledge', level: 1, startedAt: now - seconds(15), dueAt: now } as const;
export const incident = (change: Partial<Incident> = {}): Incident => ({
  id: 'i1',
  number: 17,
  kind: 'emergency',
  priority: 1,
  state: 'open',
  silent: false,
  confirmed: false,
  exercise: false,
  openedAt: now - seconds(15),
  clock: running,
  ...change,
});
export const ended = (): Incident => {
  const { clock: _none, ...rest } = incident({ state: 'closed', closedAt: now, disposition: 'genuine' });
  return rest;
};
export const without = ({ clock: _none, ...rest }: Incident): Incident => rest;
export const arrived = (): Incident => ({ ...ended(), state: 'arrived', arrivedAt: now });

const toldEntry = ({ kind, reason }: Entry): string => (reason ? `${kind}:${reason}` : kind);
function toldEffect(effect: Effect): string {
  switch (effect.type) {
    case 'order':
      return `order ${effect.choice.unitId} ${effect.automatic ? '' : 'by hand '}${effect.cause}`;
    case 'order-state':
      return `order-state ${effect.orderId} ${effect.state}`;
    case 'await':
      return `await ${effect.clock} ${(effect.dueAt - now) / 1000} s`;
    case 'next-bearer':
      return `next-bearer ${effect.orderId}`;
    case 'tell':
      return `tell ${effect.whom}`;
    default:
      return effect.type;
  }
}
export const said = ({ entries, effects }: Step) => ({
  entries: entries.map(toldEntry).join(', '),
  effects: effects.map(toldEffect).join(', '),
});
export const order = { orderId: 'o1', unitId: 'car-1' } as const;
export const sent = { id: 'o1', unitId: 'car-1', state: 'sent', automatic: true } as const;
export const opened = { type: 'opened', sorted: 'press-emergency', placed: 'first-of-its-device', by: 'key-a' } as const;
export const answer = (state: OrderState, told: Extract<IncidentInput, { type: 'order-answered' }>['answer']): IncidentInput => ({
  type: 'order-answered',
  ...order,
  state,
  answer: told,
});
export const held = situation({ orders: [sent] });
export const full = situation({ orders: ['a', 'b', 'c'].map((unitId) => ({ ...sent, id: unitId, unitId })) });
export const withdrawn = (state: OrderState): IncidentInput => ({ type: 'order-cancelled', ...order, state, by: 'wang' });

/** Name, input, entries, effects; then what was known and the incident, where they matter. */
export type Row = readonly [name: string, input: IncidentInput, entries: string, effects: string, given?: World, from?: Incident];
export const named = (table: readonly Row[]) =>
  table.map(([name, input, entries, effects, given = situation(), from = incident()]) => ({ name, input, entries, effects, given, from }));
