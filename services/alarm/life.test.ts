import { join } from 'node:path';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { loadPolicies } from '../../config/policies/load.ts';
import { type Clock, type EscalationPolicy, escalationSteps, type PolicyRule, policyFor, type World } from './escalate.ts';
import { type Entry, type Incident, type IncidentInput, incidentStates, type Step } from './incident.ts';
import { answers, type Unit, type UnitStatus } from './orders.ts';
import type { Priority } from './sort.ts';
import { step } from './step.ts';
import { type Instant, minutes, seconds } from './time.ts';

const folder = join(import.meta.dirname, '../../config/policies');
const shipped = loadPolicies({ sorting: join(folder, 'sorting.yaml'), escalation: join(folder, 'escalation.yaml') });

type Held = World['orders'][number] & { readonly cause: string };
/** One incident and the world around it, carried out as the shell does: orders placed, states kept, clocks run when due. */
interface Life {
  incident: Incident;
  orders: Held[];
  readonly entries: Entry[];
  readonly surroundings: Omit<World, 'orders'>;
  now: Instant;
}

function say(life: Life, input: IncidentInput): Step {
  const done = step(life.incident, input, { ...life.surroundings, orders: life.orders }, life.now);
  life.incident = done.incident;
  life.entries.push(...done.entries);
  for (const effect of done.effects) {
    if (effect.type === 'order') {
      const id = `o${life.orders.length + 1}`;
      life.orders.push({ id, unitId: effect.choice.unitId, state: 'queued', automatic: effect.automatic, cause: effect.cause });
    }
    if (effect.type === 'order-state')
      life.orders = life.orders.map((held) => (held.id === effect.orderId ? { ...held, state: effect.state } : held));
  }
  // As the shell sees it: the order's clock ran out, and no bearer was left to start it anew.
  if (input.type === 'order-due' && done.entries.length > 0 && !done.effects.some(({ type }) => type === 'next-bearer'))
    life.orders = life.orders.map((held) => (held.id === input.orderId ? { ...held, givenUp: true } : held));
  return done;
}

const unit = (id: string, metres: number, status: UnitStatus = 'available'): Unit => ({
  id,
  name: id,
  tier: 'city',
  stationId: 's1',
  gridIds: [],
  status,
  bearers: 1,
  position: { lat: 30 + metres / 111_195, lon: 120, at: 0 },
});
function born(kind: string, priority: Priority, rules: readonly PolicyRule[], units: readonly Unit[]): Life {
  const face = { kind, priority, silent: kind === 'duress', confirmed: false, exercise: false };
  return {
    incident: { id: 'i1', number: 1, state: 'open', openedAt: 0, ...face },
    orders: [],
    entries: [],
    surroundings: {
      policyOf: (face) => policyFor(rules, face, undefined),
      procedureOf: () => undefined,
      units,
      scene: {},
      communityOfficer: 'officer',
      dutyLeader: 'leader',
      caller: 'car-5',
    },
    now: 0,
  };
}
const opened: IncidentInput = { type: 'opened', sorted: 'press-emergency', placed: 'first-of-its-device', by: 'key-a' };
const span = fc.integer({ min: 1, max: 300 }).map(seconds);
const steps = fc.shuffledSubarray([...escalationSteps], { minLength: 1 });
const ladder = (minLength: number) =>
  fc.array(fc.record({ gap: span, steps }), { minLength, maxLength: 4 }).map((list) => {
    let after = 0;
    return list.map(({ gap, steps }) => {
      after += gap;
      return { after, steps };
    });
  });
const anyPolicy: fc.Arbitrary<EscalationPolicy> = fc.record({
  id: fc.constant('any'),
  atOnce: fc.record({ communityOfficer: fc.boolean(), nearest: fc.nat(3) }),
  acknowledge: ladder(1),
  progress: ladder(0),
  order: fc.record({ delivered: span, accepted: span, expires: span, most: fc.nat(6) }),
});
/** One policy for duress, one for what is most urgent, one for the rest, so that a raise may change it. */
const anyRules: fc.Arbitrary<readonly PolicyRule[]> = fc.tuple(anyPolicy, anyPolicy, anyPolicy).map(([duress, urgent, rest]) => [
  { when: { kinds: ['duress'] }, policy: { ...duress, id: 'duress' } },
  { when: { priorities: [1] }, policy: { ...urgent, id: 'urgent' } },
  { when: {}, policy: { ...rest, id: 'rest' } },
]);
const anyUnits = fc
  .array(fc.constantFrom<UnitStatus>('available', 'available', 'busy', 'off-duty'), { maxLength: 8 })
  .map((list) => list.map((status, index) => unit(['officer', 'leader', `car-${index}`][index] ?? `car-${index}`, 100 * index, status)));
const acts = ['signal', 'raise', 'confirm', 'link', 'acknowledge', 'stale', 'due', 'sent', 'lost', 'answer', 'answer', 'answer'] as const;
const rare = ['withdraw', 'order', 'broadcast', 'note', 'close'] as const;
const anyCommand = fc.record({
  act: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...acts) }, { weight: 1, arbitrary: fc.constantFrom(...rare) }),
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: minutes(4) })),
  pick: fc.nat(20),
  answer: fc.constantFrom(...answers),
  clock: fc.constantFrom('delivered' as const, 'accepted' as const, 'expires' as const),
  flag: fc.boolean(),
});
type Command = typeof anyCommand extends fc.Arbitrary<infer T> ? T : never;

