import { type LoudspeakerReason, seconds } from '../alarm/index.ts';
import type { Clock, Desk, Hub, Lanes, Log } from '../ports.ts';
import { findBroadcast, silentSites } from '../store/broadcast-lists.ts';
import type { BroadcastState } from '../store/broadcast-moves.ts';
import { isNoted, type OwedVerdict, standingOf, takeVerdict, verdictTold } from '../store/broadcast-verdicts.ts';
import type { StoredBroadcast } from '../store/broadcasts.ts';
import type { Store } from '../store/connect.ts';
import { presenceOf } from '../store/register.ts';
import type { Device, Register } from '../store/register-view.ts';

/** What became of the warnings of an incident: told to its timeline, and tried once elsewhere when one failed. */
export interface VerdictDeps {
  readonly db: Store['urgent'];
  readonly clock: Clock;
  readonly hub: Hub;
  readonly log: Log;
  readonly lanes: Pick<Lanes, 'offer'>;
  readonly desk: Pick<Desk, 'act'>;
  readonly register: Pick<Register, 'deviceOrLoad' | 'loudspeakersNear' | 'placeOf'>;
}

export interface Verdicts {
  /**
   * Tells the incident what is owed to it of this loudspeaker. Safe to repeat.
   * @returns whether nothing is left to be said there
   */
  note(id: string, deviceId: string): Promise<boolean>;
  /** The loudspeaker that would say a warning instead of this one; undefined where there is none, or it is a second try already. */
  standIn(id: string, deviceId: string): Promise<string | undefined>;
}

/** A horn that stands farther away than this is another place's. */
const withinReach = 150;
const telling = seconds(10);
/** A stand-in gets as long as a new broadcast would. */
const standInGoodFor = seconds(120);

export function openVerdicts(deps: VerdictDeps): Verdicts {
  const standIn: Verdicts['standIn'] = async (id, deviceId) => {
    const broadcast = await findBroadcast(deps.db, id);
    return broadcast && standInOf(broadcast, deviceId, deps);
  };
  return {
    standIn,
    async note(id, deviceId) {
      const standing = await standingOf(deps.db, id, deviceId);
      if (standing !== 'owed') return standing !== 'open';
      const verdict = await takeVerdict(deps.db, id, deviceId, deps.clock.now(), telling);
      if (verdict) await tell(id, deviceId, verdict, verdict.state === 'failed' ? await standIn(id, deviceId) : undefined, deps);
      return true;
    },
  };
}

async function tell(id: string, deviceId: string, verdict: OwedVerdict, standIn: string | undefined, deps: VerdictDeps): Promise<void> {
  const { db, clock, hub, lanes, desk } = deps;
  const { incidentId, state } = verdict;
  if (!(await isNoted(db, incidentId, id, deviceId, state))) {
    const reason = reasonOf(state, standIn !== undefined);
    await desk.act(incidentId, { type: 'loudspeaker', by: deviceId, reason, data: dataOf(id, verdict, standIn) });
  }
  const now = clock.now();
  const other = standIn === undefined ? undefined : { deviceId: standIn, expiresAt: now + standInGoodFor };
  const asked = await verdictTold(db, id, deviceId, state, other, now);
  if (asked && standIn !== undefined) lanes.offer({ type: 'broadcast', id, deviceId: standIn });
  hub.tell('events');
}

function reasonOf(state: BroadcastState, goesOn: boolean): LoudspeakerReason {
  switch (state) {
    case 'heard':
    case 'played':
    case 'sent':
    case 'stopped':
      return `loudspeaker-${state}`;
    case 'failed':
      return goesOn ? 'loudspeaker-failed-over' : 'loudspeaker-failed';
    case 'queued':
    case 'playing':
      throw new RangeError(`${state} is no end of a broadcast`);
    default:
      return state satisfies never;
  }
}

function dataOf(broadcastId: string, { state, reason, proof, insteadOf }: OwedVerdict, standIn: string | undefined) {
  return {
    ...proof,
    broadcastId,
    state,
    ...(reason === undefined ? {} : { why: reason }),
    ...(insteadOf === undefined ? {} : { insteadOf }),
    ...(standIn === undefined ? {} : { neighbour: standIn }),
  };
}

/**
 * First the loudspeaker that the installer bound as `fallback`, then the nearest within reach. Not one that has been asked
 * already, none at a place that must stay silent, and one known to be off only when there is no other.
 */
async function standInOf(broadcast: StoredBroadcast, deviceId: string, deps: VerdictDeps): Promise<string | undefined> {
  const { register, db } = deps;
  const failed = broadcast.targets.find((target) => target.deviceId === deviceId);
  if (broadcast.incidentId === undefined || broadcast.live || !failed || failed.insteadOf !== undefined) return undefined;
  const already = broadcast.targets.find((target) => target.insteadOf === deviceId);
  if (already) return already.deviceId;
  const device = await register.deviceOrLoad(deviceId);
  if (!device) return undefined;
  const asked = new Set(broadcast.targets.map((target) => target.deviceId));
  const around = [...(await fallbackOf(device, deps)), ...nearby(device, deps)].filter((other) => !asked.has(other.id));
  const silent = await silentSites(db, [...new Set(around.flatMap(({ siteId }) => siteId ?? []))]);
  const free = around.filter(({ siteId }) => siteId === undefined || !silent.has(siteId));
  const ids = free.map((other) => other.id);
  const presence = await presenceOf(db, ids);
  return ids.find((id) => presence(id).state !== 'offline') ?? ids[0];
}

async function fallbackOf({ settings }: Device, { register }: VerdictDeps): Promise<readonly Device[]> {
  const { fallback } = settings as { readonly fallback?: unknown };
  const device = typeof fallback === 'string' ? await register.deviceOrLoad(fallback) : undefined;
  return device?.kind === 'loudspeaker' ? [device] : [];
}

function nearby(device: Device, { register }: VerdictDeps): readonly Device[] {
  const place = register.placeOf(device);
  return place === undefined ? [] : register.loudspeakersNear(place, withinReach).filter((other) => other.id !== device.id);
}
