import { basename, join } from 'node:path';
import { Trouble, type TroubleCode } from '../../../devices/driver.ts';
import type { Clip, FindSource, Media } from '../../../devices/media/index.ts';
import { type Duration, hours, type Incident, type Instant, seconds } from '../../alarm/index.ts';
import { Fault } from '../../errors.ts';
import { messageOf } from '../../log.ts';
import type { CameraNews, Clock, Desk, Log } from '../../ports.ts';
import type { Store } from '../../store/connect.ts';
import { type FootagePiece, isClosed, keepClaim, type OwedCamera } from '../../store/footage.ts';
import { uuidv7 } from '../../store/ids.ts';
import { aimForIncident } from '../aiming.ts';
import type { Cameras } from '../cameras.ts';
import type { Shelf } from './shelf.ts';

/** How much is recorded of an incident. */
export interface FootagePolicy {
  readonly before: Duration;
  readonly after: Duration;
  readonly longest: Duration;
  readonly days: number;
}

export interface TakeDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly media: Media;
  readonly cameras: Cameras;
  readonly desk: Pick<Desk, 'cameras'>;
  readonly shelf: Shelf;
  readonly policy: FootagePolicy;
  /** This process, in the record. */
  readonly holder: string;
}

/** One camera of one incident, with the claim of this process on it. */
export interface Task {
  readonly incident: Incident;
  readonly owed: OwedCamera;
  /** Days that the site keeps footage. */
  readonly days: number;
  readonly signal: AbortSignal;
}

/** Longer than one part of a recording takes. */
export const claimLength: Duration = seconds(120);
/** A turning camera stands still and sharp again after this. */
const settles: Duration = seconds(3);
const partLength: Duration = seconds(60);

/** Takes what is owed of one camera: picture, turn, picture again, recording. Each is told as soon as it is there; none waits for another. */
export async function takeCamera(deps: TakeDeps, task: Task): Promise<void> {
  const { incident, owed, signal } = task;
  const source = await deps.cameras.sourceOf(owed.cameraId).catch(() => undefined);
  // From here on the stream runs, so that the recording has what happens while the picture is taken.
  const holding = source && owed.clip ? deps.media.watch(owed.cameraId, source, { preRollSeconds: deps.policy.before / 1000 }) : undefined;
  try {
    // A stop does not wait for a camera that takes its time.
    await Promise.race([Promise.all([takePictures(deps, task), owed.clip ? record(deps, task, source) : undefined]), aborted(signal)]);
  } catch (error) {
    if (!signal.aborted) deps.log.error({ err: error, incidentId: incident.id, cameraId: owed.cameraId }, 'footage could not be stored');
  } finally {
    holding?.release();
    await keepClaim(deps.store.fleeting, owed, deps.holder, undefined).catch((error: unknown) =>
      deps.log.debug({ err: error }, 'a claim on a camera was not let go of; it ends by itself'),
    );
  }
}

async function takePictures(deps: TakeDeps, task: Task): Promise<void> {
  const { owed, signal } = task;
  const first = owed.still && owed.stills === 0 ? takePicture(deps, task, 0, !owed.turn) : undefined;
  const turned = owed.turn && (await turn(deps, task));
  await first;
  if (!turned || !owed.still) return;
  await pause(deps.clock, settles, signal);
  if (!signal.aborted) await takePicture(deps, task, 1, true);
}

async function takePicture(deps: TakeDeps, task: Task, part: number, last: boolean): Promise<void> {
  const { incident, owed, signal } = task;
  const { cameraId } = owed;
  const missing = (why: string): CameraNews => ({ type: 'missing', cameraId, what: 'still', reason: 'picture-missing', why });
  if ((await deps.shelf.room()) === 'none') return tell(deps, task, missing('the disk is full'));
  try {
    const still = await deps.cameras.still(cameraId);
    const id = uuidv7(deps.clock.now());
    const { file, sha256 } = await deps.shelf.put(incident.id, `${id}.jpg`, still.jpeg);
    const at = { from: still.at, to: still.at, gaps: 0, ...keptUntil(deps, task) };
    const piece: FootagePiece = {
      ...{ id, cameraId, what: 'still', part, file, mediaType: 'image/jpeg', via: still.via, bytes: still.jpeg.byteLength, sha256 },
      ...at,
    };
    await tell(deps, task, { type: 'attached', piece, last });
  } catch (error) {
    if (signal.aborted) throw error;
    await tell(deps, task, missing(whyOf(error)));
  }
}

