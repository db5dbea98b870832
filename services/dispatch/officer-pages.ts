import { type Duration, seconds } from '../alarm/index.ts';
import type { Clock, Ear, Lanes, Log, Timer } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import type { Cursor } from '../store/events.ts';
import { uuidv7 } from '../store/ids.ts';
import { putPagePresence, putPages, removePage, takeLapsedPages } from '../store/officer-pages.ts';
import { putHeard } from '../store/presence.ts';
import type { Register } from '../store/register-view.ts';
import type { Live, LiveEvent } from './live.ts';

export interface PagesDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly live: Live;
  readonly lanes: Lanes;
  readonly ear: Ear;
  readonly register: Pick<Register, 'unit' | 'inExercise' | 'device' | 'touch'>;
}

/** A page that a phone holds open at this process. */
export interface Page {
  readonly deviceId: string;
  readonly unitId: string;
  /** The incidents that it shows; news of them is news for it. */
  readonly incidents: () => ReadonlySet<string>;
  /** Something that it shows may have changed. */
  readonly news: () => void;
}

export interface Pages {
  /** Resolves once the record knows the page; the phone counts as reached until it is closed. */
  open(page: Page): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

const renewEach: Duration = seconds(5);
/** A process that is frozen longer than this has lost its pages, and orders look for another bearer. */
const lease: Duration = seconds(20);

/**
 * The pages open at this process: keeps their leases, so that the record knows which phones are reached, and tells each of
 * the news that concern it. One reader of the events serves them all.
 */
export function openPages(deps: PagesDeps): Pages {
  const { store, clock, log, lanes } = deps;
  const held = new Map<string, Page>();
  const feed = openFeed(deps, held);
  const renewing = clock.every('phone pages', renewEach, () =>
    renew(deps, held).catch((error: unknown) => log.warn({ err: error }, 'open phone pages could not be written; it is tried again')),
  );
  const registered = store.hub.listen('register', (about) => {
    const concerned = [...held.values()].filter(({ unitId }) => about === 'all' || about === `units:${unitId}`);
    if (concerned.length === 0) return;
    // The register in memory follows the same news: a page that reads before it has would be shown what was.
    deps.register.touch(about).then(
      () => {
        for (const page of concerned) page.news();
      },
      (error: unknown) => log.warn({ err: error, about }, 'The register could not be read again; open phone pages show what was'),
    );
  });

  const endings = new Set<Promise<void>>();
  const close = (id: string, page: Page): Promise<void> => {
    const ending = leave(id, page).finally(() => endings.delete(ending));
    endings.add(ending);
    return ending;
  };
  const leave = async (id: string, { deviceId }: Page): Promise<void> => {
    if (!held.delete(id)) return;
    feed.rest();
    try {
      await removePage(store.routine, id);
      await putPagePresence(store.routine, [deviceId], clock.now());
    } catch (error) {
      log.warn({ err: error, deviceId }, 'the end of a phone page could not be written; its lease ends by itself');
    }
  };

  return {
    async open(page) {
      const id = uuidv7(clock.now());
      held.set(id, page);
      try {
        await feed.wake();
        await putPages(store.routine, [{ id, deviceId: page.deviceId }], clock.now() + lease);
        await heard(deps, [page]);
      } catch (error) {
        await close(id, page);
        throw error;
      }
      // What this phone missed while no page was open is sent again.
      lanes.offer({ type: 'reachable', id: page.deviceId });
      return { close: () => close(id, page) };
    },
    async close() {
      renewing.stop();
      registered.stop();
      for (const [id, page] of held) void close(id, page);
      await Promise.all(endings);
    },
  };
}

async function renew(deps: PagesDeps, held: ReadonlyMap<string, Page>): Promise<void> {
  const { store, clock } = deps;
  const lapsed = await takeLapsedPages(store.routine, clock.now());
  await putPagePresence(store.routine, lapsed, clock.now());
  if (held.size === 0) return;
  await putPages(
    store.routine,
    [...held].map(([id, { deviceId }]) => ({ id, deviceId })),
    clock.now() + lease,
  );
  await heard(deps, [...held.values()]);
}

/** Phones of units on duty are supervised as any radio is; off duty nobody waits for word from them. */
async function heard({ store, clock, ear, register }: PagesDeps, pages: readonly Page[]): Promise<void> {
  const now = clock.now();
  const devices = [...new Set(pages.map((page) => page.deviceId))];
  await putPagePresence(store.routine, devices, now);
  const onDuty = pages.filter((page) => register.unit(page.unitId)?.status !== 'off-duty').map((page) => [page.deviceId, now] as const);
  for (const id of await putHeard(store.routine, new Map(onDuty))) {
    const device = register.device(id);
    const exercise = device !== undefined && register.inExercise(device);
    await ear.hear({ id, kind: 'radio', exercise }, { type: 'online', active: false, data: {} }, { via: 'supervision' });
  }
}

/** Follows the events while any page is open. */
function openFeed({ live }: PagesDeps, held: ReadonlyMap<string, Page>) {
  let watching: Promise<Timer> | undefined;
  let cursor: Cursor | undefined;
  const hear = () => {
    const events = cursor && live.after(cursor);
    cursor = live.position();
    const concern = events?.map(concernOf).filter((one) => one !== undefined);
    for (const page of held.values()) if (!concern || concern.some((one) => concerns(one, page))) page.news();
  };
  return {
    async wake(): Promise<void> {
      watching ??= live.watch(hear).then((timer) => {
        cursor ??= live.position();
        return timer;
      });
      await watching.catch((error: unknown) => {
        watching = undefined;
        throw error;
      });
    },
    rest(): void {
      if (held.size > 0) return;
      void watching?.then((timer) => timer.stop());
      watching = undefined;
      cursor = undefined;
    },
  };
}

interface Concern {
  readonly unitId?: unknown;
  readonly incidentId?: unknown;
}

/** What an event is about, for pages; undefined for what is of no interest to any. */
function concernOf({ type, json }: LiveEvent): Concern | undefined {
  if (!/^baiying\.(order|incident)\./.test(type)) return undefined;
  const { subject, data } = JSON.parse(json) as { subject: string; data: Concern };
  return subject.startsWith('incidents/') ? { incidentId: subject.slice('incidents/'.length) } : data;
}

const concerns = ({ unitId, incidentId }: Concern, page: Page): boolean =>
  unitId === page.unitId || (typeof incidentId === 'string' && page.incidents().has(incidentId));
