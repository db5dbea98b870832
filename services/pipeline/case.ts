import {
  nearest,
  policyFor,
  step,
  type Effect,
  type Entry,
  type Incident,
  type IncidentInput,
  type Instant,
  type PolicyRule,
  type Scene,
  type Situation,
  type Unit,
} from '../alarm/index.ts';
import type { Db } from '../store/connect.ts';
import { takeIncident, type StoredIncident } from '../store/incidents.ts';
import { engagedUnits, ordersOf, type StoredOrder } from '../store/orders.ts';
import type { Register } from '../store/register-view.ts';

/** One incident under decision in a transaction: what is known of it, and what the rules have said so far. */
export interface Case {
  readonly isNew: boolean;
  readonly orders: readonly StoredOrder[];
  readonly surroundings: Omit<Situation, 'policy' | 'orders'>;
  stored: StoredIncident;
  readonly entries: Entry[];
  readonly effects: Effect[];
}

export interface CaseDeps {
  readonly register: Register;
  readonly rules: () => readonly PolicyRule[];
}

/** The incident of the record, locked until the transaction ends. */
export async function loadCase(db: Db, deps: CaseDeps, id: string, now: Instant, named: readonly string[] = []): Promise<Case | undefined> {
  const stored = await takeIncident(db, id);
  if (!stored) return undefined;
  const orders = await ordersOf(db, id);
  return { isNew: false, orders, surroundings: await surroundingsOf(db, deps.register, stored.incident, now, named), stored, entries: [], effects: [] };
}

export async function newCase(db: Db, deps: CaseDeps, incident: Incident, now: Instant): Promise<Case> {
  const stored: StoredIncident = { incident, lastSignalAt: now, signalCount: 0, chain: { length: 0, head: '' } };
  return { isNew: true, orders: [], surroundings: await surroundingsOf(db, deps.register, incident, now, []), stored, entries: [], effects: [] };
}

/** Puts one input to the rules and keeps what they say. */
export function perform(work: Case, deps: CaseDeps, input: IncidentInput, now: Instant): void {
  const { incident } = work.stored;
  const site = incident.siteId === undefined ? undefined : deps.register.site(incident.siteId);
  const policy = policyFor(deps.rules(), incident, site?.kind);
  const result = step(incident, input, { ...work.surroundings, policy, orders: ordersSoFar(work) }, now);
  work.stored = { ...work.stored, incident: result.incident };
  work.entries.push(...result.entries);
  work.effects.push(...result.effects);
}

/** A signal was added to the incident. */
export function count(work: Case, now: Instant): void {
  work.stored = { ...work.stored, lastSignalAt: now, signalCount: work.stored.signalCount + 1 };
}

function ordersSoFar(work: Case): Situation['orders'] {
  const placed = work.effects.flatMap((effect) =>
    effect.type === 'order' ? [{ id: effect.cause, unitId: effect.choice.unitId, state: 'queued' as const, automatic: effect.automatic }] : [],
  );
  return [...work.orders, ...placed];
}

/** Whether a unit is engaged elsewhere is asked of the record for this many of the nearest, which is more than any policy orders. */
const asked = 32;

async function surroundingsOf(db: Db, register: Register, incident: Incident, now: Instant, named: readonly string[]): Promise<Omit<Situation, 'policy' | 'orders'>> {
  const scene: Scene = {
    ...(incident.location === undefined ? {} : { point: incident.location }),
    ...(incident.gridId === undefined ? {} : { gridId: incident.gridId }),
    ...(incident.stationId === undefined ? {} : { stationId: incident.stationId }),
  };
  const communityOfficer = incident.gridId === undefined ? undefined : register.grid(incident.gridId)?.officerUnitId;
  const dutyLeader = incident.stationId === undefined ? undefined : register.station(incident.stationId)?.dutyUnitId;
  const caller = incident.deviceId === undefined ? undefined : register.device(incident.deviceId)?.unitId;
  const all = register.units().map((unit) => seen(register, unit.id)).filter((unit) => unit !== undefined);
  const close = new Set([...nearest(all, scene, asked, new Set(), now).map((choice) => choice.unitId), communityOfficer, dutyLeader, ...named]);
  const candidates = all.filter((unit) => close.has(unit.id));
  const engaged = await engagedUnits(db, candidates.map((unit) => unit.id));
  const units = candidates.map((unit): Unit => {
    const number = engaged.get(unit.id);
    return number === undefined || number === incident.number ? unit : { ...unit, engagedOn: number };
  });
  return {
    units,
    scene,
    ...(communityOfficer === undefined ? {} : { communityOfficer }),
    ...(dutyLeader === undefined ? {} : { dutyLeader }),
    ...(caller === undefined ? {} : { caller }),
  };
}

function seen(register: Register, id: string): Unit | undefined {
  const unit = register.unit(id);
  if (!unit) return undefined;
  const position = register.unitPosition(id);
  const { name, tier, stationId, gridIds, status } = unit;
  return {
    id,
    name,
    tier,
    stationId,
    gridIds,
    status,
    bearers: register.bearersOf(id).length,
    ...(position === undefined ? {} : { position: { lat: position.lat, lon: position.lon, at: position.at } }),
  };
}

