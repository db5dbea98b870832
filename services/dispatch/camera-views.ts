import { type Duration, type Instant, seconds } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { uuidv7 } from '../store/ids.ts';
import { findRun } from '../store/rounds-runs.ts';
import { beginView, endForgottenViews, endView, keepViews } from '../store/rounds-views.ts';

/** Who looks at which camera, as the server that shows the picture knows it. */
export interface CameraViews {
  /** A stream is shown. Answers what ends the view. */
  begin(looker: Looker): () => void;
  /** One picture was shown. Those that follow each other are one view. */
  glance(looker: Looker): void;
  close(): Promise<void>;
}

export interface Looker {
  readonly cameraId: string;
  readonly by: string;
  /** The run of a round that it is said to be for; kept where the run is under way and has the camera. */
  readonly runId?: string | undefined;
}

export interface CameraViewsDeps {
  readonly store: Pick<Store, 'desk'>;
  readonly clock: Clock;
  readonly log: Log;
}

const tick: Duration = seconds(15);
/** A page that shows picture after picture asks for one each second or two. */
const apart: Duration = seconds(15);
/** Of a process that died nothing more is heard. */
const forgotten: Duration = seconds(120);

interface Open {
  readonly id: string;
  /** Of pictures: when the last one was shown. */
  last?: Instant;
}

/** A ledger that cannot be written must not take the picture away: it is logged, and the picture stays. */
export function openCameraViews({ store, clock, log }: CameraViewsDeps): CameraViews {
  const open = new Set<Open>();
  const stills = new Map<string, Open>();
  const writing = new Set<Promise<void>>();
  const write = (work: () => Promise<void>): void => {
    const writ = work()
      .catch((error: unknown) => log.warn({ err: error }, 'the ledger of views was not written'))
      .finally(() => writing.delete(writ));
    writing.add(writ);
  };
  const begin = (looker: Looker, how: 'live' | 'stills'): Open => {
    const view: Open = { id: uuidv7(clock.now()) };
    const at = clock.now();
    open.add(view);
    const { cameraId, by } = looker;
    write(async () => beginView(store.desk, { id: view.id, cameraId, by, how, at, runId: await runOf(store, looker) }));
    return view;
  };
  const end = (view: Open, at: Instant): void => {
    if (!open.delete(view)) return;
    // The one that began it may still be under way.
    const before = [...writing];
    write(async () => {
      await Promise.all(before);
      await endView(store.desk, view.id, at);
    });
  };
  const timer = clock.every('ledger of views', tick, async () => {
    const now = clock.now();
    for (const [key, view] of stills) {
      if (now - (view.last ?? 0) < apart) continue;
      stills.delete(key);
      end(view, view.last ?? now);
    }
    write(async () => {
      await keepViews(
        store.desk,
        [...open].map(({ id }) => id),
        now,
      );
      await endForgottenViews(store.desk, now - forgotten);
    });
    await Promise.all(writing);
  });

  return {
    begin(looker) {
      const view = begin(looker, 'live');
      return () => end(view, clock.now());
    },
    glance(looker) {
      const key = `${looker.by} ${looker.cameraId}`;
      const view = stills.get(key) ?? begin(looker, 'stills');
      view.last = clock.now();
      stills.set(key, view);
    },
    async close() {
      timer.stop();
      for (const view of [...open]) end(view, view.last ?? clock.now());
      await Promise.all(writing);
    },
  };
}

async function runOf({ desk }: Pick<Store, 'desk'>, { runId, cameraId }: Looker): Promise<string | undefined> {
  const run = runId === undefined ? undefined : await findRun(desk, runId);
  return run?.state === 'under-way' && run.stops.some((stop) => stop.cameraId === cameraId) ? run.id : undefined;
}
