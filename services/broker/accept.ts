import type { Fact } from '../../devices/driver.ts';
import {
  answersAnOrder,
  type Duration,
  folds,
  hours,
  type Instant,
  type Lane,
  laneOf,
  milliseconds,
  minutes,
  seconds,
} from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { failpoint } from '../failpoint.ts';
import { type Group, type GroupOptions, openGroup } from '../group.ts';
import { inTime } from '../in-time.ts';
import type { Accepted, Clock, Coming, Ear, Hearing, Lanes, Log, Speaker } from '../ports.ts';
import { type Db, recordUnavailable, type Store } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';
import { type NewPosition, putPositions } from '../store/presence.ts';
import { addRepeats, flushed, insertSignals, type NewSignal, type Repeat } from '../store/signals.ts';
import type { Writable } from '../store/writable.ts';
import type { Away } from './away.ts';
import { openFold } from './fold.ts';

export interface EarDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Lanes;
  /** A camera that repeats itself within this time tells of one activity. */
  readonly quiet: Duration;
  /** Chatter may wait this long for a commit; one flush then serves every camera of the moment. */
  readonly rest: Duration;
  /** Called with each position, so that the choice of units sees it before the row is written. */
  readonly moved: (deviceId: string, position: NewPosition) => void;
  /** Told the type of each signal that was accepted anew, for the metrics. */
  readonly count: (type: Fact['type']) => void;
  /** Told of each signal that was written and of each that could not be, for those who watch whether the record takes any. */
  readonly writable?: Pick<Writable, 'refused' | 'taken'>;
  /** Where devices are heard while the record is away; without it they are told to say it again. */
  readonly away?: Away;
}

type Soon = GroupOptions<never, never>['soon'];
type RoutineItem = { readonly signal: NewSignal } | { readonly repeat: Repeat };

const patience: Duration = seconds(2);

/** What is committed together, each kind on connections of its own. */
function openGroups({ store, clock, log, rest }: EarDeps) {
  const group = <T, R>(
    name: string,
    soon: Soon,
    write: (items: readonly T[]) => Promise<readonly R[]>,
    { most = 500, ...more }: Partial<Pick<GroupOptions<T, R>, 'most' | 'abreast' | 'enough'>> = {},
  ): Group<T, R> => openGroup<T, R>({ name, write, most, ...more, soon, recordAway: recordUnavailable, log });
  const atOnce: Soon = queueMicrotask;
  const rested: Soon = rest > milliseconds(0) ? (commit) => void clock.after('group of chatter', rest, commit) : atOnce;
  return {
    // A panic is visible to the rules before it is on disk, and acknowledged only after. The order that it leads to is
    // committed later in the same log, so no order can leave for a press that a crash would forget.
    urgent: group<NewSignal, string>('urgent', atOnce, (items) => writeSignals(store.fleeting, items)),
    // Nobody waits for what an answer leads to: it is on disk before the rules look, which costs one statement instead of two.
    answers: group<NewSignal, string>('answers', setImmediate, (items) => writeSignals(store.ear, items)),
    // On a slow disk those beside each other share the flush after the one that runs; one behind the other would wait for each.
    disk: group<string, boolean>('disk', atOnce, (ids) => flushed(store.ear, ids).then((there) => ids.map((id) => there.has(id))), {
      abreast: 2,
    }),
    // Nearly all of it repeats what a camera said before, and those of one camera are one row to write.
    routine: group<RoutineItem, string>('routine', rested, (items) => writeRoutine(store.routine, items), {
      most: 2000,
      enough: 500,
    }),
    positions: group<NewPosition, void>('positions', rested, (items) =>
      putPositions(store.fleeting, items).then(() => items.map(() => undefined)),
    ),
  };
}

/**
 * Accept before acknowledge: whoever awaits `hear` may send PUBACK or 201, since the signal is then on disk. Panics and
 * chatter are committed in groups of their own, on connections of their own.
 */
