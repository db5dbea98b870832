import {
  type Effect,
  type Entry,
  type Incident,
  type IncidentInput,
  type IncidentState,
  type Instant,
  nearest,
  type PolicyRule,
  pending,
  policyFor,
  procedureFor,
  type Scene,
  step,
  type Unit,
  type World,
} from '../alarm/index.ts';
import type { Db } from '../store/connect.ts';
import { type IncidentKey, type StoredIncident, takeDue, takeIncident, takeIncidentsOf } from '../store/incidents.ts';
import { engagedUnits, lives, ordersBeside, ordersOf, ordersUnder, type StoredOrder } from '../store/orders.ts';
import type { Register } from '../store/register-view.ts';
import { together } from '../store/transact.ts';
import { unitAsSeen } from '../store/unit-view.ts';
import type { Called } from './called.ts';
import type { Numbers } from './numbers.ts';

/** One incident under decision in a transaction: what is known of it, and what the rules have said so far. */
export interface Case {
  readonly isNew: boolean;
  /** As the rules have left them so far. */
  orders: readonly StoredOrder[];
  surroundings: Surroundings;
  /** The state in the record before this decision. */
  readonly was: IncidentState;
  stored: StoredIncident;
  readonly entries: Entry[];
  readonly effects: Effect[];
}

type Surroundings = Omit<World, 'policyOf' | 'procedureOf' | 'orders'>;

/** What the rules are told of the register. */
export type Surveyed = Pick<
  Register,
  'device' | 'site' | 'grid' | 'station' | 'unit' | 'units' | 'unitPosition' | 'bearersOf' | 'procedures'
>;

export interface CaseDeps {
  readonly register: Surveyed;
  readonly numbers: Numbers;
  readonly called: Called;
  readonly rules: () => readonly PolicyRule[];
}

/** Which units the input may come to choose from: none, the nearest, or the nearest and those that an operator named. */
export type Choosing = 'no-units' | 'units' | { readonly named: readonly string[] };

/** The incident of the record, locked until the transaction ends. */
export async function loadCase(db: Db, deps: CaseDeps, key: IncidentKey, now: Instant, choosing: Choosing): Promise<Case | undefined> {
  const [stored, orders] = await together(takeIncident(db, key), ordersOf(db, key));
  if (!stored) return undefined;
  return known(stored, orders, await surroundingsOf(db, deps.register, stored.incident, now, choosing));
}

const known = (stored: StoredIncident, orders: readonly StoredOrder[], around: Surroundings): Case => ({
  isNew: false,
  orders,
  surroundings: around,
  was: stored.incident.state,
  stored,
  entries: [],
  effects: [],
});

