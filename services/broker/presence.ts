import { type Duration, type Instant, seconds } from '../alarm/index.ts';
import { openGroup } from '../group.ts';
import type { Clock, Log } from '../ports.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { type Arrival, astray, putPresences } from '../store/presence.ts';
import type { Peers } from './peers.ts';
import type { UnderWay } from './under-way.ts';

/** Tells the record which devices can be reached from here: by it the processes that send orders find them. */
export interface Presence {
  /**
   * Writes that a device can be reached from here, or no longer. What cannot be written now is written later.
   * @param bridge it has no connection of its own
   */
  note(deviceId: string, online: boolean, bridge?: 'behind a bridge'): void;
  /** What is being written ends among the chores. */
  close(): void;
}

export interface PresenceDeps {
  readonly store: Pick<Store, 'fleeting' | 'routine'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: { readonly brokerId: string };
  readonly chores: Pick<UnderWay, 'add'>;
  readonly peers: Pick<Peers, 'others'>;
  /** Told of a device that came a while before the record knew: what could not be sent to it can be sent now. */
  readonly late: (deviceId: string) => void;
}

/** A county that comes back after a restart is written in groups of so many. */
const most = 200;
const tryAgain: Duration = seconds(1);
/** Presence is committed without waiting for the disk; what a server that died has forgotten stands again after this long. */
const compareEvery: Duration = seconds(10);

export function openPresence({ store, clock, log, settings: { brokerId }, chores, peers, late }: PresenceDeps): Presence {
  /** Who can be reached from here, and over what. */
  const here = new Map<string, 'line' | 'bridge'>();
  /** Of whom the record could not be told, and since when it is so. */
  const untold = new Map<string, Instant>();
  const group = openGroup<Arrival, void>({
    name: 'presence',
    write: (arrivals) => putPresences(store.fleeting, arrivals, brokerId).then(() => arrivals.map(() => undefined)),
    ...{ most, soon: setImmediate, recordAway: recordUnavailable, log },
  });

  /** As it is now: false where that could not be written. */
  async function tell(deviceId: string, at: Instant): Promise<boolean> {
    try {
      await group.add({ deviceId, online: here.has(deviceId), at });
      untold.delete(deviceId);
      return true;
    } catch (error) {
      if (untold.size === 0) log.warn({ err: error, deviceId }, 'who is connected could not be written; it is tried again');
      untold.delete(deviceId);
      untold.set(deviceId, at);
      return false;
    }
  }

  async function tellLate(deviceId: string, since: Instant): Promise<boolean> {
    const online = here.has(deviceId);
    const told = await tell(deviceId, online ? clock.now() : since);
    if (told && online) late(deviceId);
    return told;
  }

  /** Group by group: while the record is away, only one of them waits for it. */
  async function tellUntold(): Promise<void> {
    const all = [...untold];
    for (let from = 0; from < all.length; from += most) {
      const told = await Promise.all(all.slice(from, from + most).map(([deviceId, since]) => tellLate(deviceId, since)));
      if (told.includes(false)) return;
    }
    if (all.length > 0) log.info({ devices: all.length }, 'who is connected could be written again');
  }

  async function compare(): Promise<void> {
    const connected = [...here].flatMap(([deviceId, over]) => (over === 'line' ? [deviceId] : []));
    const rows = await astray(store.routine, brokerId, connected, peers.others());
    const wrong = rows.filter(({ deviceId, claimed }) => here.has(deviceId) !== claimed);
    if (wrong.length > 0) log.info({ devices: wrong.length }, 'the record did not say who is connected here; it is told again');
    await Promise.all(wrong.map(({ deviceId }) => tellLate(deviceId, clock.now())));
  }

  const chore = (work: Promise<unknown>): Promise<unknown> => {
    chores.add(work);
    return work;
  };
  const timers = [
    clock.every('presence that was not written', tryAgain, () => chore(tellUntold())),
    clock.every('presence in the record', compareEvery, () =>
      chore(compare().catch((error: unknown) => log.debug({ err: error }, 'presence could not be compared with the record'))),
    ),
  ];

  return {
    note(deviceId, online, bridge) {
      if (online) here.set(deviceId, bridge ? 'bridge' : 'line');
      else here.delete(deviceId);
      chores.add(tell(deviceId, clock.now()));
    },
    close() {
      for (const timer of timers) timer.stop();
    },
  };
}
