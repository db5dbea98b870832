import type { Answer, Duration, Incident, IncidentState, Instant } from '../../services/alarm/index.ts';
import { type Case, type CaseDeps, type Choosing, candidatesOf, perform, sceneOf, surroundings } from '../../services/pipeline/case.ts';
import { RecordModel } from './record.ts';
import type { World } from './world.ts';

/** Work that a process holds in its memory: all of it is forgotten when the process dies, and any of it may come twice. */
export type Task =
  | { readonly type: 'signal' | 'answer' | 'incident-clock' | 'order-clock' | 'receipt'; readonly id: string }
  | { readonly type: 'order'; readonly id: string; readonly lease?: string; readonly until?: Instant }
  | { readonly type: 'hand-over'; readonly id: string; readonly lease: string; readonly bearer: number; readonly attempts: number }
  | { readonly type: 'sent'; readonly id: string; readonly lease: string }
  | { readonly type: 'undeliverable'; readonly id: string; readonly final: boolean };

/** What a radio holds: the letters it got, by order, and what was answered to them. */
export interface RadioModel {
  readonly letters: Map<string, number>;
  reachable: boolean;
}

export class Violation extends Error {
  readonly rule: string;
  constructor(rule: string, about: string) {
    super(`${rule}: ${about}`);
    this.rule = rule;
  }
}

/** One made-up county on one made-up day. */
export interface Sim {
  readonly world: World;
  readonly record: RecordModel;
  readonly radios: ReadonlyMap<string, RadioModel>;
  /** What the lamp of each key was told. */
  readonly lamps: Map<string, { readonly incidentId: string; readonly state: IncidentState }[]>;
  /** Reports on their way from a radio. */
  readonly air: {
    readonly radio: string;
    readonly orderId: string;
    readonly state: Answer;
    readonly at: Instant;
    readonly late: boolean;
  }[];
  readonly deps: CaseDeps;
  /** Set where orders are written as taken by the process that sends them. */
  readonly sendsWithin: Duration | undefined;
  tasks: Task[];
  now: Instant;
  ids: number;
  say(line: string): void;
}

export function newSim(world: World, sendsWithin: Duration | undefined, now: Instant, say: Sim['say']): Sim {
  const record = new RecordModel();
  return {
    world,
    record,
    radios: new Map(world.radios.map(({ id }) => [id, { letters: new Map(), reachable: true }])),
    lamps: new Map(),
    air: [],
    deps: {
      register: world.register,
      rules: () => world.rules,
      // The model decides one thing at a time, so nothing is ever called beside a decision.
      called: { note: () => undefined, elsewhere: () => undefined, deciding: (run) => run([]), forget: () => undefined },
      numbers: { next: () => Promise.reject(new TypeError('drawn by the model')) },
    },
    sendsWithin,
    tasks: [],
    now,
    ids: 0,
    say,
  };
}

export function newId(sim: Sim, of: string): string {
  sim.ids += 1;
  return `${of}${sim.ids}`;
}

/** An incident of the record under decision. */
export function loadCase(sim: Sim, id: string, choosing: Choosing): Case | undefined {
  const row = sim.record.incidents.get(id);
  if (!row) return undefined;
  const { stored } = row;
  const orders = sim.record.ordersOf(id);
  return {
    isNew: false,
    orders,
    surroundings: around(sim, stored.incident, choosing),
    was: stored.incident.state,
    stored,
    entries: [],
    effects: [],
  };
}

export function newCase(sim: Sim, opening: Omit<Incident, 'number'>): Case {
  const incident = { ...opening, number: sim.record.draw() };
  const stored = { incident, lastSignalAt: sim.now, signalCount: 0, chain: { length: 0, head: '' } };
  return { isNew: true, orders: [], surroundings: around(sim, incident, 'units'), was: incident.state, stored, entries: [], effects: [] };
}

export function around({ world, record, now }: Sim, incident: Incident, choosing: Choosing): Case['surroundings'] {
  const scene = sceneOf(incident);
  if (choosing === 'no-units') return { units: [], scene };
  const candidates = candidatesOf(world.register, scene, choosing === 'units' ? [] : choosing.named, now);
  const engaged = new Map<string, number>();
  for (const { unitId, live, incidentId } of record.orders.values()) {
    const number = live && !engaged.has(unitId) ? record.incidents.get(incidentId)?.stored.incident.number : undefined;
    if (number !== undefined) engaged.set(unitId, number);
  }
  return surroundings(world.register, incident, candidates, engaged);
}

export const put = (sim: Sim, work: Case, input: Parameters<typeof perform>[2]): void => perform(work, sim.deps, input, sim.now);
