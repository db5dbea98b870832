import type { Aim } from '../../devices/driver.ts';
import { type AimAsker, type AimLease, type AimRank, type Duration, isPanic, rfc3339, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { type Aiming, dropAim, readAim, takeAim } from '../store/aims.ts';
import { audit } from '../store/audit.ts';
import type { Store } from '../store/connect.ts';
import { putEvents } from '../store/events.ts';
import type { Cameras } from './cameras.ts';
import type { Actor } from './roles.ts';

/** Turning cameras, one person at a time. */

export interface AimingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly cameras: Cameras;
}

/** From the last move on. */
const personHolds: Duration = seconds(60);
/** Long enough for the picture and the first seconds of the recording. */
const productHolds: Duration = seconds(30);

const rankOf = ({ roles }: Actor): AimRank => (roles.includes('admin') ? 3 : roles.includes('supervisor') ? 2 : 1);

/**
 * Turns a camera for a person, who then holds it for a minute.
 * @throws Fault `camera-held` with the holder's name and the seconds left; what the camera says
 */
export async function aimFor(deps: AimingDeps, actor: Actor, cameraId: string, aim: Aim, incidentId?: string): Promise<AimLease> {
  const { powers } = await deps.cameras.open(cameraId);
  if (!powers.aim) throw new Fault('not-implemented', `${cameraId} cannot be turned`);
  const asker = {
    holderId: `${actor.kind}:${actor.id}`,
    holder: actor.name,
    rank: rankOf(actor),
    emergency: false,
    ...(incidentId === undefined ? {} : { incidentId }),
  };
  const aiming = await take(deps, cameraId, asker, personHolds);
  if (aiming.outcome === 'held') throw new Fault('camera-held', heldBy(aiming.lease, deps.clock));
  if (aiming.grant !== 'own') {
    const { before, grant } = aiming;
    const from = before && grant !== 'ran-out' ? { from: before.holder } : {};
    const data = { grant, ...from, ...(incidentId === undefined ? {} : { incidentId }) };
    await audit(deps.store.desk, { at: deps.clock.now(), by: actor.name, act: 'camera.held', subject: `devices:${cameraId}`, data });
  }
  await deps.cameras.act(cameraId, 'cannot be turned', ({ aim: turn }, signal) => turn?.(aim, signal));
  return aiming.lease;
}

/** Lets go of a camera; of one that somebody else holds nothing happens. */
export async function letGoOf({ store, clock }: AimingDeps, actor: Actor, cameraId: string): Promise<void> {
  if (!(await dropAim(store.fleeting, cameraId, `${actor.kind}:${actor.id}`))) return;
  await audit(store.desk, { at: clock.now(), by: actor.name, act: 'camera.released', subject: `devices:${cameraId}` });
}

export type TurnedForIncident =
  | { readonly outcome: 'turned'; readonly grant: Extract<Aiming, { outcome: 'granted' }>['grant'] }
  | { readonly outcome: 'held'; readonly by: string };

/** Turns a camera to the preset that shows an incident, if nobody needs it more. @throws Fault */
export async function aimForIncident(
  deps: AimingDeps,
  incident: { readonly id: string; readonly kind: string },
  cameraId: string,
  preset: string,
): Promise<TurnedForIncident> {
  const emergency = isPanic(incident.kind);
  const asker = { holderId: `incident:${incident.id}`, holder: 'Baiying', rank: 0, incidentId: incident.id, emergency } as const;
  const aiming = await take(deps, cameraId, asker, productHolds);
  if (aiming.outcome === 'held') return { outcome: 'held', by: aiming.lease.holder };
  await deps.cameras.act(cameraId, 'cannot be turned', ({ aim }, signal) => aim?.({ preset }, signal));
  return { outcome: 'turned', grant: aiming.grant };
}

/** Who holds a camera now. */
export async function holderOfCamera({ store, clock }: AimingDeps, cameraId: string): Promise<AimLease | undefined> {
  const lease = await readAim(store.desk, cameraId);
  return lease && lease.until > clock.now() ? lease : undefined;
}

async function take(
  { store, clock }: AimingDeps,
  cameraId: string,
  asker: AimAsker & { readonly holder: string },
  length: Duration,
): Promise<Aiming> {
  const now = clock.now();
  const aiming = await takeAim(store, cameraId, asker, now, length);
  if (aiming.outcome === 'granted' && aiming.grant !== 'own') {
    const { holder, until, incidentId } = aiming.lease;
    const data = { id: cameraId, holder, grant: aiming.grant, until: rfc3339(until), incidentId };
    await putEvents(store.fleeting, [{ type: 'baiying.camera.held.v1', subject: `devices/${cameraId}`, at: now, data }]);
    store.hub.tell('events');
  }
  return aiming;
}

const secondsLeft = (lease: AimLease, clock: Clock): number => Math.max(1, Math.ceil((lease.until - clock.now()) / 1000));
const heldBy = (lease: AimLease, clock: Clock): string => `${lease.holder} moves it, for ${secondsLeft(lease, clock)} s more`;

/** As the API shows a lease. */
export const leaseView = (lease: AimLease, clock: Clock) => ({
  holder: lease.holder,
  secondsLeft: secondsLeft(lease, clock),
  until: rfc3339(lease.until),
  ...(lease.incidentId === undefined ? {} : { incidentId: lease.incidentId }),
});
