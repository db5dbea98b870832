import { z } from 'zod';
import { type Device, type DriverType, type Powers, Trouble } from '../../driver.ts';
import { frameSamples, systemTimer, type Timer } from '../pace.ts';
import { doorOf, webSettings } from '../settings.ts';
import { speakOver } from '../talk.ts';
import { openUploadLine, type UploadPlan } from '../upload-line.ts';

/** The device plays what it holds as long as the request is open. */
const tail = 500;
/** As in the maker's own examples: nobody knows how long someone will speak. Enough for 20 minutes. */
const promised = '9999999';

const settings = z.strictObject({
  ...webSettings,
  framing: z.enum(['length', 'chunked']).default('length').meta({
    title: 'How the sound is framed',
    description: 'length promises a long body, as older firmware wants it; chunked is HTTP/1.1.',
  }),
});
type Settings = z.infer<typeof settings>;

function troubleOf(status: number): Trouble {
  if (status === 403) return new Trouble('refused', 'the user may not speak (403)');
  if (status === 404 || status === 405)
    return new Trouble('unsupported', `the device takes no sound, or its sound is switched off (${status})`);
  if (status === 415) return new Trouble('unsupported', 'the device does not take µ-law at 8 kHz (415)');
  // One client at a time may transmit (VAPIX Audio API).
  if (status === 409 || status === 503) return new Trouble('busy', `someone else speaks there (${status})`);
  return new Trouble(status >= 500 ? 'unreachable' : 'garbled', `the device answered ${status}`);
}

const planOf = (wanted: Settings, timer: Timer): UploadPlan => ({
  door: doorOf(wanted),
  path: '/axis-cgi/audio/transmit.cgi',
  headers: {
    'content-type': 'audio/basic',
    'cache-control': 'no-cache',
    ...(wanted.framing === 'length' ? { 'content-length': promised } : {}),
  },
  law: 'PCMU',
  piece: frameSamples,
  tail,
  timer,
  troubleOf,
});

export function openAxisLoudspeaker(device: Device<Settings>, timer: Timer): Powers {
  const plan = planOf(device.settings, timer);
  return { speak: (sound, speaking) => speakOver((signal) => openUploadLine(plan, signal), sound, speaking, timer) };
}

/** Loudspeakers and cameras of Axis: µ-law at 8 kHz as the body of one request (VAPIX Audio API). */
export const axisLoudspeaker: DriverType<Settings> = {
  name: 'axis',
  kind: 'loudspeaker',
  title: { zh: 'Axis 网络音箱（VAPIX）', en: 'Axis loudspeaker (VAPIX)' },
  settings,
  open: (_give, device) => openAxisLoudspeaker(device, systemTimer),
};