/** Of some incidents those whose clock has run out, locked until the transaction ends, with the units around each. */
export async function loadDue(db: Db, { register }: CaseDeps, ids: readonly string[], now: Instant): Promise<readonly Case[]> {
  const [due, orders] = await together(takeDue(db, ids, now), ordersUnder(db, ids));
  const ofIncident = Map.groupBy(orders, (order) => order.incidentId);
  const around = due.map((stored) => ({ stored, candidates: candidatesOf(register, sceneOf(stored.incident), [], now) }));
  const units = new Set(around.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  const engaged = await engagedUnits(db, [...units]);
  return around.map(({ stored: { incident }, stored, candidates }) =>
    known(stored, ofIncident.get(incident.id) ?? [], surroundings(register, incident, candidates, engaged)),
  );
}

/** Incidents under decision together, and the orders of those that another decision holds at the moment. */
export interface Cases {
  readonly cases: readonly Case[];
  readonly held: ReadonlySet<string>;
}

/** The incidents of some orders, locked until the transaction ends; without the units around, which hardly any answer asks for. */
export async function loadCases(db: Db, orderIds: readonly string[]): Promise<Cases> {
  if (orderIds.length === 0) return { cases: [], held: new Set() };
  const [incidents, orders] = await together(takeIncidentsOf(db, orderIds), ordersBeside(db, orderIds));
  const ofIncident = Map.groupBy(orders, (order) => order.incidentId);
  const cases = incidents.map((stored): Case => {
    const own = ofIncident.get(stored.incident.id) ?? [];
    ofIncident.delete(stored.incident.id);
    return known(stored, own, { units: [], scene: sceneOf(stored.incident) });
  });
  return { cases, held: new Set([...ofIncident.values()].flat().map(({ id }) => id)) };
}

/** Looks at the units around, for what may call another one. */
export async function lookAround(db: Db, deps: CaseDeps, work: Case, now: Instant): Promise<void> {
  work.surroundings = await surroundingsOf(db, deps.register, work.stored.incident, now, 'units');
}

/**
 * An incident that is about to be; its number is drawn while the units are looked at.
 * @param engaged asked for earlier in this transaction
 */
export async function newCase(db: Db, deps: CaseDeps, opening: Omit<Incident, 'number'>, now: Instant, engaged?: Engaged): Promise<Case> {
  const unnumbered = { ...opening, number: 0 };
  const [number, surroundings] = await together(
    deps.numbers.next(db),
    surroundingsOf(db, deps.register, unnumbered, now, 'units', engaged),
  );
  const stored: StoredIncident = { incident: { ...opening, number }, lastSignalAt: now, signalCount: 0, chain: { length: 0, head: '' } };
  return { isNew: true, orders: [], surroundings, was: opening.state, stored, entries: [], effects: [] };
}

/** Puts one input to the rules and keeps what they say. */
export function perform(work: Case, deps: CaseDeps, input: IncidentInput, now: Instant): void {
  const { incident } = work.stored;
  const site = incident.siteId === undefined ? undefined : deps.register.site(incident.siteId);
  const rules = deps.rules();
  const policyOf: World['policyOf'] = (face) => policyFor(rules, face, site?.kind);
  const procedureOf: World['procedureOf'] = (face) => procedureFor(deps.register.procedures(), face, site);
  const units = asCalled(work.surroundings.units, incident, deps.called);
  const result = step(incident, input, { ...work.surroundings, units, policyOf, procedureOf, orders: ordersSoFar(work) }, now);
  work.stored = { ...work.stored, incident: result.incident };
  work.entries.push(...result.entries);
  work.effects.push(...result.effects);
  for (const effect of result.effects) {
    if (effect.type === 'order') deps.called.note(result.incident, effect.choice.unitId);
    work.orders = work.orders.map((order) => followed(order, effect));
  }
}

const asCalled = (units: readonly Unit[], { id }: Incident, called: Called): readonly Unit[] =>
  units.map((unit) => {
    const engagedOn = unit.engagedOn ?? called.elsewhere(id, unit.id);
    return engagedOn === undefined ? unit : { ...unit, engagedOn };
  });

/** An order as an effect leaves it, for the next input of the same decision. */
function followed(order: StoredOrder, effect: Effect): StoredOrder {
  if (effect.type === 'await' && effect.orderId === order.id) return { ...order, clock: { name: effect.clock, dueAt: effect.dueAt } };
  if (effect.type !== 'order-state' || effect.orderId !== order.id) return order;
  const { state, rung } = effect;
  const { clock, ...rest } = order;
  const keeps = clock !== undefined && (rung === 'sent' || state === order.state);
  return { ...rest, state, live: lives(state), ...(keeps ? { clock } : {}) };
}

/** A signal was added to the incident. */
export function count(work: Case, now: Instant): void {
  work.stored = { ...work.stored, lastSignalAt: now, signalCount: work.stored.signalCount + 1 };
}

function ordersSoFar(work: Case): World['orders'] {
  const placed = work.effects.flatMap((effect) =>
    effect.type === 'order'
      ? [{ id: effect.cause, unitId: effect.choice.unitId, state: 'queued' as const, automatic: effect.automatic }]
      : [],
  );
  // An order that nobody took on loses its clock only when that has run out.
  const held = work.orders.map((order) => ({ ...order, givenUp: pending(order.state) && order.clock === undefined }));
  return [...held, ...placed];
}

/** Whether a unit is engaged elsewhere is asked of the record for this many of the nearest, which is more than any policy orders. */
const asked = 32;

/** Which of some units hold an order, by the number of its incident. */
export interface Engaged {
  readonly asked: ReadonlySet<string>;
  readonly on: ReadonlyMap<string, number>;
}

/** What an incident at this place would have to know of the units around; asked together with other questions, it costs no wait. */
export async function engagedAround(db: Db, register: Surveyed, place: Place, now: Instant): Promise<Engaged> {
  const ids = candidatesOf(register, sceneOf(place), [], now).map((unit) => unit.id);
  return { asked: new Set(ids), on: await engagedUnits(db, ids) };
}

export type Place = Pick<Incident, 'location' | 'gridId' | 'stationId'>;

export const sceneOf = ({ location, gridId, stationId }: Place): Scene => ({
  ...(location === undefined ? {} : { point: location }),
  ...(gridId === undefined ? {} : { gridId }),
  ...(stationId === undefined ? {} : { stationId }),
});

/** The nearest units, and those that are asked by their duty or by name. */
export function candidatesOf(register: Surveyed, scene: Scene, named: readonly string[], now: Instant): readonly Unit[] {
  const all = register
    .units()
    .map((unit) => unitAsSeen(register, unit.id))
    .filter((unit) => unit !== undefined);
  const close = new Set([
    ...nearest(all, scene, asked, new Set(), now).map((choice) => choice.unitId),
    scene.gridId === undefined ? undefined : register.grid(scene.gridId)?.officerUnitId,
    scene.stationId === undefined ? undefined : register.station(scene.stationId)?.dutyUnitId,
    ...named,
  ]);
  return all.filter((unit) => close.has(unit.id));
}

async function surroundingsOf(
  db: Db,
  register: Surveyed,
  incident: Incident,
  now: Instant,
  choosing: Choosing,
  held?: Engaged,
): Promise<Surroundings> {
  if (choosing === 'no-units') return { units: [], scene: sceneOf(incident) };
  const candidates = candidatesOf(register, sceneOf(incident), choosing === 'units' ? [] : choosing.named, now);
  const ids = candidates.map((unit) => unit.id);
  const engaged = held && ids.every((id) => held.asked.has(id)) ? held.on : await engagedUnits(db, ids);
  return surroundings(register, incident, candidates, engaged);
}

/** @param engaged for each unit that holds an order, the number of its incident */
export function surroundings(
  register: Surveyed,
  incident: Incident,
  candidates: readonly Unit[],
  engaged: ReadonlyMap<string, number>,
): Surroundings {
  const communityOfficer = incident.gridId === undefined ? undefined : register.grid(incident.gridId)?.officerUnitId;
  const dutyLeader = incident.stationId === undefined ? undefined : register.station(incident.stationId)?.dutyUnitId;
  const caller = incident.deviceId === undefined ? undefined : register.device(incident.deviceId)?.unitId;
  const units = candidates.map((unit): Unit => {
    const number = engaged.get(unit.id);
    return number === undefined || number === incident.number ? unit : { ...unit, engagedOn: number };
  });
  return {
    units,
    scene: sceneOf(incident),
    ...(communityOfficer === undefined ? {} : { communityOfficer }),
    ...(dutyLeader === undefined ? {} : { dutyLeader }),
    ...(caller === undefined ? {} : { caller }),
  };
}

/** The bearers of the order's unit that were not tried yet. */
export const bearersLeft = ({ register }: Pick<CaseDeps, 'register'>, { unitId, bearer }: Pick<StoredOrder, 'unitId' | 'bearer'>): number =>
  Math.max(0, register.bearersOf(unitId).length - 1 - bearer);
