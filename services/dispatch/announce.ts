import { randomUUID } from 'node:crypto';
import type { Announcement, Delivery, Device as DriverDevice, Give, Powers } from '../../devices/driver.ts';
import { type Instant, minutes, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Clock, Drivers, Handlers, Hub, Log } from '../ports.ts';
import {
  type BroadcastState,
  type ClaimedTarget,
  claimTarget,
  retryTarget,
  type StoredBroadcast,
  settleTarget,
  stopTarget,
} from '../store/broadcasts.ts';
import type { Store } from '../store/connect.ts';
import type { Device, Register } from '../store/register-view.ts';

export interface AnnounceDeps {
  readonly db: Store['urgent'];
  readonly clock: Clock;
  readonly hub: Hub;
  readonly log: Log;
  readonly drivers: Pick<Drivers, 'find'>;
  readonly give: Give;
  readonly register: Pick<Register, 'deviceOrLoad'>;
}

/** Words that come later than this are about something else by now. */
export const broadcastGoodFor = minutes(2);
/** Longer than any driver's own deadline. */
const lease = seconds(15);
const longestPause = seconds(15);

/** Plays a broadcast on one loudspeaker and writes what is known of it. Safe to repeat: the claim and the broadcast id see to it. */
export function announceHandler(deps: AnnounceDeps): NonNullable<Handlers['broadcast']> {
  return async ({ id, deviceId }) => {
    const token = randomUUID();
    const claimed = await claimTarget(deps.db, id, deviceId, token, deps.clock.now(), lease);
    if (!claimed) return;
    const delivery = await play(claimed, deps);
    await record(claimed, token, delivery, deps);
  };
}

async function play(claimed: ClaimedTarget, deps: AnnounceDeps): Promise<Delivery> {
  const opened = await openPowers(claimed.deviceId, deps);
  if ('outcome' in opened) return opened;
  if (!opened.powers.play) return { outcome: 'failed', reason: 'not-implemented' };
  return attempt(() => opened.powers.play?.(announcementOf(claimed)), claimed.deviceId, deps.log);
}

function announcementOf({ broadcast }: ClaimedTarget): Announcement {
  const { id, text, audioUrl, lang, repeat, volume, priority, expiresAt } = broadcast;
  return {
    broadcastId: id,
    ...(text === undefined ? {} : { text }),
    ...(audioUrl === undefined ? {} : { audioUrl }),
    lang,
    repeat,
    ...(volume === undefined ? {} : { volume }),
    priority,
    expiresAt,
  };
}

/** The powers of a registered loudspeaker, or why it has none. */
async function openPowers(
  deviceId: string,
  { register, drivers, give }: Pick<AnnounceDeps, 'register' | 'drivers' | 'give'>,
): Promise<{ powers: Powers } | Extract<Delivery, { outcome: 'failed' }>> {
  const device = await register.deviceOrLoad(deviceId);
  if (!device) return { outcome: 'failed', reason: 'device-removed' };
  const driver = drivers.find(device.kind, device.driver);
  if (!driver) return { outcome: 'failed', reason: 'driver-unknown' };
  const settings = driver.settings.safeParse(device.settings);
  if (!settings.success) return { outcome: 'failed', reason: 'settings-invalid' };
  return { powers: driver.open(give, forDriver(device, settings.data)) };
}

const forDriver = ({ id, kind }: Device, settings: Record<string, unknown>): DriverDevice => ({ id, kind, settings });

/** A driver that throws has said nothing: the loudspeaker counts as out of reach and is tried again. */
async function attempt(run: () => Promise<Delivery> | undefined, deviceId: string, log: Log): Promise<Delivery> {
  try {
    return (await run()) ?? { outcome: 'failed', reason: 'not-implemented' };
  } catch (error) {
    log.error({ err: error, deviceId }, 'a loudspeaker driver failed');
    if (error instanceof Fault) return { outcome: 'unreachable', reason: error.code };
    return { outcome: 'unreachable', reason: 'driver-error' };
  }
}

async function record(
  { broadcast, deviceId, attempts }: ClaimedTarget,
  token: string,
  delivery: Delivery,
  deps: AnnounceDeps,
): Promise<void> {
  const { db, clock, hub } = deps;
  const now: Instant = clock.now();
  if (delivery.outcome === 'unreachable') {
    const pause = Math.min(seconds(2 ** Math.min(attempts - 1, 5)), longestPause);
    await retryTarget(db, broadcast.id, deviceId, token, delivery.reason, now + pause);
    return;
  }
  const change = delivery.outcome === 'failed' ? ({ state: 'failed', reason: delivery.reason } as const) : ({ state: 'sent' } as const);
  const state = await db.transaction().execute((trx) => settleTarget(trx, broadcast.id, deviceId, token, change, now));
  if (state !== undefined) hub.tell('events');
  // Stopped while it was on its way: the loudspeaker got the words and must get the stop after them.
  if (state === 'stopped') await stopOn(broadcast.id, deviceId, deps);
}

/**
 * Stops a broadcast on all its loudspeakers. One that cannot be reached, or cannot stop, keeps its state.
 * @returns for each loudspeaker that did not stop, why
 */
export async function stopBroadcast(broadcast: StoredBroadcast, by: string, deps: AnnounceDeps): Promise<ReadonlyMap<string, string>> {
  const faults = new Map<string, string>();
  const running = broadcast.targets.filter(({ state }) => state === 'queued' || state === 'sent' || state === 'playing');
  await Promise.all(
    running.map(async ({ deviceId }) => {
      const reason = `stopped by ${by}`;
      const waiting = await mark(broadcast.id, deviceId, reason, ['queued'], deps);
      if (waiting) return;
      const delivery = await stopOn(broadcast.id, deviceId, deps);
      if ('reason' in delivery) faults.set(deviceId, delivery.reason);
      else await mark(broadcast.id, deviceId, reason, ['sent', 'playing'], deps);
    }),
  );
  if (running.length > 0) deps.hub.tell('events');
  return faults;
}

const mark = (
  id: string,
  deviceId: string,
  reason: string,
  from: readonly BroadcastState[],
  { db, clock }: AnnounceDeps,
): Promise<boolean> => db.transaction().execute((trx) => stopTarget(trx, id, deviceId, reason, clock.now(), from));

async function stopOn(id: string, deviceId: string, deps: AnnounceDeps): Promise<Delivery> {
  const opened = await openPowers(deviceId, deps);
  if ('outcome' in opened) return opened;
  return attempt(() => opened.powers.stop?.(id), deviceId, deps.log);
}
