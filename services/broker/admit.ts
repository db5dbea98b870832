import { createHash, timingSafeEqual } from 'node:crypto';
import { type Duration, seconds } from '../alarm/index.ts';
import { openGroup } from '../group.ts';
import { inTime } from '../in-time.ts';
import type { Clock, Drivers, Log } from '../ports.ts';
import { verifySecret } from '../secrets.ts';
import { recordUnavailable, type Store } from '../store/connect.ts';
import { lastMarks, lastStates } from '../store/last-said.ts';
import { secretHashesOf } from '../store/presence.ts';
import type { Device, Register } from '../store/register-view.ts';
import { openCarried } from './carried.ts';
import type { Identity } from './connections.ts';
import type { Shown } from './device-certificate.ts';
import { openRecall } from './recall.ts';
import { openStanding, type Standing } from './standing.ts';

export interface AdmitDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly register: Register;
  readonly drivers: Drivers;
  readonly log: Log;
  readonly recordAway: () => boolean;
}

/** Well within what a sign-in may take (hooks.ts), so that a press has time to follow. */
const patience: Duration = seconds(2);

export type Refusal = 'no-credential' | 'no-such-device' | 'wrong-secret' | 'wrong-certificate' | 'not-heard-through-the-broker';
export type Admission = { readonly identity: Identity } | { readonly refused: Refusal };
export interface Admit {
  /** @param shown the certificate of the device's line, which stands for name and secret */
  check(username: string | undefined, password: Uint8Array | undefined, shown?: Shown): Promise<Admission>;
  /** Whether what let a device in is still so: its secret, its driver and its settings, which say what it may publish. */
  stillHolds(deviceId: string): Promise<boolean>;
}

/** Checks a device's credential: user name is its id, password its secret; or a certificate stands for both. */
export function openAdmission(deps: AdmitDeps): Admit {
  const setUp = new Map<string, string>();
  const secrets = openSecrets(deps);
  const standings = openStandings(deps);
  const recallOf = (deviceId: string) => openRecall(deps.clock, () => marksOf(deps, deviceId));

  async function deviceOf(username: string | undefined, password: Uint8Array | undefined, shown?: Shown): Promise<Device | Refusal> {
    // A certificate speaks for the device that it names alone; whoever calls himself another shows that one's secret.
    const vouched = shown !== undefined && shown.fault === undefined && (!username || username === shown.name);
    const name = vouched ? shown.name : username;
    if (!vouched && (!name || !password)) return shown?.fault === undefined ? 'no-credential' : 'wrong-certificate';
    const device = await deps.register.deviceOrLoad(name ?? '');
    if (!device) return 'no-such-device';
    return vouched || (password && (await secrets.belong(device.id, password))) ? device : 'wrong-secret';
  }

  return {
    async check(...credential) {
      const device = await deviceOf(...credential);
      if (typeof device === 'string') return { refused: device };
      const dialect = deps.drivers.find(device.kind, device.driver)?.dialect;
      if (!dialect) return { refused: 'not-heard-through-the-broker' };
      setUp.set(device.id, setUpOf(device));
      const face = { id: device.id, kind: device.kind, settings: device.settings };
      const exercise = deps.register.inExercise(device);
      return {
        identity: {
          speaker: { id: device.id, kind: device.kind, exercise },
          device: face,
          dialect,
          publishes: dialect.publishes(face),
          subscribes: dialect.subscribes(face),
          standing: device.kind === 'camera' ? await standings(device.id) : openStanding([]),
          recall: recallOf(device.id),
          ...(dialect.carries ? { carried: openCarried(deps, device.id, recallOf) } : {}),
        },
      };
    },
    async stillHolds(deviceId) {
      const device = deps.register.device(deviceId);
      return device !== undefined && setUpOf(device) === setUp.get(deviceId) && (await secrets.stillHold(deviceId));
    },
  };
}

interface Secrets {
  belong(deviceId: string, secret: Uint8Array): Promise<boolean>;
  /** Also of a device that has shown none here: whom a certificate let in has no secret that could have changed. */
  stillHold(deviceId: string): Promise<boolean>;
}

/**
 * A secret that passed is remembered by digest beside the stored hash it passed against, so that a county reconnecting after a
 * restart does not queue for argon2id.
 */
function openSecrets(deps: AdmitDeps): Secrets {
  const passed = new Map<string, { readonly hash: string; readonly digest: Buffer }>();

  // After a restart a whole county asks at once.
  const hashes = openGroup<string, string | undefined>({
    name: 'credentials',
    write: (ids) => secretHashesOf(deps.store.ear, ids),
    ...{ most: 200, soon: setImmediate, recordAway: recordUnavailable, log: deps.log },
  });

  /**
   * While the record is away, whoever was let in before is let in again. A record that is frozen gives no error, and a key that connects
   * only to press would never get so far as to show that it is away.
   */
  async function hashOf(id: string): Promise<string | undefined> {
    const known = passed.get(id)?.hash;
    if (known === undefined || deps.recordAway()) return known ?? hashes.add(id);
    try {
      return await inTime(deps.clock, patience, hashes.add(id));
    } catch (error) {
      if (!recordUnavailable(error)) throw error;
      return known;
    }
  }

  return {
    async belong(id, secret) {
      const hash = await hashOf(id);
      if (hash === undefined) return false;
      const digest = createHash('sha256').update(secret).digest();
      const known = passed.get(id);
      if (known?.hash === hash && timingSafeEqual(known.digest, digest)) return true;
      if (!(await verifySecret(Buffer.from(secret).toString('utf8'), hash))) return false;
      passed.set(id, { hash, digest });
      return true;
    },
    async stillHold(id) {
      const known = passed.get(id);
      return known === undefined || (await hashes.add(id)) === known.hash;
    },
  };
}

/** While the record is away, what a camera said over its line before is known here; a key may be wired to it. */
function openStandings({ store, clock, recordAway }: AdmitDeps): (cameraId: string) => Promise<Standing> {
  const standings = new Map<string, Standing>();
  return async (id) => {
    const before = standings.get(id) ?? openStanding([]);
    if (recordAway()) return before;
    const standing = await inTime(clock, patience, lastStates(store.ear, id)).then(openStanding, (error: unknown) => {
      if (!recordUnavailable(error)) throw error;
      return before;
    });
    standings.set(id, standing);
    return standing;
  };
}

const setUpOf = ({ kind, driver, settings }: Device): string => JSON.stringify([kind, driver, settings]);

/** Better a press that is heard twice than one that waits for the record. */
async function marksOf({ store }: AdmitDeps, deviceId: string): ReturnType<typeof lastMarks> {
  try {
    return await lastMarks(store.ear, deviceId);
  } catch (error) {
    if (!recordUnavailable(error)) throw error;
    return [];
  }
}
