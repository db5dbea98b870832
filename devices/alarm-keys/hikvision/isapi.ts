import type { Fact } from '../../driver.ts';
import { inCalendar } from '../../payload.ts';
import { readXml, textAt, type XmlElement } from '../../xml.ts';

/** ISAPI, "EventNotificationAlert" and "IOPortStatus". Two namespaces (hikvision.com, isapi.org), or none: names decide. */

export interface Alert {
  readonly eventType: string;
  readonly active: boolean;
  /** The input a key is wired to; of events of other kinds there is none. */
  readonly input?: string;
  readonly channel?: number;
  /** Milliseconds UTC, where the device wrote its zone. */
  readonly at?: number;
  readonly repeats?: number;
}

export function readAlert(body: Uint8Array): Alert | { readonly fault: string } {
  const read = readXml(body);
  if ('fault' in read) return read;
  const { root } = read;
  if (root.name !== 'EventNotificationAlert') return { fault: 'no alert' };
  const eventType = textAt(root, 'eventType');
  const state = textAt(root, 'eventState')?.toLowerCase();
  if (eventType === undefined) return { fault: 'no event type' };
  if (state !== 'active' && state !== 'inactive') return { fault: 'event is neither active nor inactive' };
  const input = textAt(root, 'inputIOPortID') ?? textAt(root, 'dynInputIOPortID');
  const channel = numberAt(root, 'channelID') ?? numberAt(root, 'dynChannelID');
  const repeats = numberAt(root, 'activePostCount');
  const at = zoned(textAt(root, 'dateTime'));
  return {
    eventType,
    active: state === 'active',
    ...(input === undefined ? {} : { input }),
    ...(channel === undefined ? {} : { channel }),
    ...(repeats === undefined ? {} : { repeats }),
    ...(at === undefined ? {} : { at }),
  };
}

function numberAt(root: XmlElement, name: string): number | undefined {
  const text = textAt(root, name);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** A time without a zone is the device's own affair. */
function zoned(text: string | undefined): number | undefined {
  const at = text !== undefined && /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  return inCalendar(at) ? at : undefined;
}

/** A recorder counts its network cameras from 33 on (34 is camera 2). */
export const cameraOf = (channel: number): number => (channel > 32 ? channel - 32 : channel);

/** How an input stands: `/ISAPI/System/IO/inputs/<n>/status`. */
export function readInputStatus(body: Uint8Array): boolean | undefined {
  const read = readXml(body);
  const state = 'root' in read ? textAt(read.root, 'ioState')?.toLowerCase() : undefined;
  return state === 'active' ? true : state === 'inactive' ? false : undefined;
}

/**
 * What an alert tells of the key on one input; undefined for everything else on the stream, among it the heartbeat
 * (`videoloss`, inactive). What speaks of an input and cannot be read is a key that nobody understood.
 */
export function keyFact(body: Uint8Array, input: string): Fact | undefined {
  const alert = readAlert(body);
  if ('fault' in alert) {
    const text = Buffer.from(body).toString('latin1');
    if (!text.includes('inputIOPortID') && !text.includes('>IO<')) return undefined;
    return { type: 'unparsed', active: true, data: { reason: alert.fault, of: 'digital-input', input } };
  }
  if (alert.eventType.toUpperCase() !== 'IO' || (alert.input !== undefined && alert.input !== input)) return undefined;
  const { at, active, ...rest } = alert;
  const camera = rest.channel === undefined ? {} : { camera: cameraOf(rest.channel) };
  return { type: 'digital-input', active, ...(at === undefined ? {} : { at }), data: { ...rest, ...camera, ...source(input) } };
}

/** As the record compares it: which property of the device this is. */
export const source = (input: string) => ({ topic: 'IO', sourceValues: [input] });
