import { setTimeout as pause } from 'node:timers/promises';
import { answersAnOrder, type Duration, type Instant, milliseconds, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { inTime } from '../in-time.ts';
import type { Accepted, Clock, FirstOrders, Lanes, Log, RecordAway } from '../ports.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { lockPlace } from '../store/incidents.ts';
import { flushed, insertSignals, type NewSignal, stillUnsorted, tellSent } from '../store/signals.ts';
import type { Spools } from './spools.ts';

export interface AwayDeps {
  readonly store: Pick<Store, 'ear' | 'routine'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Lanes;
  /** Answers wait behind the calls that they belong to, and new calls do not wait for either. */
  readonly spools: Spools;
  /** What a call for help leads to before the record has it. */
  readonly firstOrders: FirstOrders;
}

/** Keeps signals while the record takes none, and takes them in when it is back. */
export interface Away extends RecordAway {
  /**
   * Writes the signal to the record; where that is away, to the spool.
   * @throws Fault `record-unavailable` when neither takes it: the device must keep it
   */
  keep(signal: NewSignal, write: () => Promise<Accepted>): Promise<Accepted>;
  close(): Promise<void>;
}

/** A server that froze gives no error: a press waits for it no longer than this since it last took something. */
const patience: Duration = seconds(2);
const look: Duration = milliseconds(250);
/** So often a broker shows that it lives, and looks whether another one does not. */
const lookAround: Duration = seconds(10);
/** What was answered to an order is taken in once the call that led to it is decided, and after this long in any case. */
const decidedWithin = 10_000;

/** How it stands, and for whom units were sent since it stands so. */
interface Standing {
  since: Instant | undefined;
  /** When the record last took something. */
  takenAt: Instant;
  sentFor: RecordAway['sentFor'][number][];
}

export function openAway(deps: AwayDeps): Away {
  const { clock, log } = deps;
  const { calls, answers } = deps.spools;
  const standing: Standing = { since: undefined, takenAt: clock.now(), sentFor: [] };
  const waiting = () => calls.waiting + answers.waiting;
  let taking: Promise<void> | undefined;
  const oneAtATime = (work: () => Promise<void>): Promise<void> => {
    taking ??= work()
      .catch((error: unknown) => {
        const away = recordUnavailable(error);
        log[away ? 'debug' : 'error']({ err: error, waiting: waiting() }, 'what the spool holds cannot be taken in yet');
      })
      .finally(() => {
        taking = undefined;
      });
    return taking;
  };
  const timers = [
    clock.every('spool', look, () =>
      standing.since === undefined && waiting() === 0 ? undefined : oneAtATime(() => takeIn(deps, standing)),
    ),
    clock.every('spools of other brokers', lookAround, () => (standing.since === undefined ? oneAtATime(() => takeOver(deps)) : undefined)),
    clock.every('mark of the spool', lookAround, () => mark(deps)),
  ];

  return {
    get since() {
      return standing.since;
    },
    get waiting() {
      return waiting();
    },
    get sentFor() {
      return standing.sentFor;
    },
    async keep(signal, write) {
      // An answer stays behind the call that it belongs to, which may still wait there.
      const behind = answers.waiting > 0 && answersAnOrder(signal.type);
      if (standing.since !== undefined || behind) return toSpool(deps, standing, signal);
      try {
        return await whileItTakes(clock, standing, write());
      } catch (error) {
        if (!recordUnavailable(error)) throw error;
        if (standing.since === undefined) log.error({ err: error }, 'The record is away: signals are kept on the disk of this machine');
        standing.since ??= clock.now();
        return toSpool(deps, standing, signal);
      }
    },
    async close() {
      for (const timer of timers) timer.stop();
      await taking;
      await Promise.all([calls.close(), answers.close()]);
    },
  };
}

/**
 * A disk that is merely slow takes one call after the other, and a spool on the same disk would only make it slower.
 * @throws Fault `record-unavailable` when the record has taken nothing for as long as anybody waits for it
 */
async function whileItTakes(clock: Clock, standing: Standing, work: Promise<Accepted>): Promise<Accepted> {
  let ended = false;
  const writing = work.finally(() => {
    ended = true;
  });
  for (let left: Duration = patience; ; left = standing.takenAt + patience - clock.now()) {
    try {
      const accepted = await inTime(clock, left, writing);
      standing.takenAt = clock.now();
      return accepted;
    } catch (error) {
      if (ended || clock.now() >= standing.takenAt + patience) throw error;
    }
  }
}

async function toSpool({ spools, firstOrders }: AwayDeps, { since, sentFor }: Standing, signal: NewSignal): Promise<Accepted> {
  const { id, deviceId, receivedAt: at, ours } = signal;
  const first = since === undefined ? undefined : firstOrders.decide(signal);
  const unitIds = first?.unitIds ?? [];
  const spool = answersAnOrder(signal.type) ? spools.answers : spools.calls;
  try {
    await spool.keep(unitIds.length > 0 ? { ...signal, ours: { ...ours, firstOrders: unitIds } } : signal);
  } catch (error) {
    first?.withdraw();
    // Said of the disk, not of the signal: what is sent again may find room.
    throw new Fault('record-unavailable', 'the record is away, and the disk of this machine takes no signals', [], { cause: error });
  }
  if (unitIds.length > 0) sentFor.push({ deviceId, at, unitIds });
  first?.send();
  return { signalId: id, known: false };
}

async function takeIn(deps: AwayDeps, standing: Standing): Promise<void> {
  const { store, clock, log, firstOrders } = deps;
  const { calls, answers } = deps.spools;
  await inTime(clock, patience, flushed(store.ear, []));
  const called: string[] = [];
  await calls.takeIn(async (signals) => {
    // Pressed again, a key joins the call that units were sent for, so that one is decided first.
    const [sent, others] = [signals.filter(wasSentFor), signals.filter((signal) => !wasSentFor(signal))];
    const first = await intoRecord(deps, sent);
    if (first.ids.length > 0 && others.length > 0) await decided(store, first.ids);
    const then = await intoRecord(deps, others);
    called.push(...first.ids, ...then.ids);
    return [...first.unfit, ...then.unfit];
  });
  if (standing.since !== undefined) {
    log.warn({ awayMs: clock.now() - standing.since, calls: called.length, answers: answers.waiting }, 'The record is back');
    Object.assign(standing, { since: undefined, sentFor: [] });
    await firstOrders.forget();
  }
  // What was answered to an order says nothing before the order is in the record.
  if (answers.waiting > 0) await decided(store, called);
  await answers.takeIn(async (signals) => (await intoRecord(deps, signals)).unfit);
}

/** The record, which is needed for it anyway, lets one broker after the other. */
const takeOver = ({ spools, store }: AwayDeps): Promise<void> =>
  spools.takeOver((work) =>
    store.routine.transaction().execute(async (db) => {
      await lockPlace(db, 'spools');
      await work();
    }),
  );

const mark = ({ spools, log }: AwayDeps): Promise<void> =>
  spools
    .mark()
    .catch((error: unknown) => log.error({ err: error }, 'the other brokers of the data folder cannot be shown that this one lives'));

const wasSentFor = ({ ours }: NewSignal): boolean => ours?.firstOrders !== undefined;

/** What became of signals: the ids of those that were not in the record before, and those that it can never take. */
interface TakenIn {
  readonly ids: readonly string[];
  readonly unfit: readonly NewSignal[];
}

/** One that the record can never take must not keep the others out. */
async function intoRecord(deps: AwayDeps, signals: readonly NewSignal[]): Promise<TakenIn> {
  try {
    return { ids: signals.length === 0 ? [] : await insert(deps, signals), unfit: [] };
  } catch (error) {
    if (recordUnavailable(error)) throw error;
    if (signals.length === 1) {
      deps.log.error({ err: error, signalId: signals[0]?.id }, 'a signal that was kept fits no record');
      return { ids: [], unfit: signals };
    }
    const each: TakenIn[] = [];
    for (const signal of signals) each.push(await intoRecord(deps, [signal]));
    return { ids: each.flatMap(({ ids }) => ids), unfit: each.flatMap(({ unfit }) => unfit) };
  }
}

async function insert({ store, clock, lanes }: AwayDeps, signals: readonly NewSignal[]): Promise<readonly string[]> {
  const stands = await inTime(clock, patience, insertSignals(store.ear, signals));
  await inTime(clock, patience, tellSent(store.ear, signals.filter(wasSentFor)));
  const fresh = signals.filter(({ id, settled }) => stands.get(id) === id && !settled);
  for (const { id, deviceId, lane, type } of fresh) lanes.offer({ type: 'signal', id, deviceId, lane, answers: answersAnOrder(type) });
  return fresh.map(({ id }) => id);
}

/** By the machine's clock: another process may be the one that decides. */
async function decided(store: Pick<Store, 'ear'>, ids: readonly string[]): Promise<void> {
  const end = performance.now() + decidedWithin;
  while (performance.now() < end && (await stillUnsorted(store.ear, ids))) await pause(25);
}
