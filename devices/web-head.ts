import type { IncomingHttpHeaders } from 'node:http';
import type { Verdict } from './web-admit.ts';

/** The head of an HTTP/1 answer, read by ourselves where the connection afterwards carries something that is not HTTP. Pure. */

/** Bytes; Node's own limit for a head. */
export const largestHead = 16 * 1024;

/** Where the body begins, or undefined while the empty line has not come. Bare line feeds count: firmware writes them. */
export function endOfHead(bytes: Uint8Array): number | undefined {
  let lineBegin = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== 0x0a) continue;
    const length = at - lineBegin - (bytes[at - 1] === 0x0d && at > lineBegin ? 1 : 0);
    if (length === 0) return at + 1;
    lineBegin = at + 1;
  }
  return undefined;
}

/** Undefined when the first line is not that of an HTTP answer; a header line that cannot be read is left out. */
export function parseHead(bytes: Uint8Array): Verdict | undefined {
  const [first = '', ...lines] = Buffer.from(bytes).toString('latin1').split(/\r?\n/);
  const status = /^HTTP\/1\.[01] ([1-9]\d\d)(?: |$)/.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers: IncomingHttpHeaders = Object.create(null);
  const challenges: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] ??= value;
    if (name === 'www-authenticate') challenges.push(value);
  }
  return { status: Number(status), headers, challenges };
}
