import { Trouble } from '../../driver.ts';
import type { Door, webRequest } from '../../web.ts';
import { childrenOf, down, textAt, type XmlElement } from '../../xml.ts';
import { openSoap, type SoapClient } from './client.ts';
import { kept } from './kept.ts';
import { askDevice, type Way } from './node-onvif.ts';
import { pathOf } from './soap.ts';

/** The way to one camera: its door, its SOAP client, where each service stands, and what it said a short while ago. */

export const namespaces = {
  tds: 'http://www.onvif.org/ver10/device/wsdl',
  trt: 'http://www.onvif.org/ver10/media/wsdl',
  tr2: 'http://www.onvif.org/ver20/media/wsdl',
  tptz: 'http://www.onvif.org/ver20/ptz/wsdl',
  tmd: 'http://www.onvif.org/ver10/deviceIO/wsdl',
} as const;

export interface ReachTools {
  readonly now: () => number;
  readonly send?: typeof webRequest;
}

export interface Reach {
  readonly door: Door;
  readonly now: () => number;
  readonly soap: SoapClient;
  /** The device service, which every camera has. */
  device(signal?: AbortSignal): Way;
  /** Undefined where the camera has no such service. @throws Trouble */
  way(namespace: string, signal?: AbortSignal): Promise<Way | undefined>;
  /** The same, for what cannot be done without. @throws Trouble unsupported */
  need(namespace: string, what: string, signal?: AbortSignal): Promise<Way>;
}

export function openReach(door: Door, devicePath: string, tools: ReachTools): Reach {
  const soap = openSoap(door, tools, devicePath);
  const wayTo = (path: string, signal: AbortSignal | undefined): Way => ({ soap, path, ...(signal && { signal }) });
  const services = kept(tools.now, (signal) => findServices(soap, wayTo(devicePath, signal), signal));
  const way: Reach['way'] = async (namespace, signal) => {
    const path = (await services.get(signal)).get(namespace);
    return path === undefined ? undefined : wayTo(path, signal);
  };
  return {
    door,
    now: tools.now,
    soap,
    device: (signal) => wayTo(devicePath, signal),
    way,
    need: async (namespace, what, signal) => {
      const found = await way(namespace, signal);
      if (!found) throw new Trouble('unsupported', `camera has no ${what}`);
      return found;
    },
  };
}

/** GetServices; where that tells of events alone, the older GetCapabilities for the rest. */
async function findServices(soap: SoapClient, device: Way, signal: AbortSignal | undefined): Promise<ReadonlyMap<string, string>> {
  const listed = new Map([...(await soap.services(signal))].map(([namespace, { path }]) => [namespace, path]));
  if (listed.has(namespaces.trt) || listed.has(namespaces.tr2)) return listed;
  const older = await askDevice(device).capabilities();
  const found: [string, XmlElement | undefined][] = [
    [namespaces.trt, down(older, 'Media')],
    [namespaces.tptz, down(older, 'PTZ')],
    [namespaces.tmd, down(older, 'Extension', 'DeviceIO')],
  ];
  for (const [namespace, service] of found) {
    const address = textAt(service, 'XAddr');
    if (address !== undefined && !listed.has(namespace)) listed.set(namespace, pathOf(address));
  }
  return listed;
}

/** Tokens of the elements of a name, in their order. */
export const tokensOf = (answer: XmlElement, name: string): string[] =>
  childrenOf(answer, name).flatMap((element) => element.attributes['token'] ?? []);

/** Whether the camera said that it cannot, or what nobody understands: then another way is worth a try. */
export const cannot = (error: unknown): error is Trouble =>
  error instanceof Trouble && (error.code === 'unsupported' || error.code === 'garbled');
