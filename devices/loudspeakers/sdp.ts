import { type Law, laws, payloadTypes } from './g711.ts';

/** Session descriptions, RFC 8866, as far as sound needs them. Pure; never throws. */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
const directions: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] satisfies Direction[];

export interface SdpMedia {
  /** `audio`, `video`, … */
  readonly type: string;
  /** 0 means refused. */
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** Its own, else that of the session. */
  readonly address?: string;
  /** Name and value; the value is empty where there is none. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Its own, else that of the session, else both ways (RFC 8866 6.7). */
  readonly direction: Direction;
}

export interface Sdp {
  readonly attributes: SdpMedia['attributes'];
  readonly media: readonly SdpMedia[];
}

interface Section {
  readonly head: string;
  address?: string;
  readonly attributes: [string, string][];
}

const mostLines = 2000;

export function parseSdp(text: string): Sdp {
  const sections: Section[] = [{ head: '', attributes: [] }];
  for (const line of text.split(/\r?\n/, mostLines)) {
    const value = line.slice(2).trim();
    const section = sections.at(-1);
    if (line.startsWith('m=')) sections.push({ head: value, attributes: [] });
    else if (line.startsWith('c=') && section) section.address = value.split(/\s+/)[2]?.split('/')[0] ?? '';
    else if (line.startsWith('a=') && section) section.attributes.push(split(value));
  }
  const [session, ...media] = sections;
  return { attributes: session?.attributes ?? [], media: media.map((each) => mediaOf(each, session)) };
}

function split(attribute: string): [string, string] {
  const colon = attribute.indexOf(':');
  return colon < 0 ? [attribute, ''] : [attribute.slice(0, colon), attribute.slice(colon + 1).trim()];
}

function mediaOf(section: Section, session: Section | undefined): SdpMedia {
  const [type = '', port = '', protocol = '', ...formats] = section.head.split(/\s+/);
  const address = section.address ?? session?.address;
  return {
    type,
    port: /^\d{1,5}(\/\d+)?$/.test(port) ? Number.parseInt(port, 10) : 0,
    protocol,
    formats,
    ...(address === undefined || address === '' ? {} : { address }),
    attributes: section.attributes,
    direction: directionIn(section) ?? (session && directionIn(session)) ?? 'sendrecv',
  };
}

const directionIn = (section: Section): Direction | undefined =>
  section.attributes.map(([name]) => name).find((name): name is Direction => directions.includes(name));

export const attributeOf = (of: Pick<SdpMedia, 'attributes'>, name: string): string | undefined =>
  of.attributes.find(([own]) => own === name)?.[1];

export interface Codec {
  readonly law: Law;
  readonly payloadType: number;
}

/** The G.711 at 8 kHz that a medium offers, in its own order; 0 and 8 need no `rtpmap` (RFC 3551 6). */
export function g711Of(media: SdpMedia): Codec[] {
  return media.formats.flatMap((format) => {
    const payloadType = Number(format);
    const mapped = media.attributes.find(([name, value]) => name === 'rtpmap' && value.split(/\s+/)[0] === format)?.[1];
    const law = mapped === undefined ? laws.find((each) => payloadTypes[each] === payloadType) : lawNamed(mapped.split(/\s+/)[1] ?? '');
    return law && Number.isInteger(payloadType) && payloadType >= 0 && payloadType < 128 ? [{ law, payloadType }] : [];
  });
}

/** `PCMA/8000` or `PCMA/8000/1`: names have no case, other rates are other codecs. */
function lawNamed(encoding: string): Law | undefined {
  const [name = '', rate, channels = '1'] = encoding.split('/');
  return rate === '8000' && channels === '1' ? laws.find((law) => law === name.toUpperCase()) : undefined;
}

/** What the codecs of a medium are called, for the installer. */
export function namesOf(media: SdpMedia): string {
  const names = media.attributes.filter(([name]) => name === 'rtpmap').map(([, value]) => value.split(/\s+/)[1] ?? '');
  return (names.length > 0 ? names : media.formats).join(', ').slice(0, 100) || 'none';
}

export interface SoundDescription {
  readonly address: string;
  readonly port: number;
  readonly codecs: readonly Codec[];
  readonly direction: Direction;
  /** Grows with each change (RFC 3264 5). */
  readonly session: number;
  readonly version: number;
}

/** A description with one sound, for an offer or an answer. */
export function writeSdp({ address, port, codecs, direction, session, version }: SoundDescription): string {
  const family = address.includes(':') ? 'IP6' : 'IP4';
  return [
    'v=0',
    `o=- ${session} ${version} IN ${family} ${address}`,
    's=page',
    `c=IN ${family} ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${codecs.map((codec) => codec.payloadType).join(' ')}`,
    ...codecs.map((codec) => `a=rtpmap:${codec.payloadType} ${codec.law}/8000`),
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\r\n');
}
