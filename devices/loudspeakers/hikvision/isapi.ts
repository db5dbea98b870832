import { Trouble } from '../../driver.ts';
import { readXml, type XmlElement } from '../../xml.ts';
import type { Law } from '../g711.ts';

/** Two-way audio in ISAPI: what the device says of its channels and sessions. Names are matched without namespace, of which there are two or none. Pure. */

export interface AudioChannel {
  readonly id: string;
  /** As the device calls it, for example `G.711ulaw`. */
  readonly compression: string;
  readonly law?: Law;
}

const lawsByName: Readonly<Record<string, Law>> = { 'g.711ulaw': 'PCMU', 'g.711alaw': 'PCMA' };

const textOf = (element: XmlElement, name: string): string | undefined =>
  element.children.find((child) => child.name === name)?.text.trim() || undefined;

/** `TwoWayAudioChannelList`, or one `TwoWayAudioChannel` alone. @throws Trouble garbled */
export function readChannels(body: Uint8Array): AudioChannel[] {
  const read = readXml(body);
  if ('fault' in read) throw new Trouble('garbled', `list of audio channels cannot be read: ${read.fault}`);
  const { root } = read;
  const elements = root.name === 'TwoWayAudioChannel' ? [root] : root.children.filter((child) => child.name === 'TwoWayAudioChannel');
  return elements.flatMap((element) => {
    const id = textOf(element, 'id');
    // It becomes part of a path.
    if (id === undefined || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) return [];
    const compression = textOf(element, 'audioCompressionType') ?? '';
    const law = lawsByName[compression.toLowerCase()];
    return [{ id, compression, ...(law === undefined ? {} : { law }) }];
  });
}

/** @throws Trouble */
export function chooseChannel(channels: readonly AudioChannel[], wanted: string | undefined): AudioChannel & { readonly law: Law } {
  const channel = wanted === undefined ? channels[0] : channels.find(({ id }) => id === wanted);
  if (!channel) {
    if (wanted === undefined) throw new Trouble('unsupported', 'the device has no two-way audio');
    throw new Trouble(
      'misconfigured',
      `the device has no audio channel ${wanted}, only ${channels.map(({ id }) => id).join(', ') || 'none'}`,
    );
  }
  if (!channel.law)
    throw new Trouble('misconfigured', `audio channel ${channel.id} is set to ${channel.compression || 'no codec'}: set it to G.711`);
  return { ...channel, law: channel.law };
}

/** The `sessionId` of an open channel, where the device gives one: it is wanted again with the sound. */
export function readSessionId(body: Uint8Array): string | undefined {
  const read = readXml(body);
  if ('fault' in read) return undefined;
  const id = textOf(read.root, 'sessionId');
  return id !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : undefined;
}

/** `statusCode` 2 of `ResponseStatus` is Device Busy. */
const deviceBusy = '2';

/** What an answer other than 200 means. `body` is a `ResponseStatus` where the device is in order. */
export function troubleOf(status: number, body: Uint8Array, step: string): Trouble {
  const read = readXml(body);
  const root = 'root' in read ? read.root : undefined;
  const detail = root && textOf(root, 'subStatusCode');
  const why = `${step}: ${status}${detail === undefined ? '' : ` ${detail.slice(0, 60)}`}`;
  if (status === 503 || (root && textOf(root, 'statusCode') === deviceBusy))
    return new Trouble('busy', `someone else speaks there (${why})`);
  if (/privilege/i.test(detail ?? '')) return new Trouble('refused', `the user may not speak (${why})`);
  if (status === 404 || /notSupport/i.test(detail ?? ''))
    return new Trouble('unsupported', `the device has no such two-way audio (${why})`);
  if (status === 403) return new Trouble('refused', `the user may not speak, or someone else does (${why})`);
  return new Trouble(status >= 500 ? 'unreachable' : 'garbled', `the device refused (${why})`);
}
