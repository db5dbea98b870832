import { createHash, randomBytes } from 'node:crypto';
import { Trouble, type TroubleCode } from '../../driver.ts';
import { inCalendar } from '../../payload.ts';
import { child, childrenOf, down, escapeXml, readXml, tag, textAt, type Xml, type XmlElement } from '../../xml.ts';

/** SOAP 1.2 as ONVIF uses it: envelopes, WS-UsernameToken, faults. Pure, apart from the nonce. */

export const ns = {
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  wsa: 'http://www.w3.org/2005/08/addressing',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  wsnt: 'http://docs.oasis-open.org/wsn/b-2',
  tds: 'http://www.onvif.org/ver10/device/wsdl',
  tev: 'http://www.onvif.org/ver10/events/wsdl',
  tt: 'http://www.onvif.org/ver10/schema',
} as const;

const passwordDigest = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest';
const base64Binary = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

export interface Signer {
  readonly username: string;
  readonly password: string;
  /** By the camera's clock, milliseconds since 1970: it refuses tokens that look old. */
  readonly created: number;
  /** 16 random bytes when absent. */
  readonly nonce?: Uint8Array;
}

export interface Envelope {
  readonly action: string;
  /** Where it goes, as the camera names it; left out where only the path is known. */
  readonly to?: string;
  readonly body: Xml;
  readonly signer?: Signer;
  /** Reference parameters of a subscription, ready to stand in the header. */
  readonly headers?: readonly Xml[];
}

/** WS-UsernameToken with a digest: Base64(SHA-1(nonce + created + password)) (Username Token Profile 1.0). */
export function securityHeader({ username, password, created, nonce = randomBytes(16) }: Signer): Xml {
  const at = `${new Date(created).toISOString().slice(0, 19)}Z`;
  const digest = createHash('sha1').update(nonce).update(at).update(password, 'utf8').digest('base64');
  return tag(
    'Security',
    { xmlns: ns.wsse, 's:mustUnderstand': '1' },
    tag(
      'UsernameToken',
      {},
      tag('Username', {}, username),
      tag('Password', { Type: passwordDigest }, digest),
      tag('Nonce', { EncodingType: base64Binary }, Buffer.from(nonce).toString('base64')),
      tag('Created', { xmlns: ns.wsu }, at),
    ),
  );
}

export function writeEnvelope({ action, to, body, signer, headers = [] }: Envelope): string {
  const header = tag(
    's:Header',
    {},
    signer && securityHeader(signer),
    tag('a:Action', {}, action),
    to === undefined ? undefined : tag('a:To', {}, to),
    ...headers,
  );
  const envelope = tag('s:Envelope', { 'xmlns:s': ns.soap, 'xmlns:a': ns.wsa }, header, tag('s:Body', {}, body));
  return `<?xml version="1.0" encoding="UTF-8"?>${envelope.xml}`;
}

export const contentType = (action: string): string => `application/soap+xml; charset=utf-8; action="${escapeXml(action)}"`;

/** What a camera says instead of an answer. Local names only; subcodes from the outer to the inner. */
export interface SoapFault {
  readonly code: string;
  readonly subcodes: readonly string[];
  readonly reason: string;
}

const local = (name: string | undefined): string => (name ?? '').slice((name ?? '').lastIndexOf(':') + 1).trim();

function faultIn(body: XmlElement): SoapFault | undefined {
  const fault = child(body, 'Fault');
  if (!fault) return undefined;
  const subcodes: string[] = [];
  for (let at = down(fault, 'Code', 'Subcode'); at && subcodes.length < 8; at = child(at, 'Subcode')) {
    const name = local(textAt(at, 'Value'));
    if (name !== '' && subcodes.at(-1) !== name) subcodes.push(name);
  }
  // WS-BaseNotification names its faults in the detail; SOAP 1.1 has faultcode and faultstring.
  for (const detail of child(fault, 'Detail')?.children ?? []) if (detail.name.endsWith('Fault')) subcodes.push(detail.name);
  const reason = textAt(fault, 'Reason', 'Text') ?? textAt(fault, 'faultstring') ?? '';
  return { code: local(textAt(fault, 'Code', 'Value') ?? textAt(fault, 'faultcode')), subcodes, reason: reason.slice(0, 200) };
}

/** Names of faults and what they come to. Compared without case; makers differ in it. */
const meanings: readonly (readonly [part: string, code: TroubleCode])[] = [
  ['notauthorized', 'refused'],
  ['senderunauthorized', 'refused'],
  ['failedauthentication', 'refused'],
  ['invalidsecurity', 'refused'],
  ['operationprohibited', 'refused'],
  ['passwordtoo', 'refused'],
  ['blockedthreadupperlimit', 'busy'],
  ['upperlimit', 'busy'],
  ['maxpullpoint', 'busy'],
  ['toomany', 'busy'],
  ['outofresources', 'busy'],
  ['resourceexhausted', 'busy'],
  ['subscribecreationfailed', 'busy'],
  ['unabletocreatepullpoint', 'busy'],
  ['actionnotsupported', 'unsupported'],
  ['optionalactionnotimplemented', 'unsupported'],
  ['notimplemented', 'unsupported'],
  ['unknownaction', 'unsupported'],
  ['noeventservice', 'unsupported'],
];

