import type { Description } from '../../devices/driver.ts';
import type { Media, Still, StreamHealth } from '../../devices/media/index.ts';
import { type Look, lightAt, markOf, type Picture, type PictureFault, pictureFaults, type Standard } from '../../devices/media/looking.ts';
import { type Instant, type Point, seconds } from '../alarm/index.ts';
import { type ErrorCode, Fault } from '../errors.ts';
import type { DueCamera, Reference, Sample, Seen } from '../store/camera-health.ts';
import type { CameraFaultKind, Vote, Votes } from './camera-votes.ts';

/** One look at one camera: what can be had of it now, and what that says. */
export interface LookDeps {
  readonly now: () => Instant;
  /** @throws Fault */
  readonly still: (cameraId: string) => Promise<Still>;
  readonly gray: Media['gray'];
  /** `judge` of the looking, wherever it runs. */
  readonly judge: (picture: Picture, standard: Standard) => Look | Promise<Look>;
  readonly health: (cameraId: string) => StreamHealth | undefined;
  /** Undefined where the camera cannot say, or does not now. */
  readonly describe: (cameraId: string) => Promise<Description | undefined>;
  readonly placeOf: (cameraId: string) => Point | undefined;
  readonly reference: (cameraId: string, light: 'day' | 'night') => Promise<Reference | undefined>;
  /** Whether somebody turned the camera after this instant. */
  readonly turnedSince: (cameraId: string, at: Instant) => Promise<boolean>;
  readonly leastFrames: number;
}

export const [width, height] = [320, 180];

/** GB/T 28181 and ONVIF sign requests with the time: beyond 5 s cameras begin to refuse, and recordings cannot be matched. */
const clockTolerance = seconds(5);
const seenKept = 4;
/** The middle of China, for cameras that nobody placed. */
const somewhere: Point = { lat: 35, lon: 105 };

export async function look(deps: LookDeps, camera: DueCamera): Promise<{ readonly sample: Sample; readonly votes: Votes }> {
  const { cameraId } = camera;
  const votes = new Map<CameraFaultKind, Vote>();
  const rate = deps.health(cameraId);
  if (rate?.state === 'running' && rate.framesPerSecond !== undefined) {
    const { framesPerSecond } = rate;
    votes.set('low-frame-rate', { faulty: framesPerSecond < deps.leastFrames, detail: { framesPerSecond, least: deps.leastFrames } });
  }
  const picture = await pictureVotes(deps, camera, votes);
  const clockOffset = votes.get('offline')?.faulty ? undefined : (await deps.describe(cameraId))?.clockOffset;
  if (clockOffset !== undefined)
    votes.set('wrong-clock', { faulty: Math.abs(clockOffset) > clockTolerance, detail: { offsetMs: Math.round(clockOffset) } });
  const sample = { cameraId, at: deps.now(), ...(picture && { picture }), ...(clockOffset === undefined ? {} : { clockOffset }) };
  return { sample, votes };
}

async function pictureVotes(deps: LookDeps, camera: DueCamera, votes: Map<CameraFaultKind, Vote>): Promise<Sample['picture']> {
  const { cameraId, presence, presenceSince } = camera;
  if (presence === 'offline') {
    votes.set('offline', { faulty: true, ...(presenceSince === undefined ? {} : { since: presenceSince }) });
    return undefined;
  }
  if (presence === 'online') votes.set('offline', { faulty: false });
  try {
    const still = await deps.still(cameraId);
    votes.set('offline', { faulty: false });
    const luma = await deps.gray(still.jpeg, width, height);
    votes.set('no-picture', { faulty: false });
    return await judged(deps, camera, { width, height, luma, at: still.at }, votes);
  } catch (error) {
    for (const [fault, vote] of failureVotes(error, presence)) votes.set(fault, vote);
    return undefined;
  }
}

/** What a failure proves. A camera that is busy, or that we lack the means to look through, proves nothing. */
function failureVotes(error: unknown, presence: DueCamera['presence']): (readonly [CameraFaultKind, Vote])[] {
  const code = codeOf(error);
  if (code === undefined) throw error;
  const vote: Vote = { faulty: true, detail: { code, why: (error as Error).message } };
  switch (code) {
    case 'device-unreachable':
    case 'device-silent':
      return presence === 'online' ? [['no-picture', vote]] : [['offline', vote]];
    case 'device-garbled':
    case 'device-refused':
    case 'device-misconfigured':
      return [
        ['offline', { faulty: false }],
        ['no-picture', vote],
      ];
    default:
      return [];
  }
}

/** Decoding throws the driver's own error, everything else a Fault. */
function codeOf(error: unknown): ErrorCode | undefined {
  if (error instanceof Fault) return error.code;
  if (error instanceof Error && error.name === 'Trouble')
    return 'code' in error && error.code === 'garbled' ? 'device-garbled' : 'not-implemented';
  return undefined;
}

async function judged(
  deps: LookDeps,
  { cameraId, seen }: DueCamera,
  picture: Picture,
  votes: Map<CameraFaultKind, Vote>,
): Promise<Sample['picture']> {
  const light = lightAt(picture.at, deps.placeOf(cameraId) ?? somewhere);
  const reference = light === 'twilight' ? undefined : await deps.reference(cameraId, light);
  const fixed = reference !== undefined && !(await deps.turnedSince(cameraId, reference.at));
  const standard: Standard = { light: light === 'day' ? 'day' : 'night', previous: seen, fixed, ...(reference && { reference }) };
  const result = await deps.judge(picture, standard);
  for (const [fault, vote] of votesOf(result, fixed, light)) votes.set(fault, vote);
  const { measures } = result;
  return { seen: [{ mark: markOf(picture), at: picture.at } satisfies Seen, ...seen].slice(0, seenKept), measures: { ...measures } };
}

/** A picture that has one fault says nothing of the others; a good one denies all that it was held against. */
function votesOf({ finding, measures }: Look, compared: boolean, light: ReturnType<typeof lightAt>): (readonly [PictureFault, Vote])[] {
  if (finding) {
    const { fault, why, measure, threshold } = finding;
    return [[fault, { faulty: true, detail: { why, measure: rounded(measure), threshold, brightness: rounded(measures.mean) } }]];
  }
  const denied: Readonly<Record<PictureFault, boolean>> = {
    black: light === 'day',
    'white-out': true,
    frozen: true,
    covered: compared || light === 'day',
    blurred: compared,
    moved: compared,
    'night-failure': light === 'night',
  };
  return pictureFaults.filter((fault) => denied[fault]).map((fault) => [fault, { faulty: false }]);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
