import { randomUUID } from 'node:crypto';
import { type Description, type DriverType, type Give, type Powers, Trouble } from '../../devices/driver.ts';
import type { Media, Still } from '../../devices/media/index.ts';
import { type DeviceKind, type Duration, seconds } from '../alarm/index.ts';
import { type ErrorCode, Fault } from '../errors.ts';
import { findSource } from './cameras.ts';
import { codeOfTrouble } from './trouble.ts';
import { jpegSize, type PictureSize } from './walk-test/jpeg-size.ts';

/** A device as it would be registered, tried before it is: what it says of itself, and one picture. */

export interface Attempt {
  readonly kind: DeviceKind;
  readonly type: DriverType;
  /** Checked by the driver's schema, its secrets open. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface TryTrouble {
  readonly of: 'description' | 'picture';
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface Tried {
  /** It took our credential: it described itself, or gave a picture. */
  readonly ok: boolean;
  readonly description?: Description;
  readonly picture?: Still & PictureSize;
  readonly troubles: readonly TryTrouble[];
}

export interface TryDeps {
  readonly give: Give;
  readonly media: Media;
}

/** @throws Fault `overloaded`; `not-implemented` where there is nothing to be tried */
export type TryDevice = (attempt: Attempt, stop?: AbortSignal) => Promise<Tried>;

const describeWithin: Duration = seconds(6);
const pictureWithin: Duration = seconds(12);
/** Each may hold an ffmpeg and a dozen connections. */
const mostAtOnce = 16;
/** A camera that sends more than this as one picture sends it to nobody's phone. */
const largestPicture = 8 * 1024 * 1024;

export function openTries({ give, media }: TryDeps): TryDevice {
  let underWay = 0;
  return async (attempt, stop = new AbortController().signal) => {
    if (underWay >= mostAtOnce) throw new Fault('overloaded', `${mostAtOnce} devices are being tried already`);
    underWay += 1;
    try {
      return await tryOut(attempt, stop, { give, media });
    } finally {
      underWay -= 1;
    }
  };
}

async function tryOut({ kind, type, settings }: Attempt, stop: AbortSignal, { give, media }: TryDeps): Promise<Tried> {
  const id = `try-${randomUUID()}`;
  const powers = type.open(give, { id, kind, settings: { ...settings } });
  const source = findSource({ settings }, powers);
  if (!powers.describe && !powers.snapshot && !source)
    throw new Fault('not-implemented', `${type.name} has nothing that could be tried: the device comes to us by itself`);
  const described = await part('description', () => describe(powers, stop));
  // Makers lock an account after a few wrong tries: one that was not taken is not tried a second time.
  if (described.trouble?.code === 'device-refused') return { ok: false, troubles: [described.trouble] };
  const seen = await part('picture', async () => {
    if (!powers.snapshot && !source) return undefined;
    const { ok, why } = await media.ready();
    if (!powers.snapshot && !ok) throw new Fault('media-unavailable', why);
    const signal = AbortSignal.any([stop, AbortSignal.timeout(pictureWithin)]);
    const ways = { ...(powers.snapshot && { http: powers.snapshot }), ...(source && { source }), signal };
    return measured(await media.still(id, ways));
  });
  const { value: description } = described;
  const { value: picture } = seen;
  return {
    ok: description !== undefined || picture !== undefined,
    ...(description === undefined ? {} : { description }),
    ...(picture === undefined ? {} : { picture }),
    troubles: [described.trouble, seen.trouble].flatMap((trouble) => trouble ?? []),
  };
}

const describe = async ({ describe: ask }: Powers, stop: AbortSignal): Promise<Description | undefined> =>
  ask?.(AbortSignal.any([stop, AbortSignal.timeout(describeWithin)]));

function measured(still: Still): Still & PictureSize {
  const size = jpegSize(still.jpeg);
  if (!size) throw new Trouble('garbled', 'what came is no JPEG');
  if (still.jpeg.byteLength > largestPicture) throw new Trouble('garbled', `its picture has ${still.jpeg.byteLength} bytes`);
  return { ...still, ...size };
}

interface Part<T> {
  readonly value?: T | undefined;
  readonly trouble?: TryTrouble;
}

/** What is wrong with the device is told; what is wrong with us is thrown. */
async function part<T>(of: TryTrouble['of'], ask: () => Promise<T>): Promise<Part<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof Trouble) return { trouble: { of, code: codeOfTrouble(error.code), detail: error.message } };
    if (error instanceof Fault) return { trouble: { of, code: error.code, detail: error.message } };
    // Our own bound; a driver lets the signal's reason through.
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return { trouble: { of, code: 'device-silent', detail: 'it did not answer in time' } };
    throw error;
  }
}