/** Answers whether the camera moves now. */
async function turn(deps: TakeDeps, task: Task): Promise<boolean> {
  const { incident, owed } = task;
  const { cameraId, preset } = owed;
  if (preset === undefined) return false;
  try {
    const turned = await aimForIncident(deps, incident, cameraId, preset);
    if (turned.outcome === 'turned') await tell(deps, task, { type: 'turned', cameraId, preset, grant: turned.grant });
    else await tell(deps, task, { type: 'not-turned', cameraId, reason: 'camera-held', why: turned.by });
    return turned.outcome === 'turned';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await tell(deps, task, { type: 'not-turned', cameraId, reason: 'camera-not-turned', why: whyOf(error) });
    return false;
  }
}

/** What will not be better in a minute. */
const hopeless: ReadonlySet<TroubleCode> = new Set(['unsupported', 'misconfigured', 'refused']);

/** The recording, part by part, while the incident is open and no longer than the settings say. */
async function record(deps: TakeDeps, task: Task, source: FindSource | undefined): Promise<void> {
  const { clock, policy, shelf } = deps;
  const { incident, owed, signal } = task;
  const { cameraId } = owed;
  const missing = (reason: 'clip-missing' | 'disk-nearly-full', why: string) =>
    tell(deps, task, { type: 'missing', cameraId, what: 'clip', reason, why });
  if (!source) return missing('clip-missing', 'it gives no stream');
  const end = incident.openedAt + policy.longest;
  let from = owed.clipUntil ?? incident.openedAt - policy.before;
  for (let part = owed.parts; !signal.aborted; part += 1) {
    if ((await shelf.room()) !== 'enough') return missing('disk-nearly-full', 'the disk is nearly full');
    const to = endOfPart(from, part, incident.openedAt, policy, clock.now());
    const name = uuidv7(clock.now());
    await keepClaim(deps.store.fleeting, owed, deps.holder, to + claimLength);
    try {
      const wanted = { from, to, folder: shelf.folderOf(incident.id), name, signal };
      const clip = await deps.media.clip(cameraId, source, wanted);
      const last = to >= end || (await isClosed(deps.store.routine, incident.id));
      await tell(deps, task, {
        type: 'attached',
        piece: { ...pieceOf(clip, incident.id, name), cameraId, part, ...keptUntil(deps, task) },
        last,
      });
      if (last) return;
    } catch (error) {
      if (signal.aborted || !(error instanceof Trouble)) throw error;
      await missing('clip-missing', whyOf(error));
      if (hopeless.has(error.code) || to >= end) return;
      await pause(clock, to - clock.now(), signal);
      if (await isClosed(deps.store.routine, incident.id)) return;
    }
    from = to;
  }
}

/** A part whose end is past already, since a process ended meanwhile, is given a few seconds of what can still be seen. */
function endOfPart(from: Instant, part: number, openedAt: Instant, { after }: FootagePolicy, now: Instant): Instant {
  const planned = part === 0 && from < openedAt ? openedAt + after : from + partLength;
  return planned > now ? planned : now + after;
}

const pieceOf = ({ file, bytes, sha256, from, to, codec, gaps }: Clip, incidentId: string, id: string) => ({
  ...({ id, what: 'clip', file: join(incidentId, basename(file)), mediaType: 'video/mp4', codec, bytes, sha256, from, to, gaps } as const),
});

const keptUntil = ({ clock }: TakeDeps, { days }: Task) => ({ keptUntil: clock.now() + days * hours(24) });

function whyOf(error: unknown): string {
  if (error instanceof Fault || error instanceof Trouble) return error.message;
  return `a fault of ours: ${error instanceof Error ? messageOf(error) : String(error)}`;
}

/** @throws the signal's reason once aborted: another process may be at the camera by then */
async function tell(deps: TakeDeps, { incident, signal }: Task, news: CameraNews): Promise<void> {
  signal.throwIfAborted();
  await deps.desk.cameras(incident.id, [news]);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Resolves early when aborted. */
function pause(clock: Clock, span: Duration, signal: AbortSignal): Promise<void> {
  if (span <= 0 || signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = clock.after('footage waits', span, resolve);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => timer.stop());
}
