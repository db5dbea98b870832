import { createHash, timingSafeEqual } from 'node:crypto';
import type { Drivers, Log } from '../ports.ts';
import { verifySecret } from '../secrets.ts';
import type { Store } from '../store/connect.ts';
import { secretHashOf } from '../store/presence.ts';
import type { Register } from '../store/register-view.ts';
import { lastStates } from '../store/signals.ts';
import type { Identity } from './connections.ts';
import { openStanding } from './standing.ts';

export interface AdmitDeps {
  readonly store: Store;
  readonly register: Register;
  readonly drivers: Drivers;
  readonly log: Log;
}

export type Refusal = 'no-credential' | 'no-such-device' | 'wrong-secret' | 'not-heard-through-the-broker';
export type Admission = { readonly identity: Identity } | { readonly refused: Refusal };
export interface Admit {
  check(username: string | undefined, password: Uint8Array | undefined): Promise<Admission>;
  /** Whether the secret that let a device in is still its secret. */
  stillHolds(deviceId: string): Promise<boolean>;
}

/**
 * Checks a device's credential: user name is its id, password its secret. A secret that passed is remembered by digest
 * beside the stored hash it passed against, so that a county reconnecting after a restart does not queue for argon2id.
 */
export function openAdmission(deps: AdmitDeps): Admit {
  const passed = new Map<string, { readonly hash: string; readonly digest: Buffer }>();

  async function checks(id: string, secret: Uint8Array): Promise<boolean> {
    const hash = await secretHashOf(deps.store.ear, id);
    if (hash === undefined) return false;
    const digest = createHash('sha256').update(secret).digest();
    const known = passed.get(id);
    if (known?.hash === hash && timingSafeEqual(known.digest, digest)) return true;
    if (!(await verifySecret(Buffer.from(secret).toString('utf8'), hash))) return false;
    passed.set(id, { hash, digest });
    return true;
  }

  async function check(username: string | undefined, password: Uint8Array | undefined): Promise<Admission> {
    if (!username || !password) return { refused: 'no-credential' };
    const device = await deps.register.deviceOrLoad(username);
    if (!device) return { refused: 'no-such-device' };
    if (!(await checks(device.id, password))) return { refused: 'wrong-secret' };
    const dialect = deps.drivers.find(device.kind, device.driver)?.dialect;
    if (!dialect) return { refused: 'not-heard-through-the-broker' };
    const face = { id: device.id, kind: device.kind, settings: device.settings };
    const exercise = deps.register.inExercise(device);
    const standing = openStanding(device.kind === 'camera' ? await lastStates(deps.store.ear, device.id) : []);
    return {
      identity: {
        speaker: { id: device.id, kind: device.kind, exercise },
        device: face,
        dialect,
        publishes: dialect.publishes(face),
        subscribes: dialect.subscribes(face),
        standing,
      },
    };
  }

  return {
    check,
    stillHolds: async (deviceId) =>
      deps.register.device(deviceId) !== undefined && (await secretHashOf(deps.store.ear, deviceId)) === passed.get(deviceId)?.hash,
  };
}
