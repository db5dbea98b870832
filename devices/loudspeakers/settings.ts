import { isIP } from 'node:net';
import { z } from 'zod';
import type { Door } from '../web-door.ts';
import { laws } from './g711.ts';

/** Settings that several kinds of loudspeaker have; the same words in every form. */

/** A host name of RFC 1123 or an address: it goes into requests and headers, so nothing else may stand in it. */
export const host = z
  .string()
  .max(253)
  .refine((text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text), 'must be a host name or an IP address')
  .meta({ title: 'Host name or address', way: true });

export const port = (standard: number) => z.int().min(1).max(65535).default(standard).meta({ title: 'Port', way: true });

export const localAddress = z
  .string()
  .refine((text) => isIP(text) !== 0, 'must be an IP address')
  .optional()
  .meta({
    title: 'Own address to send from',
    description: 'Where this machine has several networks; otherwise the one that routes to the device.',
    way: true,
  });

export const codec = z
  .enum(laws)
  .default('PCMA')
  .meta({ title: 'Codec', description: 'G.711: PCMA is A-law, usual in China and Europe; PCMU is µ-law.' });

const printable = (text: string): boolean => [...text].every((char) => char >= ' ' && char !== '\x7f');

export const username = z
  .string()
  .min(1)
  .max(200)
  .refine(printable, 'must not contain control characters')
  .optional()
  .meta({ title: 'User name' });
export const password = z
  .string()
  .max(200)
  .refine(printable, 'must not contain control characters')
  .optional()
  .meta({ title: 'Password', secret: true });

/** `http://host:port` or `https://host:port` and nothing behind it. */
const base = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .refine((text) => {
    const url = URL.parse(text);
    return url?.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  }, 'must be http:// or https://, host and port only, without user name and password')
  .meta({ title: 'Address of the device (http:// or https://)', way: true });

export const fingerprint = z
  .string()
  .regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, 'must be 64 hexadecimal digits')
  .optional()
  .meta({ title: 'SHA-256 fingerprint of its certificate', description: 'For https:// with a certificate of its own making.', way: true });

export const allowBasic = z
  .boolean()
  .default(false)
  .meta({ title: 'May send the password readable if the device knows nothing else', way: true });

/** Of every loudspeaker that is reached by HTTP. */
export const webSettings = { base, username, password, fingerprint, allowBasic };

interface WebSettings {
  readonly base: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly allowBasic: boolean;
}

export const doorOf = (settings: WebSettings): Door => ({
  base: settings.base,
  allowBasic: settings.allowBasic,
  ...(settings.username === undefined ? {} : { username: settings.username }),
  ...(settings.password === undefined ? {} : { password: settings.password }),
  ...(settings.fingerprint === undefined ? {} : { fingerprint: settings.fingerprint }),
});