export function openEar(deps: EarDeps): Ear {
  const { clock } = deps;
  const groups = openGroups(deps);
  const { routine, positions } = groups;
  const write = (signal: NewSignal) => writeSignal(deps, groups, signal);
  const chatter = openFold(deps.quiet, minutes(5));
  // A heartbeat says nothing new for hours; one row an hour for each key is record enough.
  const heartbeats = openFold(minutes(15), hours(1));
  clock.every('forget quiet activities', minutes(1), () => {
    chatter.prune(clock.now());
    heartbeats.prune(clock.now());
  });

  /** A program that reports over HTTP is told that the record is away, as its contract says; a key may have nobody else to tell. */
  const keep = (signal: NewSignal): Promise<Accepted> =>
    deps.away && signal.via !== 'http' ? deps.away.keep(signal, () => write(signal)) : write(signal);

  /** On a line that many keys share, their presses are acknowledged in turn: a heartbeat must not hold them up while a server is frozen. */
  async function counted(fact: Fact, adding: Promise<string>): Promise<void> {
    if (deps.away === undefined || fact.type !== 'heartbeat') return void (await adding);
    await inTime(clock, patience, adding).catch((error: unknown) => {
      if (!recordUnavailable(error)) throw error;
      deps.log.debug({ err: error }, 'the record does not count a heartbeat');
    });
  }

  async function keepFolded(speaker: Speaker, fact: Fact, how: Hearing, now: Instant): Promise<Accepted> {
    const key = `${speaker.id} ${fact.type}`;
    const fold = fact.type === 'heartbeat' ? heartbeats : chatter;
    const joined = fold.join(key, fact.active, now);
    if (joined !== undefined) {
      // How often it repeated itself meanwhile is not worth a place on the disk.
      if (deps.away?.since === undefined)
        await counted(fact, routine.add({ repeat: { id: joined, add: 1, lastAt: now, active: fact.active } }));
      return { signalId: joined, known: true };
    }
    const signal = newSignal(speaker, fact, how, now);
    fold.begin(key, signal.id, signal.active, now);
    try {
      return await keep(signal);
    } catch (error) {
      fold.drop(key, signal.id);
      throw error;
    }
  }

  return {
    async hear(speaker, fact, how) {
      const now = clock.now();
      // An integration that names its event means that event, and supervision tells of each return once; only chatter is folded.
      const single = how.via === 'supervision' || how.standing || (how.via === 'http' && fact.eventId !== undefined);
      try {
        return await (folds(speaker.kind, fact.type) && !single
          ? keepFolded(speaker, fact, how, now)
          : keep(newSignal(speaker, fact, how, now)));
      } catch (error) {
        if (!recordUnavailable(error)) throw error;
        deps.writable?.refused(error);
        throw new Fault('record-unavailable', undefined, [], { cause: error });
      }
    },
    async position(speaker, position) {
      const now = clock.now();
      const { lat, lon, accuracy } = position;
      // A radio whose clock is ahead would otherwise stand where it is until that time has come.
      const at = Math.min(position.at ?? now, now);
      const row: NewPosition = { deviceId: speaker.id, lat, lon, at, receivedAt: now, ...(accuracy === undefined ? {} : { accuracy }) };
      deps.moved(speaker.id, row);
      // The next one says more; a radio must not lose its line over the last one.
      if (deps.away?.since === undefined) await positions.add(row);
    },
  };
}

type Groups = ReturnType<typeof openGroups>;

async function writeSignal(deps: EarDeps, { urgent, answers, disk, routine }: Groups, signal: NewSignal): Promise<Accepted> {
  const { id, deviceId, lane, type } = signal;
  const isAnswer = answersAnOrder(type);
  const isCall = lane === 'urgent' && !isAnswer;
  const adding = isCall ? urgent.add(signal) : lane === 'urgent' ? answers.add(signal) : routine.add({ signal });
  const job = { type: 'signal', id, deviceId, lane, answers: isAnswer } as const;
  const asksRules = !signal.settled;
  if (isCall && asksRules) deps.lanes.offer({ ...job, coming: comingOf(signal, adding) });
  const stands = await adding;
  if (isCall) failpoint('call-stored');
  deps.writable?.taken();
  const known = stands !== id;
  if (!known) deps.count(type);
  if (!isCall && asksRules && !known) deps.lanes.offer(job);
  if (isCall && !(await disk.add(stands)))
    throw new Fault('record-unavailable', 'the server of the record died before it had kept the signal');
  if (isCall) failpoint('call-kept');
  return { signalId: stands, known };
}

/** What is around a call is asked while it is being written: that saves an alarm one crossing to the record. */
function comingOf(signal: NewSignal, adding: Promise<string>): Coming {
  let settled = false;
  const settle = (stored: boolean) => {
    settled = true;
    return stored;
  };
  const stored = adding.then(
    (stands) => settle(stands === signal.id),
    () => settle(false),
  );
  return { signal, stored, settled: () => settled };
}

/** Told to the record but asking nothing of the rules. */
const settled: ReadonlySet<Fact['type']> = new Set(['heartbeat', 'offline']);

function newSignal(speaker: Speaker, fact: Fact, { via, raw, standing = false, ours }: Hearing, now: Instant): NewSignal {
  const lane: Lane = laneOf(speaker.kind, fact.type);
  return {
    id: uuidv7(now),
    deviceId: speaker.id,
    deviceKind: speaker.kind,
    type: fact.type,
    ...(fact.grade === undefined ? {} : { grade: fact.grade }),
    active: fact.active,
    ...(fact.eventId === undefined ? {} : { eventId: fact.eventId }),
    at: fact.at ?? now,
    receivedAt: now,
    exercise: speaker.exercise,
    lane,
    data: fact.data,
    ...oursOf(fact, ours),
    ...(raw === undefined ? {} : { raw }),
    settled: standing || settled.has(fact.type),
    via,
  };
}

/** Of a fact only what its driver says by itself, which it never reads out of a payload. */
function oursOf({ mark, retained }: Fact, said: Hearing['ours']): Pick<NewSignal, 'ours'> {
  const ours = { ...said, ...(mark && { mark }), ...(retained && { retained }) };
  return Object.keys(ours).length === 0 ? {} : { ours };
}

async function writeSignals(db: Db, signals: readonly NewSignal[]): Promise<readonly string[]> {
  const stands = await insertSignals(db, signals);
  return signals.map((signal) => stands.get(signal.id) ?? signal.id);
}

async function writeRoutine(db: Db, items: readonly RoutineItem[]): Promise<readonly string[]> {
  const signals = items.flatMap((item) => ('signal' in item ? [item.signal] : []));
  const repeats = new Map<string, Repeat>();
  for (const item of items) {
    if (!('repeat' in item)) continue;
    const earlier = repeats.get(item.repeat.id);
    repeats.set(item.repeat.id, { ...item.repeat, add: (earlier?.add ?? 0) + item.repeat.add });
  }
  const stands = signals.length > 0 ? await insertSignals(db, signals) : new Map<string, string>();
  await addRepeats(db, [...repeats.values()]);
  return items.map((item) => ('signal' in item ? (stands.get(item.signal.id) ?? item.signal.id) : item.repeat.id));
}
