import { type Description, Trouble } from '../../driver.ts';
import { textAt } from '../../xml.ts';
import type { CameraMedia } from './media.ts';
import { askDevice } from './node-onvif.ts';
import type { Reach } from './reach.ts';
import { listInputs, type Relays } from './relays.ts';

/** What a camera says of itself: who made it, how its clock stands, what it has. */

/** @throws Trouble where the camera cannot be reached or lets nobody in; a list that it has not is left out */
export async function describeCamera(reach: Reach, media: CameraMedia, relays: Relays, signal?: AbortSignal): Promise<Description> {
  await optional(reach.soap.readClock(signal));
  const information = await askDevice(reach.device(signal)).information();
  const said = (name: string): string | undefined => textAt(information, name)?.slice(0, 200);
  const [profiles, inputs, outputs] = await Promise.all([
    optional(media.profiles(signal)),
    optional(listInputs(reach, signal)),
    optional(relays.list.get(signal)),
  ]);
  return present({
    maker: said('Manufacturer'),
    model: said('Model'),
    firmware: said('FirmwareVersion'),
    serial: said('SerialNumber'),
    clockOffset: reach.soap.clockOffset(),
    profiles: profiles?.map((profile) => profile.token),
    inputs,
    relays: outputs?.map((relay) => relay.token),
  });
}

/** What a camera cannot tell is no reason to know nothing of it; that it is gone or lets nobody in is. */
async function optional<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Trouble && (error.code === 'unsupported' || error.code === 'garbled' || error.code === 'misconfigured'))
      return undefined;
    throw error;
  }
}

/** Without the fields that are undefined. */
const present = (fields: { readonly [Field in keyof Description]: Description[Field] | undefined }): Description =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
