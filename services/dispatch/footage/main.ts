import { type Duration, hours, type Incident, kindsWithoutCameras, milliseconds, seconds } from '../../alarm/index.ts';
import type { Handlers, Timer } from '../../ports.ts';
import type { SweepSource } from '../../queue/sweeper.ts';
import { claimCameras, incidentsToSee, leftOwed, leftUnlinked, noteLinked } from '../../store/footage.ts';
import { camerasFor, type LinkDeps } from './link.ts';
import { claimLength, type TakeDeps, takeCamera } from './take.ts';

export interface FootageDeps extends TakeDeps, LinkDeps {}

export interface Footage {
  readonly handlers: Pick<Handlers, 'footage'>;
  readonly sources: readonly SweepSource[];
  /** Hears of incidents that other processes called cameras up for. */
  start(): void;
  /** Lets go of what is under way, for another process or the next start. */
  close(): Promise<void>;
}

/** An incident that nobody looked at for so long was lost on its way through the queue. */
const leftBehind: Duration = milliseconds(1500);
/** One that is older than this was over before anyone could look. */
const worthSeeing: Duration = hours(1);
/** The process that keeps a camera's past has this long to take its footage before another one does. */
const patience: Duration = seconds(5);
const batch = 200;

/**
 * Calls up cameras for incidents and takes what they give. It comes after the press: the job of the lane only names the
 * incident and ends at once, and while one batch is looked at the next one gathers, so that a hundred presses cost the
 * record a few statements.
 */
export function openFootage(deps: FootageDeps): Footage {
  const { store, clock, log } = deps;
  const end = new AbortController();
  const waiting = new Set<string>();
  const underWay = new Set<Promise<void>>();
  /** News of ours that will come back to us. */
  const own = new Set<string>();
  let looking: Promise<void> | undefined;

  const lookAt = async (ids: readonly string[]): Promise<void> => {
    const seen = await incidentsToSee(store.routine, ids);
    const fresh = seen.filter(({ linked }) => !linked).map(({ incident }) => incident);
    const linked = await link(deps, fresh);
    for (const { id } of linked) {
      own.add(id);
      store.hub.tell('footage', id);
    }
    const known = seen.filter((one) => one.linked).map(({ incident }) => incident);
    for (const incident of [...linked, ...known]) await take(incident);
  };
  const take = async (incident: Incident): Promise<void> => {
    const claim = { holder: deps.holder, length: claimLength, patience };
    for (const owed of await claimCameras(store.fleeting, incident.id, claim, clock.now())) {
      const task = takeCamera(deps, { incident, owed, days: daysFor(deps, incident), signal: end.signal });
      underWay.add(task);
      void task.finally(() => underWay.delete(task));
    }
  };
  const look = async (): Promise<void> => {
    while (waiting.size > 0 && !end.signal.aborted) {
      const ids = [...waiting].slice(0, batch);
      for (const id of ids) waiting.delete(id);
      try {
        await lookAt(ids);
      } catch (error) {
        log.warn({ err: error, incidents: ids.length }, 'cameras could not be called up; the sweeper finds it');
      }
    }
  };
  const add = (id: string): void => {
    waiting.add(id);
    looking ??= look().finally(() => {
      looking = undefined;
      if (waiting.size > 0 && !end.signal.aborted) add([...waiting][0] ?? id);
    });
  };
  // Told by the process that called them up: it may be this one that keeps the past of a camera.
  const listen = () =>
    store.hub.listen('footage', (about) => {
      if (!own.delete(about) && about !== 'all') add(about);
    });
  let hearing: Timer | undefined;

  return {
    handlers: {
      footage: async ({ id }) => add(id),
    },
    sources: sourcesOf(deps),
    start() {
      hearing ??= listen();
    },
    async close() {
      end.abort();
      hearing?.stop();
      await looking;
      await Promise.all(underWay);
    },
  };
}

/** Writes which cameras see the incidents. @returns those that have any */
async function link(deps: FootageDeps, incidents: readonly Incident[]): Promise<readonly Incident[]> {
  const { store, clock, desk } = deps;
  const found = incidents.map((incident) => ({ incident, cameras: incident.state === 'closed' ? [] : camerasFor(deps, incident) }));
  const without = found.filter(({ cameras }) => cameras.length === 0).map(({ incident }) => incident.id);
  if (without.length > 0) await noteLinked(store.fleeting, without, clock.now());
  const linked = found.filter(({ cameras }) => cameras.length > 0);
  await Promise.all(linked.map(({ incident, cameras }) => desk.cameras(incident.id, [{ type: 'called-up', cameras }])));
  return linked.map(({ incident }) => incident);
}

const daysFor = ({ register, policy }: FootageDeps, { siteId }: Incident): number =>
  (siteId === undefined ? undefined : register.site(siteId)?.footageDays) ?? policy.days;

/** A transaction that began before others may commit after them by so much. */
const lateCommit: Duration = seconds(10);

function sourcesOf({ store }: FootageDeps): readonly SweepSource[] {
  const footage = (ids: readonly string[]) => ids.map((id) => ({ type: 'footage', id }) as const);
  /** All incidents opened before this were looked at. */
  let seenUpTo = Number.NEGATIVE_INFINITY;
  return [
    {
      name: 'incidents without a look at their cameras',
      every: seconds(2),
      find: async (now) => {
        const to = now - leftBehind;
        const from = Math.max(now - worthSeeing, Math.min(seenUpTo, to) - lateCommit);
        const ids = await leftUnlinked(store.routine, { from, to }, kindsWithoutCameras, batch);
        if (ids.length === 0) seenUpTo = to;
        return footage(ids);
      },
    },
    {
      name: 'footage that is owed',
      every: seconds(2),
      find: async (now) => footage(await leftOwed(store.routine, now, batch)),
    },
  ];
}
