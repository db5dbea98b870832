import { z } from 'zod';
import { type Device, type DriverType, type Powers, Trouble } from '../../driver.ts';
import { frameSamples, systemTimer, type Timer } from '../pace.ts';
import { doorOf, webSettings } from '../settings.ts';
import { speakOver } from '../talk.ts';
import { openUploadLine, type UploadPlan } from '../upload-line.ts';

const tail = 500;
const promised = '9999999';
/** Other clients write about 1024 bytes at a time; six packets are the next smaller number. */
const piece = 6 * frameSamples;

const settings = z.strictObject({
  ...webSettings,
  channel: z.int().min(1).max(1024).default(1).meta({ title: 'Channel' }),
});
type Settings = z.infer<typeof settings>;

function troubleOf(status: number): Trouble {
  if (status === 403) return new Trouble('refused', 'the user may not speak (403)');
  if (status === 404 || status === 501) return new Trouble('unsupported', `the device takes no sound (${status})`);
  if (status === 409 || status === 503) return new Trouble('busy', `someone else speaks there (${status})`);
  return new Trouble(status >= 500 ? 'unreachable' : 'garbled', `the device answered ${status}`);
}

const planOf = (wanted: Settings, timer: Timer): UploadPlan => ({
  door: doorOf(wanted),
  path: `/cgi-bin/audio.cgi?action=postAudio&httptype=singlepart&channel=${wanted.channel}`,
  // A-law is the one codec that doorbells take as well.
  headers: { 'content-type': 'Audio/G.711A', 'content-length': promised },
  law: 'PCMA',
  piece,
  tail,
  timer,
  troubleOf,
});

export function openDahuaLoudspeaker(device: Device<Settings>, timer: Timer): Powers {
  const plan = planOf(device.settings, timer);
  return { speak: (sound, speaking) => speakOver((signal) => openUploadLine(plan, signal), sound, speaking, timer) };
}

/** Cameras, doorbells and loudspeakers of Dahua and Amcrest: A-law as the body of one request to `audio.cgi`. */
export const dahuaLoudspeaker: DriverType<Settings> = {
  name: 'dahua',
  kind: 'loudspeaker',
  title: { zh: '大华扬声器（CGI）', en: 'Dahua loudspeaker (CGI)' },
  settings,
  open: (_give, device) => openDahuaLoudspeaker(device, systemTimer),
};
