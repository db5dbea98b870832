import { Trouble, type TroubleCode } from '../../driver.ts';
import { webRequest } from '../../web.ts';
import type { CameraMedia } from './media.ts';

/** The camera's own still picture over HTTP. */

/** Real cameras take 0.1 to 0.5 s; beyond two, the key frame of a running decoder is the better picture. */
const patience = 2000;
const largestPicture = 8 * 1024 * 1024;

/** @throws Trouble, or the reason of `signal` */
export async function takeSnapshot(
  media: CameraMedia,
  signal: AbortSignal | undefined,
  send: typeof webRequest = webRequest,
): Promise<Uint8Array> {
  const { door, path } = await media.still.atOnce(signal);
  try {
    const answer = await send(door, { method: 'GET', path, milliseconds: patience, largest: largestPicture, ...(signal && { signal }) });
    if (answer.status !== 200)
      throw new Trouble(meaning(answer.status), `camera answers HTTP ${answer.status} where its picture should be`);
    return wholeJpeg(answer.body);
  } catch (error) {
    // The address may have been for one time, or for the profile that was there before.
    media.still.forget();
    throw error;
  }
}

const meaning = (status: number): TroubleCode => {
  if (status === 403) return 'refused';
  if (status === 404 || status === 405 || status === 501) return 'unsupported';
  return status === 429 || status === 503 ? 'busy' : 'garbled';
};

/** Bytes that stand behind the end of a picture in some firmware: padding of its buffer, and line ends. */
const padding: ReadonlySet<number> = new Set([0x00, 0x0a, 0x0d, 0x20]);

/** From FF D8 to FF D9, without padding. @throws Trouble garbled when it is no JPEG or not all of one */
export function wholeJpeg(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && padding.has(bytes[end - 1] ?? 0)) end -= 1;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) throw new Trouble('garbled', 'camera answers no JPEG');
  if (end < 4 || bytes[end - 2] !== 0xff || bytes[end - 1] !== 0xd9) throw new Trouble('garbled', 'camera answers a part of a JPEG');
  return end === bytes.length ? bytes : bytes.subarray(0, end);
}