/** What a command says of this life; nothing where it speaks of an order that there is not. */
function inputOf(life: Life, { act, pick, answer, clock, flag }: Command): IncidentInput | undefined {
  const held = life.orders[pick % Math.max(1, life.orders.length)];
  const about = held && { orderId: held.id, unitId: held.unitId, state: held.state };
  const by = 'wang';
  switch (act) {
    case 'signal':
      return { type: 'signalled', sorted: 'press-emergency', placed: 'repeat-of-one-device', by, what: 'press', sounds: flag };
    case 'raise':
      return { type: 'raised', to: ((pick % 4) + 1) as Priority, kind: flag ? 'duress' : 'emergency', silent: flag, by };
    case 'confirm':
      return { type: 'confirmed', by };
    case 'link':
      return { type: 'linked', number: pick, reason: 'same-site-within-window' };
    case 'acknowledge':
      return { type: 'acknowledged', by };
    case 'stale': {
      const name: Clock = flag ? 'acknowledge' : 'progress';
      return { type: 'level-due', clock: name, level: (pick % 4) + 1, dueAt: life.now };
    }
    case 'due':
      return about && { type: 'order-due', ...about, clock, bearersLeft: pick % 2, dueAt: life.now };
    case 'sent':
      return about && { type: 'order-sent', ...about };
    case 'lost':
      return about && { type: 'order-undeliverable', ...about, bearersLeft: pick % 2, final: flag, why: 'refused' };
    case 'answer':
      return about && { type: 'order-answered', ...about, answer };
    case 'withdraw':
      return about && { type: 'order-cancelled', ...about, by };
    case 'order':
      return { type: 'units-ordered', unitIds: flag ? ['leader', 'leader'] : [], nearest: pick % 3, by, request: `r${life.orders.length}` };
    case 'broadcast':
      return { type: 'broadcast-requested', by, loudspeakers: 1, text: 'leave' };
    case 'note':
      return { type: 'noted', by, note: 'seen' };
    default:
      return { type: 'closed', by, disposition: 'genuine' };
  }
}

type Moment = {
  readonly before: Incident;
  readonly held: readonly Held[];
  readonly input: IncidentInput;
  readonly done: Step;
  readonly life: Life;
};
const placed = (done: Step) => done.effects.flatMap((effect) => (effect.type === 'order' ? [effect] : []));
const explains = (done: Step, kind: Entry['kind'], key: string, value: string): boolean =>
  done.entries.some((entry) => entry.kind === kind && entry.data[key] === value);

