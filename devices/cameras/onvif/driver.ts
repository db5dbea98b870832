import { channelOf, decodeStatus, heardFact, nothing, topicOf } from '../../branch.ts';
import type { Device, DriverType, Give, Heard, Message, Powers } from '../../driver.ts';
import { decodeOnvifEvent } from '../../onvif-ej.ts';
import { realPause } from '../../supervisor.ts';
import type { After } from '../../web.ts';
import { describeCamera } from './describe.ts';
import { discoverCameras } from './discovery.ts';
import { setBroker } from './event-broker.ts';
import { bindInput } from './inputs.ts';
import { openCameraMedia } from './media.ts';
import { openPtz } from './ptz.ts';
import { openEvents } from './pull.ts';
import { openReach } from './reach.ts';
import { openRelays } from './relays.ts';
import { doorOf, type OnvifSettings, onvifSettings } from './settings.ts';
import { takeSnapshot } from './snapshot.ts';

const realAfter: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  // A camera that is still moving is no reason for a process to stay; the move has its bound at the camera, too.
  timer.unref();
  return () => clearTimeout(timer);
};

/**
 * The powers of one camera. They share one SOAP client, and what the camera said of its services, profiles, addresses and
 * relays: one answer each, kept for ten minutes, forgotten when it was of no use. So a still costs one request.
 */
function openCamera(give: Pick<Give, 'now'>, { settings }: Device<OnvifSettings>): Powers {
  const { door, path } = doorOf(settings);
  const reach = openReach(door, path, { now: give.now });
  const media = openCameraMedia(reach, settings);
  const relays = openRelays(reach);
  const ptz = openPtz(reach, media, realAfter);
  const events = openEvents(reach.soap, settings, { now: give.now, pause: realPause });
  return {
    ...(settings.events === 'published' ? {} : { watch: (told, signal) => events.watch(told, signal) }),
    publish: (place, signal) => setBroker(reach.soap, place, signal),
    describe: (signal) => describeCamera(reach, media, relays, signal),
    snapshot: (signal) => takeSnapshot(media, signal),
    stream: (signal) => media.stream.get(signal),
    presets: (signal) => ptz.presets(signal),
    aim: (aim, signal) => ptz.aim(aim, signal),
    relay: (token, closed, signal) => relays.set(token, closed, signal),
  };
}

/** What a Profile M camera publishes itself, below `cameras/<id>`; its inputs mean what the installer bound them to. */
function decodePublished(message: Message, device: Device<OnvifSettings>): Heard {
  const channel = channelOf(device, message.topic);
  if (channel === 'status') return decodeStatus(message.payload);
  if (!channel?.startsWith('onvif-ej/')) return nothing('no channel of a camera that publishes itself');
  const heard = decodeOnvifEvent(channel.slice('onvif-ej/'.length), message);
  return heard.outcome === 'fact' ? heardFact(bindInput(heard.fact, device.settings.inputs ?? [])) : heard;
}

/** A camera that we go to: ONVIF Profile S and T over its own HTTP, events by pull point. */
export const onvifCamera: DriverType<OnvifSettings> = {
  name: 'onvif',
  kind: 'camera',
  title: { zh: 'ONVIF 摄像机', en: 'ONVIF camera' },
  settings: onvifSettings,
  dialect: {
    publishes: (device) => [topicOf(device, 'status'), topicOf(device, 'onvif-ej/#')],
    subscribes: () => [],
    decode: decodePublished,
  },
  open: openCamera,
  discover: (search) => discoverCameras(search),
};
