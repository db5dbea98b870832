import { type Instant, rfc3339, seconds } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { type DeviceTroubles, putTroubles, type TroubleKind } from '../store/presence.ts';
import type { Register } from '../store/register-view.ts';
import type { Refusal } from './admit.ts';

/**
 * What the broker sees of devices that are silent: who is turned away, what may not be said or heard, what cannot be read.
 * Kept for the alarm doctor. Noting costs a look into memory; the record is written aside, and seldom.
 */

export interface TroublesDeps {
  readonly store: Pick<Store, 'fleeting'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Pick<Register, 'device' | 'devices'>;
}

export interface Troubles {
  /** Of a device that is registered. @param detail what the device said; shown to people, so made fit here */
  note(deviceId: string, kind: TroubleKind, detail?: string): void;
  /** @param detail why its certificate was not believed */
  refused(username: string | undefined, why: Refusal, detail?: string): void;
  close(): Promise<void>;
}

interface Noted {
  readonly deviceId: string;
  readonly kind: TroubleKind;
  readonly since: Instant;
  at: Instant;
  times: number;
  detail: string | undefined;
  fresh: boolean;
  writtenAt: Instant | undefined;
}

const round = seconds(5);
/** A device that comes back every second would else be a write every second. */
const writtenEvery = seconds(60);
/** Trouble that a device has not had for so long is another one when it comes again. */
const forgotten = seconds(86_400);
const mostNoted = 5000;
/** Names that nobody registered; who floods us with others fills only this. */
const mostStrangers = 256;
const mostWritten = 200;

export function openTroubles({ store, clock, log, register }: TroublesDeps): Troubles {
  const noted = new Map<string, Noted>();
  const strangers = new Map<string, number>();

  function note(deviceId: string, kind: TroubleKind, detail?: string, times = 1): void {
    const key = `${deviceId} ${kind}`;
    const now = clock.now();
    const before = noted.get(key);
    const again = before && now - before.at < forgotten;
    noted.delete(key);
    const entry: Noted = again ? before : { deviceId, kind, since: now, at: now, times: 0, detail, fresh: true, writtenAt: undefined };
    Object.assign(entry, { at: now, times: entry.times + times, detail: detail === undefined ? undefined : shown(detail), fresh: true });
    noted.set(key, entry);
    const oldest = noted.size > mostNoted ? noted.keys().next() : undefined;
    if (oldest?.value !== undefined) noted.delete(oldest.value);
  }

  /** A name that is nearly that of a device was written wrongly into it. The register is gone through aside, not at the door. */
  function meet(): void {
    if (strangers.size === 0) return;
    const meant = new Map(register.devices().map(({ id }) => [alike(id), id]));
    for (const [name, times] of strangers) {
      const deviceId = meant.get(alike(name));
      if (deviceId !== undefined) note(deviceId, 'wrong-name', name, times);
    }
    strangers.clear();
  }

  async function flush(): Promise<void> {
    meet();
    const now = clock.now();
    const due = [...noted.values()]
      .filter(({ fresh, writtenAt }) => fresh && (writtenAt === undefined || now - writtenAt >= writtenEvery))
      .slice(0, mostWritten);
    if (due.length === 0) return;
    for (const entry of due) entry.fresh = false;
    try {
      await putTroubles(store.fleeting, rowsOf(due), now);
      for (const entry of due) entry.writtenAt = now;
    } catch (error) {
      for (const entry of due) entry.fresh = true;
      log.warn({ err: error }, 'why devices are silent could not be written; it is tried again');
    }
  }

  const timer = clock.every('troubles of devices', round, flush);
  return {
    note: (deviceId, kind, detail) => note(deviceId, kind, detail),
    refused(username, why, detail) {
      if (username === undefined || username === '') return;
      const kind = kinds[why];
      if (kind !== undefined && register.device(username)) return note(username, kind, why === 'wrong-certificate' ? detail : undefined);
      if (why !== 'no-such-device' || (!strangers.has(username) && strangers.size >= mostStrangers)) return;
      if (username.length <= 64) strangers.set(username, (strangers.get(username) ?? 0) + 1);
    },
    async close() {
      timer.stop();
      await flush();
    },
  };
}

const kinds: Readonly<Partial<Record<Refusal, TroubleKind>>> = {
  'wrong-secret': 'wrong-password',
  'no-credential': 'wrong-password',
  'wrong-certificate': 'wrong-certificate',
  'not-heard-through-the-broker': 'wrong-driver',
};

/** How installers misread and mistype ids: case, hyphens, o for 0, l and i for 1. */
const alike = (id: string): string =>
  id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');

/** What devices say is shown to people: short, and without what would mangle a line. */
const shown = (text: string): string => text.slice(0, 200).replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffd]/gu, '?');

function rowsOf(noted: readonly Noted[]): DeviceTroubles[] {
  return [...Map.groupBy(noted, ({ deviceId }) => deviceId)].map(([deviceId, some]) => ({
    deviceId,
    troubles: Object.fromEntries(
      some.map(({ kind, since, at, times, detail }) => [
        kind,
        { since: rfc3339(since), at: rfc3339(at), times, ...(detail === undefined ? {} : { detail }) },
      ]),
    ),
  }));
}
