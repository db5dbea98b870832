import type { Give, Powers } from '../../devices/driver.ts';
import { type Health, type Supervised, supervise } from '../../devices/supervisor.ts';
import { type Duration, type Instant, milliseconds, seconds } from '../alarm/index.ts';
import type { Clock, Drivers, Ear, Log, Timer } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { hold, letGo } from '../store/holdings.ts';
import { putWatched, type WatchedNow } from '../store/presence.ts';
import type { Device, Register } from '../store/register-view.ts';
import type { Peers } from './peers.ts';
import { Hearing, memoryOf, pauseBy } from './watched.ts';

export interface WatchDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly ear: Ear;
  readonly register: Pick<Register, 'devices' | 'touch'>;
  readonly drivers: Drivers;
  readonly give: Give;
  readonly brokerId: string;
  /** Who shares the watch. */
  readonly peers: Pick<Peers, 'others' | 'tell'>;
  /** The device showed a sign of life. */
  readonly heard: (deviceId: string) => void;
  readonly drill: (deviceId: string, now: Instant) => boolean;
  /** 0 to 1. */
  readonly random: () => number;
}

export interface Watching {
  /** Devices that this process watches now. */
  count(): number;
  health(deviceId: string): Health | undefined;
  close(): Promise<void>;
}

/** How often leases are lengthened, devices that nobody watches are taken, and changes of health are written. */
const round: Duration = seconds(5);
/** A process that died is replaced after this. */
const lease: Duration = seconds(20);
/** First connections in a second, so that a start is no flood for the network of the cameras. */
const connectsPerSecond = 25;

interface Watched {
  readonly device: Device;
  /** Absent until it is its turn to connect. */
  supervised?: Supervised;
  readonly turn: Timer;
  readonly ended: AbortController;
}

/**
 * Watches those devices that are not heard through the broker but gone to: each by one process of all, with a lease in the
 * record. While the record is away each process goes on with what it has.
 */
export function startWatching(deps: WatchDeps): Watching {
  const share = new Share(deps);
  const { store, clock } = deps;
  const changes = store.hub.listen('register', (about) => share.changed(about));
  const rounds = clock.every('watched devices', round, () => share.round());
  const first = share.round();
  return {
    count: () => share.count(),
    health: (deviceId) => share.health(deviceId),
    async close() {
      for (const timer of [changes, rounds]) timer.stop();
      await first;
      await share.close();
    },
  };
}

