/** SIP messages on the wire, RFC 3261 7. Pure; never throws. */

/** The name in lower case and in its long form. */
export type Header = readonly [name: string, value: string];

interface Common {
  readonly headers: readonly Header[];
  readonly body: string;
}

export interface SipRequest extends Common {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
}

export interface SipResponse extends Common {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

/** RFC 3261 20, the one-letter names. */
const compact: Readonly<Record<string, string>> = {
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  s: 'subject',
  t: 'to',
  v: 'via',
};

/** Fields whose values may stand in one line, parted by commas. */
const lists: ReadonlySet<string> = new Set(['via', 'contact', 'route', 'record-route', 'require', 'supported', 'allow']);

const mostHeaders = 200;

/** undefined where it is no SIP message, for example a keep-alive of two line ends. */
export function readSip(bytes: Uint8Array): SipMessage | undefined {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^[\r\n]+/, '');
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  // A line that begins with a blank goes on from the one before (7.3.1).
  const [first = '', ...lines] = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/, mostHeaders);
  const headers = lines.flatMap(readHeader);
  const length = Number(headers.find(([name]) => name === 'content-length')?.[1] ?? Number.NaN);
  const rest = end ? text.slice(end.index + end[0].length) : '';
  const body = Number.isInteger(length) && length >= 0 ? Buffer.from(rest).subarray(0, length).toString('utf8') : rest;
  const response = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/.exec(first);
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2] ?? '', headers, body };
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first);
  return request ? { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers, body } : undefined;
}

function readHeader(line: string): Header[] {
  const colon = line.indexOf(':');
  if (colon < 1) return [];
  const written = line.slice(0, colon).trim().toLowerCase();
  const name = compact[written] ?? written;
  const value = line.slice(colon + 1).trim();
  return lists.has(name) ? splitList(value).map((each): Header => [name, each]) : [[name, value]];
}

/** At commas that stand neither in quotes nor in angle brackets. */
function splitList(value: string): string[] {
  const parts: string[] = [];
  let [from, quoted, inside] = [0, false, false];
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === '<') inside = true;
    else if (!quoted && char === '>') inside = false;
    else if (char === ',' && !quoted && !inside) {
      parts.push(value.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, value.slice(from).trim()];
}

const spelling: Readonly<Record<string, string>> = { 'call-id': 'Call-ID', cseq: 'CSeq', 'www-authenticate': 'WWW-Authenticate' };

const spell = (name: string): string => spelling[name] ?? name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Line ends in a value would start another header: they become blanks. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]+/g, ' ');

export function writeSip(message: SipMessage): Uint8Array {
  const first = message.kind === 'request' ? `${message.method} ${message.uri} SIP/2.0` : `SIP/2.0 ${message.status} ${message.reason}`;
  const headers = message.headers.filter(([name]) => name !== 'content-length');
  const lines = [...headers, ['content-length', String(Buffer.byteLength(message.body))] as const];
  return Buffer.from([oneLine(first), ...lines.map(([name, value]) => `${spell(name)}: ${oneLine(value)}`), '', message.body].join('\r\n'));
}

export const headersOf = (message: Common, name: string): string[] =>
  message.headers.filter(([own]) => own === name).map(([, value]) => value);

export const headerOf = (message: Common, name: string): string => message.headers.find(([own]) => own === name)?.[1] ?? '';

/** The address in a From, To, Contact or Route (20.10): between the brackets, else up to the first parameter. */
export const uriOf = (value: string): string => /<([^>]*)>/.exec(value)?.[1] ?? value.split(';')[0]?.trim() ?? '';

/** A parameter of the field, not of the address in it. */
export function paramOf(value: string, name: string): string | undefined {
  const params = value
    .slice(value.lastIndexOf('>') + 1)
    .split(';')
    .slice(1);
  const found = params.map((param) => param.trim()).find((param) => param.split('=')[0]?.trim().toLowerCase() === name);
  return found === undefined ? undefined : found.slice(found.indexOf('=') + 1).trim();
}

/** Host and port of `sip:user@host:port;params`; undefined where it is none. */
export function placeOf(uri: string): { readonly host: string; readonly port: number } | undefined {
  const found = /^sips?:(?:[^@]*@)?(\[[0-9a-f:.]+\]|[^:;?>]+)(?::(\d{1,5}))?/i.exec(uri);
  return found?.[1] === undefined ? undefined : { host: found[1].replace(/^\[(.*)\]$/, '$1'), port: Number(found[2] ?? 5060) };
}

/** IPv6 stands in brackets in addresses. */
export const writeHost = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** What matches answers to requests (17.1.3): branch of the topmost Via, and the method. */
export function keyOf(message: SipMessage): string {
  const method = headerOf(message, 'cseq').split(/\s+/)[1] ?? '';
  return `${paramOf(headerOf(message, 'via'), 'branch') ?? ''} ${method}`;
}

export const callIdOf = (message: SipMessage): string => headerOf(message, 'call-id');
