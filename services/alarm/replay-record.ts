import type { Incident, IncidentInput } from './incident.ts';
import { type Answer, answers, type Choice, metresBetween, type Scene, type Unit } from './orders.ts';
import type { Signal } from './signal.ts';
import { type Duration, type Instant, minutes } from './time.ts';

/** An incident as the record knows it, in the form in which it can be lived through again. */
export interface Recorded {
  /** As it stood before its first input. */
  readonly opening: Incident;
  /** That opened it; absent where an operator did. */
  readonly signal?: Signal;
  readonly siteKind?: string;
  /** What people and devices did, in the order of time. */
  readonly acts: readonly RecordedAct[];
  /** The units that were ordered. */
  readonly units: readonly RecordedUnit[];
  /** How many more could have been called. */
  readonly others: number;
  /** How a unit answers of which the record says nothing. */
  readonly typical: readonly RecordedAnswer[];
  readonly scene: Scene;
  readonly communityOfficer?: string;
  readonly dutyLeader?: string;
  readonly caller?: string;
}

export interface RecordedAct {
  readonly at: Instant;
  readonly input: Extract<
    IncidentInput,
    { type: 'raised' | 'confirmed' | 'acknowledged' | 'units-ordered' | 'order-cancelled' | 'closed' }
  >;
}

export interface RecordedUnit extends Choice {
  readonly answers: readonly RecordedAnswer[];
}

/** @property after the order was given */
export interface RecordedAnswer {
  readonly answer: Answer | 'failed';
  readonly after: Duration;
}

const anonymous = 'next-';
/** Degrees north in a metre. */
const degreesPerMetre = 1 / metresBetween({ lat: 0, lon: 0 }, { lat: 1, lon: 0 });
const longAgo = minutes(60);

/** The units that the rules may choose from: those of the record where they stood then, and behind them as many others as there were. */
export function unitsOf({ units, others, scene, opening }: Recorded, now: Instant): readonly Unit[] {
  const stationId = opening.stationId ?? '';
  const known = units.map(
    (unit): Unit => ({
      ...body(unit.unitId, stationId),
      // Whom only the ladder called was no unit to be sent; the ladder does not ask for its status.
      status: unit.reason === 'duty-leader' ? 'busy' : 'available',
      ...placed(unit, scene, now),
      ...(unit.engagedOn === undefined ? {} : { engagedOn: unit.engagedOn }),
    }),
  );
  return [...known, ...Array.from({ length: others }, (_, index) => body(`${anonymous}${String(index).padStart(3, '0')}`, stationId))];
}

const body = (id: string, stationId: string): Unit => ({
  id,
  name: id,
  tier: 'city',
  stationId,
  gridIds: [],
  status: 'available',
  bearers: 1,
});

function placed({ distance, reason }: RecordedUnit, { point }: Scene, now: Instant): Pick<Unit, 'position'> {
  if (distance === undefined || point === undefined || reason === 'no-position') return {};
  const at = reason === 'stale-position' ? now - longAgo : now;
  return { position: { lat: point.lat + distance * degreesPerMetre, lon: point.lon, at } };
}

/** A line of a timeline, as it is read back. */
export interface KeptEntry {
  readonly at: Instant;
  readonly kind: string;
  readonly reason?: string;
  readonly by?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An order of the record: why this unit, and what became of it. */
export interface KeptOrder {
  readonly choice: Choice;
  readonly issuedAt: Instant;
  readonly rungs: readonly { readonly state: string; readonly at: Instant }[];
}

/** The incident as it was before its first input: raises and what came of it are inputs of the replay. */
export function openingOf({ number, id, exercise, openedAt, ...rest }: Incident, entries: readonly KeptEntry[]): Incident {
  const { kind, priority, silent } = entries.find((entry) => entry.kind === 'opened')?.data ?? {};
  const { stationId, siteId, gridId, deviceId, part, location } = rest;
  return {
    ...{ id, number, exercise, openedAt, state: 'open', confirmed: false },
    kind: typeof kind === 'string' ? kind : rest.kind,
    priority: isPriority(priority) ? priority : rest.priority,
    silent: silent === true,
    ...(stationId === undefined ? {} : { stationId }),
    ...(siteId === undefined ? {} : { siteId }),
    ...(gridId === undefined ? {} : { gridId }),
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(part === undefined ? {} : { part }),
    ...(location === undefined ? {} : { location }),
  };
}

/** What people and devices did to it, from its timeline. What the ladder did is left out: the replay's own does that. */
export function actsOf(entries: readonly KeptEntry[]): readonly RecordedAct[] {
  return entries.flatMap(({ at, kind, reason, by = '', data }): RecordedAct[] => {
    const text = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
    if (kind === 'acknowledged' && reason === undefined) return [{ at, input: { type: 'acknowledged', by } }];
    if (kind === 'confirmed') return [{ at, input: { type: 'confirmed', by } }];
    if (kind === 'closed') return [{ at, input: { type: 'closed', by, disposition: 'genuine' } }];
    if (kind === 'raised' && isPriority(data['to']))
      return [{ at, input: { type: 'raised', to: data['to'], kind: text('kind'), silent: text('kind') === 'duress', by } }];
    if (kind === 'ordered' && by !== '' && text('unitId') !== '')
      return [{ at, input: { type: 'units-ordered', unitIds: [text('unitId')], nearest: 0, by, request: `record:${at}` } }];
    if (kind === 'order' && reason === 'order-withdrawn')
      return [{ at, input: { type: 'order-cancelled', orderId: '', unitId: text('unitId'), state: 'queued', by } }];
    return [];
  });
}

const isPriority = (value: unknown): value is 1 | 2 | 3 | 4 => value === 1 || value === 2 || value === 3 || value === 4;
const told: ReadonlySet<string> = new Set<RecordedAnswer['answer']>([...answers, 'failed']);

/** How its units answered, each as at its first order. */
export function recordedUnits(orders: readonly KeptOrder[]): readonly RecordedUnit[] {
  const first = new Map<string, KeptOrder>();
  for (const order of orders) if (!first.has(order.choice.unitId)) first.set(order.choice.unitId, order);
  return [...first.values()].map(({ choice, issuedAt, rungs }) => ({
    ...choice,
    answers: rungs.flatMap(({ state, at }) =>
      told.has(state) ? [{ answer: state as RecordedAnswer['answer'], after: Math.max(0, at - issuedAt) }] : [],
    ),
  }));
}

/** How long the middle one of all units took to each rung; nothing where fewer than half of them came to it. */
export function typicalAnswers(units: readonly RecordedUnit[]): readonly RecordedAnswer[] {
  const rungs = ['delivered', 'accepted', 'en-route', 'arrived'] as const;
  return rungs.flatMap((answer) => {
    const times = units.flatMap((unit) => unit.answers.find((given) => given.answer === answer)?.after ?? []).sort((a, b) => a - b);
    const middle = times[Math.floor(times.length / 2)];
    return middle === undefined || times.length * 2 < units.length ? [] : [{ answer, after: middle }];
  });
}
