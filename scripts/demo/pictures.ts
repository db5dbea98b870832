import { testPicture } from '../../devices/media/commands.ts';
import { candidates, findFfmpeg } from '../../devices/media/ffmpeg.ts';
import { type Pictures, splitPictures } from '../../devices/media/h264.ts';
import { openRtspSimulator } from '../../devices/media/rtsp-simulator.ts';
import { runOnce } from '../../devices/media/run.ts';
import type { Store } from '../../services/store/connect.ts';
import { type Device, getShelf } from '../../services/store/register.ts';
import { type Act, replaceShelf } from '../../services/store/register-write.ts';
import type { County } from './map.ts';

/** What cameras of the demo see: an RTSP server of its own, on this machine alone. */
export interface Sight {
  readonly port: number;
  url(cameraId: string): string;
  close(): Promise<void>;
}

const hues = [0, 120, 240];
/** Ten seconds to be looped. */
const [width, height, framesPerSecond, frames] = [640, 360, 10, 100];

/**
 * @param port the one of the last start, which the register names
 * @returns undefined, and says why, where this machine has no ffmpeg
 */
export async function openSight(
  ids: readonly string[],
  { ffmpegBin, port, say }: { readonly ffmpegBin?: string | undefined; readonly port: number; readonly say: (line: string) => void },
): Promise<Sight | undefined> {
  const found = await findFfmpeg(candidates(ffmpegBin));
  if (!found.ok) {
    say(`cameras have no picture: ${found.why}`);
    return undefined;
  }
  const scenes: Pictures[] = [];
  for (const hue of hues) {
    const bytes = await runOnce(found.ffmpeg.program, testPicture(width, height, framesPerSecond, frames, hue), {
      largest: 64e6,
      milliseconds: 60_000,
    });
    scenes.push({ framesPerSecond, list: splitPictures(bytes) });
  }
  const [first] = scenes;
  if (!first) throw new Error('there are hues');
  const streams = Object.fromEntries(ids.map((id, index) => [`/${id}`, { pictures: scenes[index % scenes.length] ?? first }]));
  // Whatever listens there now, another port does as well: the register is told.
  const server = await openRtspSimulator(streams, port).catch(() => openRtspSimulator(streams));
  return { port: server.port, url: (id) => server.url(`/${id}`), close: () => server.close() };
}

/** A demo often shares its machine with whoever looks at it. */
const keptReady = 8;

/** The county with its cameras giving their picture there; of the first that act the last half minute is kept ready. */
export function seenBy(county: County, sight: Sight): County {
  const [seen, kept] = [new Set(county.cast.seen), new Set(county.cast.cameras.slice(0, keptReady))];
  const given = (device: Device): Device =>
    seen.has(device.id)
      ? { ...device, settings: { ...device.settings, stream: sight.url(device.id), preRoll: kept.has(device.id) } }
      : device;
  return { ...county, devices: county.devices.map(given) };
}

/** Cameras that are registered without a picture or with another port of ours get this one; what people set stays. */
export async function moveSight(store: Store, county: County, sight: Sight, by: () => Act): Promise<void> {
  const seen = new Set(county.cast.seen);
  for (const { id, settings } of county.devices.filter((device) => seen.has(device.id))) {
    const known = await getShelf(store.desk, 'devices', id);
    const stood = known?.settings['stream'];
    const ours = stood === undefined || String(stood).startsWith('rtsp://127.0.0.1:');
    if (!known || !ours || stood === sight.url(id)) continue;
    const { id: _id, ...device } = known;
    await replaceShelf(store, 'devices', id, { ...device, settings: { ...device.settings, ...settings } }, by());
  }
}