const laws: Readonly<Record<string, (moment: Moment) => boolean>> = {
  'urgency is never lowered': ({ before, done }) => done.incident.priority <= before.priority,
  'the state never goes back': ({ before, done }) => incidentStates.indexOf(done.incident.state) >= incidentStates.indexOf(before.state),
  'a closed incident never moves': ({ before, done }) =>
    before.state !== 'closed' || JSON.stringify(done.incident) === JSON.stringify(before),
  'and orders nobody': ({ before, done }) => before.state !== 'closed' || placed(done).length === 0,
  'silence is never lifted': ({ before, done }) => done.incident.silent || !before.silent,
  'no clock runs after arrival or closing': ({ done }) => !(['arrived', 'closed'].includes(done.incident.state) && done.incident.clock),
  'a clock that runs is due after its start': ({ done }) =>
    !done.incident.clock || done.incident.clock.dueAt > done.incident.clock.startedAt,
  'no unit is ordered twice without an operator, and in one step by nobody': ({ held, done }) =>
    placed(done).every(({ automatic, choice }, index, list) => {
      const now = list.slice(0, index).map((other) => other.choice.unitId);
      return !(automatic ? [...held.map(({ unitId }) => unitId), ...now] : now).includes(choice.unitId);
    }),
  'no two orders share a cause': ({ held, done }) => {
    const causes = [...held, ...placed(done)].map(({ cause }) => cause);
    return new Set(causes).size === causes.length;
  },
  'whoever calls for help is never sent to the own rescue': ({ done }) =>
    placed(done).every(({ automatic, choice }) => !automatic || choice.unitId !== 'car-5'),
  'only who is available is ordered without an operator, but for the duty leader': ({ done, life }) =>
    placed(done).every(
      ({ automatic, choice }) =>
        !automatic ||
        choice.reason === 'duty-leader' ||
        life.surroundings.units.some(({ id, status }) => id === choice.unitId && status === 'available'),
    ),
  'nobody is ordered beyond the limit without an operator, but for the duty leader': ({ held, done, life }) =>
    placed(done).every(
      ({ automatic, choice }, index, list) =>
        !automatic ||
        choice.reason === 'duty-leader' ||
        [...held, ...list.slice(0, index)].filter((other) => other.automatic).length < life.surroundings.policyOf(done.incident).order.most,
    ),
  'a raise never puts a deadline off': ({ before, input, done, life }) => {
    const { clock } = before;
    if ((input.type !== 'raised' && input.type !== 'confirmed') || !clock) return true;
    if (life.surroundings.policyOf(done.incident)[clock.name].length === 0) return true;
    return done.incident.clock !== undefined && done.incident.clock.dueAt <= clock.dueAt;
  },
  'an answer, a raise or an order by hand leaves a clock where the policy has one': ({ done, life }) => {
    const { state, clock } = done.incident;
    const acts = done.entries.some(({ kind, reason }) => kind === 'raised' || (kind === 'acknowledged' && reason === undefined));
    if (!acts || state === 'closed' || state === 'arrived') return true;
    const name = state === 'open' ? 'acknowledge' : 'progress';
    return clock?.name === name || life.surroundings.policyOf(done.incident)[name].length === 0;
  },
  'units ordered by hand are an answer': ({ before, input, done }) =>
    input.type !== 'units-ordered' || before.state === 'closed' || done.incident.acknowledgedBy !== undefined,
  'a level runs only at its own due time': ({ before, input, done }) =>
    input.type !== 'level-due' || input.dueAt === before.clock?.dueAt || done.entries.length === 0,
  'a report that moves nothing asks for nothing': ({ input, done }) =>
    input.type !== 'order-answered' || done.effects.length === 0 || done.effects.some(({ type }) => type === 'order-state'),
  'nobody is called in place of another once officers are there': ({ before, input, done }) =>
    before.state !== 'arrived' || !input.type.startsWith('order-') || placed(done).length === 0,
  'a silent incident sends no receipt': ({ done }) => !done.incident.silent || done.effects.every(({ type }) => type !== 'receipt'),
  'every order is on the timeline with its reason': ({ done }) =>
    placed(done).every(({ choice }) =>
      done.entries.some((entry) => entry.kind === 'ordered' && entry.data['unitId'] === choice.unitId && entry.reason === choice.reason),
    ),
  'every turn of an order is on the timeline': ({ done }) =>
    done.effects.every(
      (effect) =>
        !['order-state', 'next-bearer', 'await'].includes(effect.type) ||
        !('orderId' in effect) ||
        explains(done, 'order', 'orderId', effect.orderId),
    ),
  'nobody is told without an entry': ({ done }) =>
    done.effects.every(
      ({ type }) => type !== 'tell' || done.entries.some(({ kind, reason }) => kind === 'escalated' || reason === 'no-unit-available'),
    ),
};

/** Opens the incident, lets time pass with every level run when it is due, says each command, and shows every moment to the watcher. */
function live(life: Life, commands: readonly Command[], watch: (moment: Moment) => void): void {
  const put = (input: IncidentInput): void => {
    const [before, held] = [life.incident, [...life.orders]];
    watch({ before, held, input, done: say(life, input), life });
  };
  put(opened);
  for (const command of commands) {
    const stop = life.now + command.wait;
    for (let clock = life.incident.clock; clock && clock.dueAt <= stop; clock = life.incident.clock) {
      life.now = Math.max(life.now, clock.dueAt);
      put({ type: 'level-due', clock: clock.name, level: clock.level, dueAt: clock.dueAt });
    }
    life.now = stop;
    const input = inputOf(life, command);
    if (input) put(input);
  }
}

const commandList = fc.array(anyCommand, { maxLength: 40 });
const panics = ['emergency', 'duress', 'unparsed', 'officer-emergency'];

describe('over whole lives', () => {
  test('the laws hold after every input', () => {
    const world = fc.tuple(anyRules, anyUnits, fc.constantFrom<Priority>(1, 2, 3, 4), commandList);
    fc.assert(
      fc.property(world, ([rules, units, priority, commands]) => {
        live(born('emergency', priority, rules, units), commands, (moment) => {
          for (const [law, holds] of Object.entries(laws)) if (!holds(moment)) throw new Error(`${law}: ${JSON.stringify(moment.input)}`);
        });
      }),
      { numRuns: 400 },
    );
  });

  const someone = ({ life: { orders, incident, entries } }: Moment): boolean =>
    orders.length > 0 || incident.clock !== undefined || entries.some(({ reason }) => reason === 'no-unit-available');

  test.each(panics)(
    '%s under the policies that come with the product: somebody is ordered, or a clock runs, or nobody was to be had',
    (kind) => {
      fc.assert(
        fc.property(anyUnits, commandList, (units, commands) => {
          live(born(kind, 1, shipped.escalation, units), commands, (moment) => {
            if (!someone(moment)) throw new Error(`nothing is under way: ${JSON.stringify(moment.input)}`);
          });
        }),
        { numRuns: 100 },
      );
    },
  );

  test('under any policy with a first level a panic has a clock from its first instant', () => {
    fc.assert(
      fc.property(anyRules, anyUnits, (rules, units) => {
        live(born('emergency', 1, rules, units), [], ({ done }) => {
          if (done.incident.clock?.name !== 'acknowledge') throw new Error('no clock');
        });
      }),
      { numRuns: 50 },
    );
  });
});
