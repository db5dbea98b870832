import OnvifServiceDevice from 'node-onvif/lib/modules/service-device.js';
import OnvifServiceMedia from 'node-onvif/lib/modules/service-media.js';
import OnvifServicePtz from 'node-onvif/lib/modules/service-ptz.js';
import library from 'node-onvif/lib/modules/soap.js';
import { Trouble } from '../../driver.ts';
import { child, down, readXml, rewrite, type XmlElement } from '../../xml.ts';
import type { SoapClient } from './client.ts';

/**
 * node-onvif 0.1.7, with its mouth and ears changed. It says what is asked, in words that eight years of cameras have taken;
 * what it says goes out by our own SOAP client, and what comes back is read by our own reader. So none of its faults can
 * reach the product: no socket of it is ever opened (uncaught errors after a reset, no deadline, no https, no Digest,
 * whatever host the camera names), no credential passes through it (it throws at letters beyond ASCII), and its digest
 * state, which mixes up the pictures of two cameras, is never touched.
 */

export interface Way {
  readonly soap: SoapClient;
  /** Of the service, at the camera's own door. */
  readonly path: string;
  readonly signal?: AbortSignal;
}

/** By the address object of a service, which the library hands to every request of that service. */
const ways = new WeakMap<object, Way>();

/** Every request of every service goes through this one method of the library's only SOAP object. */
library.requestCommand = async (service, method, envelope) => {
  const way = ways.get(service);
  if (!way) throw new Trouble('unsupported', 'node-onvif was used past the way to the camera');
  const read = readXml(envelope);
  const body = 'root' in read ? child(read.root, 'Body')?.children[0] : undefined;
  if (!body) throw new Trouble('misconfigured', `request ${method} cannot be written: a token holds what XML cannot`);
  const call = { path: way.path, action: `${body.namespace}/${method}`, body: rewrite(body) };
  return { answer: await way.soap.call(call, way.signal) };
};

/** Never connected to; the path in `Way` and the door of its client are what counts. */
const options = { xaddr: 'http://camera.invalid/' };

function under<Service extends OnvifService>(way: Way, service: Service): Service {
  ways.set(service.oxaddr, way);
  return service;
}

type Asked = Promise<OnvifAnswer>;

/** What the library checks and throws is about a value of the settings or the camera's; Trouble and aborts pass as they are. */
async function answerOf(way: Way, asked: Asked): Promise<XmlElement> {
  try {
    return (await asked).answer;
  } catch (error) {
    way.signal?.throwIfAborted();
    if (error instanceof Trouble || !(error instanceof Error)) throw error;
    throw new Trouble('misconfigured', `request refused before it was sent: ${error.message.slice(0, 200)}`, { cause: error });
  }
}

/** The library joins texts to XML as they are: this makes any token one that it takes and that arrives unchanged. */
const token = (text: string): string =>
  [...text.toWellFormed()]
    .map((letter) => (/[\x20-\x7e]/.test(letter) && !/[<>&"']/.test(letter) ? letter : `&#${letter.codePointAt(0)};`))
    .join('');

export const askDevice = (way: Way) => {
  const service = under(way, new OnvifServiceDevice(options));
  return {
    information: () => answerOf(way, service.getDeviceInformation()),
    relays: () => answerOf(way, service.getRelayOutputs()),
    capabilities: async () => down(await answerOf(way, service.getCapabilities()), 'Capabilities'),
  };
};

export const askMedia = (way: Way) => {
  const service = under(way, new OnvifServiceMedia(options));
  return {
    profiles: () => answerOf(way, service.getProfiles()),
    streamUri: (profile: string) => answerOf(way, service.getStreamUri({ ProfileToken: token(profile), Protocol: 'RTSP' })),
    snapshotUri: (profile: string) => answerOf(way, service.getSnapshotUri({ ProfileToken: token(profile) })),
  };
};

export interface Velocity {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export const askPtz = (way: Way, profile: string) => {
  const service = under(way, new OnvifServicePtz(options));
  const ProfileToken = token(profile);
  return {
    presets: () => answerOf(way, service.getPresets({ ProfileToken })),
    goto: (preset: string) => answerOf(way, service.gotoPreset({ ProfileToken, PresetToken: token(preset) })),
    move: ({ pan, tilt, zoom }: Velocity, seconds: number) =>
      answerOf(way, service.continuousMove({ ProfileToken, Velocity: { x: pan, y: tilt, z: zoom }, Timeout: seconds })),
    stop: () => answerOf(way, service.stop({ ProfileToken, PanTilt: true, Zoom: true })),
  };
};
