import { type Lane, seconds } from '../alarm/index.ts';
import type { Clock, Log, Timer } from '../ports.ts';
import type { Backend, JobWorker } from './bull.ts';
import type { Hands } from './hands.ts';
import { laneOf, type QueueName, queueNames } from './jobs.ts';
import { openOutage } from './outage.ts';
import type { Producer } from './producer.ts';

export interface Depth {
  /** Being done here, handed straight on. */
  readonly running: number;
  /** In the line behind them. */
  readonly waiting: number;
  /** Standing in the queue, whoever will take them; as counted within the last 5 s. */
  readonly queued: number;
}

export interface LanesHealth {
  readonly up: boolean;
  /** What is wrong, for the person who reads the status page. */
  readonly reason?: string;
  readonly depths: Readonly<Record<QueueName, Depth>>;
}

interface Watched {
  readonly backend: Backend;
  readonly log: Log;
  readonly producers: Readonly<Record<Lane, Producer>>;
  readonly hands: Hands;
  depth(name: QueueName): Omit<Depth, 'queued'>;
  worker(name: QueueName): { readonly worker: JobWorker | undefined; readonly taken: number; readonly width: number };
}

/** A handler that runs this long hangs: they are made to end within a second. */
const patience = seconds(30);
const turnsBetweenCounts = 5;
/** Counts in a row that find jobs waiting while a free worker took none. */
const turnsUntilStuck = 2;

/** Counts what stands in the queue, sees workers that stopped, and mends what an outage left. */
export function openWatch(watched: Watched): {
  start(clock: Clock): void;
  stop(): void;
  away(): string | undefined;
  health(): LanesHealth;
} {
  const { backend, producers, hands } = watched;
  const queued = new Map<QueueName, number>();
  const idleCounts = new Map<QueueName, { taken: number; turns: number }>();
  const stuck = openOutage(watched.log, 'A worker of the queue');
  let timer: Timer | undefined;
  let turns = 0;

  const count = async (name: QueueName): Promise<void> => {
    const obstacle = backend.obstacle(laneOf(name));
    if (obstacle !== undefined) throw new Error(obstacle);
    const { waiting = 0, active = 0, delayed = 0 } = await backend.queues[name].getJobCounts('waiting', 'active', 'delayed');
    queued.set(name, waiting + active + delayed);
    const { taken, width } = watched.worker(name);
    const last = idleCounts.get(name);
    const idle = waiting > 0 && active < width && last?.taken === taken;
    idleCounts.set(name, { taken, turns: idle ? (last?.turns ?? 0) + 1 : 0 });
  };

  const countLane = async (lane: Lane): Promise<void> => {
    try {
      await Promise.all([...queueNames.filter((name) => laneOf(name) === lane).map(count), backend.tryWrite(lane)]);
      producers[lane].outage.end();
    } catch (error) {
      producers[lane].outage.begin(error);
    }
  };

  const stopped = (): string | undefined => {
    for (const name of queueNames) {
      const { worker } = watched.worker(name);
      if (!worker) continue;
      if (!worker.isRunning()) return `the worker of ${name} stopped`;
      if ((idleCounts.get(name)?.turns ?? 0) >= turnsUntilStuck) return `the worker of ${name} takes nothing though jobs wait`;
    }
    return undefined;
  };

  const away = () => producers.urgent.outage.reason() ?? producers.routine.outage.reason();
  const trouble = () => away() ?? backend.warning();

  const turn = async (): Promise<void> => {
    hands.abandon(patience);
    const down = trouble() !== undefined;
    turns += 1;
    if (!down && turns % turnsBetweenCounts !== 1) return;
    if (down) await backend.mend();
    await Promise.all([countLane('urgent'), countLane('routine')]);
    const why = stopped();
    if (why === undefined) stuck.end();
    else stuck.begin(why);
  };

  const depth = (name: QueueName): Depth => ({ ...watched.depth(name), queued: queued.get(name) ?? 0 });
  return {
    start(clock) {
      timer = clock.every('lanes-watch', seconds(1), turn);
    },
    stop: () => timer?.stop(),
    away,
    health() {
      const reason = trouble() ?? (timer && stopped());
      const depths = Object.fromEntries(queueNames.map((name) => [name, depth(name)])) as Record<QueueName, Depth>;
      return reason === undefined ? { up: true, depths } : { up: false, reason, depths };
    },
  };
}