class Share {
  readonly #deps: WatchDeps;
  readonly #watched = new Map<string, Watched>();
  readonly #changedHealth = new Map<string, Health>();
  readonly #powers = new WeakMap<Device, Powers['watch'] | null>();
  #busy: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  count(): number {
    return this.#watched.size;
  }

  health(deviceId: string): Health | undefined {
    return this.#watched.get(deviceId)?.supervised?.health();
  }

  /** News of the register; the view is asked only once it has them. */
  changed(about: string): void {
    if (about !== 'all' && !about.startsWith('devices:')) return;
    const { register, log } = this.#deps;
    register.touch(about).then(
      () => this.round(),
      (error: unknown) => log.warn({ err: error, about }, 'a changed device is watched as it was until the record answers'),
    );
  }

  /** Rounds follow one another; each sees to who watches what. Never rejects. */
  round(): Promise<void> {
    this.#busy = this.#busy.then(async () => {
      if (this.#closed) return;
      try {
        await this.#balance();
        await this.#writeHealth();
      } catch (error) {
        this.#deps.log.warn({ err: error }, 'the record does not say who watches what; devices are watched as they were');
      }
    });
    return this.#busy;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#busy;
    const ids = [...this.#watched.keys()];
    await Promise.all(ids.map((id) => this.#end(id)));
    const { store, brokerId, log } = this.#deps;
    await letGo(store.routine, 'watch', brokerId, ids).catch((error: unknown) =>
      log.warn({ err: error }, 'watched devices stay held until their lease ends'),
    );
  }

  async #balance(): Promise<void> {
    const { store, clock, brokerId, peers } = this.#deps;
    peers.tell();
    const wanted = this.#wanted();
    for (const [id, { device }] of this.#watched) if (differs(device, wanted.get(id))) await this.#end(id);
    const most = this.#fairShare(wanted.size);
    await this.#letGoBeyond(most + Math.ceil(most / 20));
    const mine = await hold(store.routine, 'watch', brokerId, [...wanted.keys()], Math.max(most, this.#watched.size), clock.now(), lease);
    for (const id of this.#watched.keys()) if (!mine.has(id)) await this.#end(id);
    const fresh = [...mine].flatMap((id) => (this.#watched.has(id) ? [] : (wanted.get(id) ?? [])));
    for (const [place, device] of fresh.entries()) this.#begin(device, milliseconds(Math.floor((place * 1000) / connectsPerSecond)));
  }

  /** Every registered device that somebody should watch. */
  #wanted(): Map<string, Device> {
    return new Map(this.#deps.register.devices().flatMap((device) => (this.#watchOf(device) ? [[device.id, device] as const] : [])));
  }

  #fairShare(wanted: number): number {
    return Math.ceil(wanted / (this.#deps.peers.others().length + 1));
  }

  /** Another process has come: it is left its part. */
  async #letGoBeyond(most: number): Promise<void> {
    const { store, brokerId } = this.#deps;
    const spare = [...this.#watched.keys()].slice(most);
    await Promise.all(spare.map((id) => this.#end(id)));
    await letGo(store.routine, 'watch', brokerId, spare);
  }

  #watchOf(device: Device): Powers['watch'] | null {
    const known = this.#powers.get(device);
    if (known !== undefined) return known;
    const watch = openWatch(device, this.#deps) ?? null;
    this.#powers.set(device, watch);
    return watch;
  }

  #begin(device: Device, wait: Duration): void {
    const { clock } = this.#deps;
    const ended = new AbortController();
    const turn = clock.after('first connection of a watched device', wait, () => {
      watched.supervised = this.#supervise(device, ended.signal);
    });
    const watched: Watched = { device, turn, ended };
    this.#watched.set(device.id, watched);
  }

  #supervise(device: Device, signal: AbortSignal): Supervised {
    const { clock, log, random, heard } = this.#deps;
    const { id: deviceId } = device;
    const watch = this.#watchOf(device);
    const hearing = new Hearing(this.#deps, device, signal);
    return supervise(
      async (told, ending) => {
        await hearing.prepare();
        if (!ending.aborted) await watch?.(told, ending);
      },
      { hear: (facts) => hearing.hear(facts), memory: memoryOf(this.#deps, deviceId), alive: () => heard(deviceId) },
      {
        now: () => clock.now(),
        pause: pauseBy(clock),
        random,
        changed: (health) => {
          this.#changedHealth.set(deviceId, health);
          log.debug({ deviceId, state: health.state, ...health.why }, 'watched device');
        },
        failed: (error) => log.error({ err: error, deviceId }, 'the driver of a watched device failed'),
      },
    );
  }

  async #end(id: string): Promise<void> {
    const watched = this.#watched.get(id);
    this.#watched.delete(id);
    this.#changedHealth.delete(id);
    watched?.turn.stop();
    const stopped = watched?.supervised?.stop();
    watched?.ended.abort();
    await stopped;
  }

  async #writeHealth(): Promise<void> {
    const changed = new Map(this.#changedHealth);
    this.#changedHealth.clear();
    try {
      await putWatched(this.#deps.store.routine, [...changed].map(shown), this.#deps.clock.now());
    } catch (error) {
      for (const [id, health] of changed) if (!this.#changedHealth.has(id)) this.#changedHealth.set(id, health);
      throw error;
    }
  }
}

const iso = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());

/** As `GET /devices/:id` shows it under `health.watch`; the last good answer is the device's `lastSeenAt`, too. */
const shown = ([deviceId, { state, since, why, failures, answeredAt }]: readonly [string, Health]): WatchedNow => ({
  deviceId,
  online: state === 'watching',
  watch: { state, since: iso(since), ...why, failures, answeredAt: iso(answeredAt) },
});

/** A device that was changed in what its driver reads is another device. */
const differs = (before: Device, now: Device | undefined): boolean =>
  now !== before && (now === undefined || now.driver !== before.driver || JSON.stringify(now.settings) !== JSON.stringify(before.settings));

/** The driver's power to watch, or undefined where it has none or the settings do not fit it. */
function openWatch({ id, kind, driver, settings }: Device, { drivers, give, log }: WatchDeps): Powers['watch'] {
  const type = drivers.find(kind, driver);
  if (!type) return undefined;
  try {
    return type.open(give, { id, kind, settings }).watch;
  } catch (error) {
    log.warn({ err: error, deviceId: id, driver }, 'a device cannot be used as it is set up; it is not watched');
    return undefined;
  }
}
