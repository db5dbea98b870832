import { Trouble } from '../../driver.ts';
import type { Door, webRequest } from '../../web.ts';
import { childrenOf, down, textAt, type XmlElement } from '../../xml.ts';
import { openSoap, type SoapClient } from './client.ts';
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

export interface Kept<T> {
  /** What was said less than `fresh` ago, else asked anew. @throws what asking throws */
  get(signal?: AbortSignal): Promise<T>;
  /** What was said last, however long ago, at once; asked anew behind it when it is no longer fresh. @throws as `get`, where nothing was said yet */
  atOnce(signal?: AbortSignal): Promise<T>;
  forget(): void;
}

/** Firmware is updated and profiles are set while we run; ten minutes are longer than any incident asks twice. */
const fresh = 10 * 60_000;

/** Keeps one answer. Values are kept and not promises: one caller's abort must not be another's failure. */
export function kept<T>(now: () => number, ask: (signal: AbortSignal | undefined) => Promise<T>): Kept<T> {
  let last: { readonly value: T; readonly at: number } | undefined;
  const get = async (signal?: AbortSignal): Promise<T> => {
    if (last && Math.abs(now() - last.at) < fresh) return last.value;
    const value = await ask(signal);
    last = { value, at: now() };
    return value;
  };
  const forget = (): void => {
    last = undefined;
  };
  return {
    get,
    atOnce: async (signal) => {
      if (!last) return get(signal);
      get().catch(forget);
      return last.value;
    },
    forget,
  };
}

/** Tokens of the elements of a name, in their order. */
export const tokensOf = (answer: XmlElement, name: string): string[] =>
  childrenOf(answer, name).flatMap((element) => element.attributes['token'] ?? []);

/** Whether the camera said that it cannot, or what nobody understands: then another way is worth a try. */
export const cannot = (error: unknown): error is Trouble =>
  error instanceof Trouble && (error.code === 'unsupported' || error.code === 'garbled');