const namesOf = (fault: SoapFault): string[] => [...fault.subcodes, fault.code].map((name) => name.toLowerCase());

function troubleOf(fault: SoapFault): Trouble {
  const names = namesOf(fault);
  const code = meanings.find(([part]) => names.some((name) => name.includes(part)))?.[1] ?? 'garbled';
  const said = [fault.subcodes.join('/') || fault.code, fault.reason].filter(Boolean).join(': ');
  return new Trouble(code, `camera answers a fault: ${said || 'without a name'}`, { cause: fault });
}

const isFault = (cause: unknown): cause is SoapFault =>
  typeof cause === 'object' && cause !== null && 'subcodes' in cause && Array.isArray(cause.subcodes);

/** The fault behind a trouble, where the camera itself spoke. */
export const faultOf = (error: unknown): SoapFault | undefined =>
  error instanceof Trouble && isFault(error.cause) ? error.cause : undefined;

/** The camera does not know the subscription any more, so that asking again is no use (WS-ResourceFramework, makers' own). */
export function isUnknownSubscription(error: unknown): boolean {
  const fault = faultOf(error);
  const parts = ['resourceunknown', 'unknownsubscription', 'nosuchsubscription', 'invalidsubscription', 'subscriptionnotfound'];
  return fault !== undefined && namesOf(fault).some((name) => parts.some((part) => name.includes(part)));
}

const statuses: Readonly<Record<number, TroubleCode>> = {
  401: 'refused',
  403: 'refused',
  404: 'unsupported',
  405: 'unsupported',
  429: 'busy',
  501: 'unsupported',
  503: 'busy',
};

/**
 * The first element in the body of a SOAP answer, whatever its HTTP status: makers send faults with 200, 400 and 500.
 * @throws Trouble for a fault, and for what is no SOAP at all
 */
export function readAnswer(status: number, bytes: Uint8Array): XmlElement {
  const read = readXml(bytes);
  const body = 'root' in read && read.root.name === 'Envelope' ? child(read.root, 'Body') : undefined;
  if (!body) throw notSoap(status, 'fault' in read ? read.fault : `document is <${read.root.name.slice(0, 30)}>`);
  const fault = faultIn(body);
  if (fault) throw troubleOf(fault);
  const first = body.children[0];
  if (status >= 300 || !first) throw notSoap(status, 'envelope is empty');
  return first;
}

function notSoap(status: number, why: string): Trouble {
  const code = statuses[status] ?? 'garbled';
  return new Trouble(code, `camera answers HTTP ${status} and no SOAP (${why})`);
}

/** Path and query of an address that a camera gave. Its host is never used. @throws Trouble garbled */
export function pathOf(address: string | undefined): string {
  const url = address === undefined ? null : URL.parse(address.trim(), 'http://camera.invalid');
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Trouble('garbled', 'camera gives no usable service address');
  return `${url.pathname}${url.search}`;
}

/** A duration as `PT60S`. */
export const lasting = (seconds: number): string => `PT${Math.max(1, Math.round(seconds))}S`;

/**
 * An instant of XML Schema in milliseconds, or undefined. One without a zone is UTC; a time that does not exist (the 61st
 * minute, MM-DD-YYYY: both seen) is none.
 */
export function readInstant(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed.length > 40 || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(trimmed)) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(trimmed) ? trimmed : `${trimmed}Z`;
  const at = Date.parse(zoned);
  return inCalendar(at) ? at : undefined;
}

/** `UTCDateTime` of GetSystemDateAndTime, else its local time taken as UTC. */
export function readSystemTime(answer: XmlElement): number | undefined {
  const all = down(answer, 'SystemDateAndTime');
  const read = (name: string): number | undefined => {
    const [date, time] = [down(all, name, 'Date'), down(all, name, 'Time')];
    const part = (of: XmlElement | undefined, key: string): number => Number(textAt(of, key) ?? Number.NaN);
    const at = Date.UTC(
      part(date, 'Year'),
      part(date, 'Month') - 1,
      part(date, 'Day'),
      part(time, 'Hour'),
      part(time, 'Minute'),
      part(time, 'Second'),
    );
    return Number.isFinite(at) ? at : undefined;
  };
  return read('UTCDateTime') ?? read('LocalDateTime');
}

/** Services by namespace, as paths, with the attributes of their capabilities (GetServices with IncludeCapability). */
export interface Service {
  readonly path: string;
  readonly abilities: Readonly<Record<string, string>>;
}

export function readServices(answer: XmlElement): ReadonlyMap<string, Service> {
  return new Map(
    childrenOf(answer, 'Service').flatMap((service) => {
      const namespace = textAt(service, 'Namespace');
      const address = textAt(service, 'XAddr');
      if (namespace === undefined || address === undefined) return [];
      return [[namespace, { path: pathOf(address), abilities: down(service, 'Capabilities', 'Capabilities')?.attributes ?? {} }] as const];
    }),
  );
}

/** The same from GetCapabilities, which cameras from before 2012 have instead. Only the services that events need. */
export function readCapabilities(answer: XmlElement): ReadonlyMap<string, Service> {
  const address = textAt(answer, 'Capabilities', 'Events', 'XAddr');
  return new Map(address === undefined ? [] : [[ns.tev, { path: pathOf(address), abilities: {} }]]);
}
