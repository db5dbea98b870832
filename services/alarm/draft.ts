import { type Clock, choiceNext, nextLevel, type Situation, type World } from './escalate.ts';
import { type Effect, type Entry, type Incident, type IncidentInput, type IncidentState, incidentStates } from './incident.ts';
import type { Choice } from './orders.ts';
import type { Instant } from './time.ts';

/** What is gathered while one input is decided. */
export interface Draft {
  incident: Incident;
  readonly entries: Entry[];
  readonly effects: Effect[];
  readonly world: World;
  readonly now: Instant;
}

export type Of<T extends IncidentInput['type']> = Extract<IncidentInput, { type: T }>;

export const write = (draft: Draft, entry: Entry): void => void draft.entries.push(entry);

/** The world as the choice of units sees it at this point: under the policy of what the incident has become, with every order so far. */
export function situationOf({ incident, effects, world }: Draft): Situation {
  const { policyOf, procedureOf: _procedures, orders, ...rest } = world;
  const placed = effects.flatMap((effect) =>
    effect.type === 'order'
      ? [{ id: effect.cause, unitId: effect.choice.unitId, state: 'queued' as const, automatic: effect.automatic }]
      : [],
  );
  return { ...rest, policy: policyOf(incident), orders: [...orders, ...placed] };
}

export const policyOf = ({ world, incident }: Draft): Situation['policy'] => world.policyOf(incident);

export function order(draft: Draft, choice: Choice, cause: string, asked: { by?: string; text?: string } = {}): void {
  const { by, text } = asked;
  draft.effects.push({ type: 'order', choice, cause, automatic: by === undefined, ...(text === undefined ? {} : { text }) });
  write(draft, { kind: 'ordered', reason: choice.reason, data: { ...choice }, ...(by === undefined ? {} : { by }) });
}

export function orderNext(draft: Draft, cause: string): void {
  const choice = choiceNext(situationOf(draft), draft.now);
  if (choice) order(draft, choice, cause);
  else noUnit(draft, 1);
}

/** @param missing how many units were wanted and could not be ordered */
export function noUnit(draft: Draft, missing: number): void {
  write(draft, { kind: 'ordered', reason: 'no-unit-available', data: { missing } });
  draft.effects.push({ type: 'tell', whom: 'desk', level: 0 });
}

/** The desk is loud, also when somebody there had answered: that was an answer to what was known then. */
export function sound(draft: Draft): void {
  draft.effects.push({ type: 'sound' });
  const { acknowledgedAt, soundedAgainAt = draft.now } = draft.incident;
  if (acknowledgedAt !== undefined) draft.incident = { ...draft.incident, soundedAgainAt };
}

/** The key hears where its call stands, unless a bystander could then notice that help was called under threat. */
export function receipt(draft: Draft): void {
  if (!draft.incident.silent) draft.effects.push({ type: 'receipt' });
}

export function start(draft: Draft, name: Clock): void {
  const first = nextLevel(policyOf(draft)[name], 0, draft.now);
  draft.incident = first ? { ...draft.incident, clock: { name, startedAt: draft.now, ...first } } : without(draft.incident, 'clock');
}

export function advance(draft: Draft, state: IncidentState): void {
  if (incidentStates.indexOf(state) <= incidentStates.indexOf(draft.incident.state)) return;
  draft.incident = { ...draft.incident, state };
  receipt(draft);
}

export function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _left, ...rest } = value;
  return rest;
}
