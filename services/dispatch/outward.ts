import { lookup as systemLookup } from 'node:dns/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { addressRule } from './addresses.ts';

/** A POST to an address that somebody typed in. */
export interface OutwardPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for everything: name look-up, connection, answer. */
  readonly deadline: number;
}

/** What is known after the call: the other side answered, we refused to call it, or nothing came back in time. */
export type OutwardAnswer =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string };

export type Lookup = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export interface OutwardSettings {
  readonly allowNetworks: readonly string[];
  readonly lookup?: Lookup;
}

export interface Outward {
  post(request: OutwardPost): Promise<OutwardAnswer>;
  /** Why a URL could never be called, as far as its text tells; undefined when it may be. */
  examine(url: string): string | undefined;
}

/** An answer is read as far as this; what a webhook answers is for the log only. */
const mostAnswer = 64 * 1024;

/** Many police networks announce IPv6 and do not route it. */
const ipv4First: Lookup = (host) => systemLookup(host, { all: true, order: 'ipv4first' });

/**
 * Makes the one way out to addresses that people typed in. A name is resolved once, the address is checked, and that
 * very address is connected to, so that a name that changes between check and call gains nothing. Redirects are
 * answers like any other and are not followed.
 */
export function outwardRequest({ allowNetworks, lookup = ipv4First }: OutwardSettings): Outward {
  const rule = addressRule(allowNetworks);

  async function addressOf(host: string): Promise<{ address: string } | { refusal: string }> {
    const found = isIP(host) ? [{ address: host }] : await lookup(host);
    const refusals: string[] = [];
    for (const { address } of found) {
      const refusal = rule.refuses(address);
      if (refusal === undefined) return { address };
      refusals.push(refusal);
    }
    return { refusal: refusals.join('; ') || `${host} has no address` };
  }

  async function post(request: OutwardPost): Promise<OutwardAnswer> {
    const read = readUrl(request.url);
    if ('refusal' in read) return { outcome: 'refused', reason: read.refusal };
    const signal = AbortSignal.timeout(request.deadline);
    try {
      const target = await before(signal, addressOf(hostOf(read.url)));
      if ('refusal' in target) return { outcome: 'refused', reason: target.refusal };
      return await send(read.url, target.address, request, signal);
    } catch (error) {
      return { outcome: 'failed', reason: signal.aborted ? `no answer within ${request.deadline} ms` : reasonOf(error) };
    }
  }

  function examine(text: string): string | undefined {
    const read = readUrl(text);
    if ('refusal' in read) return read.refusal;
    const host = hostOf(read.url);
    if (isIP(host)) return rule.refuses(host);
    return /(^|\.)localhost\.?$/i.test(host) ? rule.refuses('127.0.0.1') : undefined;
  }

  return { post, examine };
}

/** The URL parser (WHATWG) also turns 2130706433, 0x7f.1 and 017700000001 into the address that they are. */
function readUrl(text: string): { url: URL } | { refusal: string } {
  const url = URL.parse(text);
  if (!url) return { refusal: 'not a URL' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { refusal: 'only http and https are called' };
  if (url.username !== '' || url.password !== '') return { refusal: 'a URL may not carry a user name or password' };
  return { url };
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('too late')), { once: true });
    work.then(resolve, reject);
  });
}

function send(url: URL, address: string, request: OutwardPost, signal: AbortSignal): Promise<OutwardAnswer> {
  return new Promise((resolve, reject) => {
    const host = hostOf(url);
    const call = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
      method: 'POST',
      host: address,
      port: url.port || (url.protocol === 'https:' ? 443 : 80),
      path: url.pathname + url.search,
      headers: { ...request.headers, host: url.host, 'content-length': Buffer.byteLength(request.body) },
      // The certificate is checked against the name that was typed, not against the address it resolved to.
      ...(isIP(host) ? {} : { servername: host }),
      agent: false,
      signal,
    });
    call.on('error', reject);
    call.on('response', (response) => collect(call, response, resolve, reject));
    call.end(request.body);
  });
}

function collect(
  call: ClientRequest,
  response: IncomingMessage,
  resolve: (answer: OutwardAnswer) => void,
  reject: (error: unknown) => void,
): void {
  const parts: Buffer[] = [];
  let length = 0;
  const finish = () =>
    resolve({ outcome: 'answered', status: response.statusCode ?? 0, body: Buffer.concat(parts).subarray(0, mostAnswer).toString('utf8') });
  response.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length < mostAnswer) return;
    finish();
    call.destroy();
  });
  response.on('end', finish);
  response.on('error', reject);
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? `${error.code}: ${error.message}` : error.message;
};
