import { BlockList, isIP } from 'node:net';
import { Trouble } from '../driver.ts';

/**
 * The address of a stream, as a camera told it or a person typed it, is somebody else's text: it is taken apart, each
 * part is checked, and only what is put together again from the parts is used. Pure.
 */

export interface RtspPlace {
  readonly tls: boolean;
  /** In lower case, IPv6 without brackets and in its shortest form. */
  readonly host: string;
  readonly port: number;
  /** From the first slash on, with the query; only characters that RFC 3986 allows. */
  readonly path: string;
  /** Put together from the above. */
  readonly url: string;
}

export interface Within {
  /** The host that the installer configured for this camera. */
  readonly host: string;
  readonly networks?: Networks;
}

/** Networks in which cameras may stand besides at their configured host. */
export interface Networks {
  has(address: string): boolean;
}

const longest = 1024;

/**
 * `rtsp` and `rtsps` only, no user or password in it, a host that the installer allowed.
 * @throws Trouble misconfigured, in words that hold nothing of the address but its host
 */
export function checkAddress(text: string, within: Within): RtspPlace {
  const refuse = (why: string): never => {
    throw new Trouble('misconfigured', `address of the stream: ${why}`);
  };
  if (text.length > longest) refuse(`longer than ${longest} characters`);
  const parts = /^(rtsps?):\/\/([^/?#]*)([/?]?.*)$/is.exec(text);
  if (!parts) return refuse('not rtsp:// or rtsps://');
  const [, scheme = '', authority = '', rest = ''] = parts;
  if (authority.includes('@')) refuse('user and password do not belong in it');
  const { host, port } = splitAuthority(authority) ?? refuse('its host or port cannot be read');
  const configured = readHost(within.host) ?? refuse('the configured host cannot be read');
  if (host !== configured && !(isIP(host) !== 0 && within.networks?.has(host))) refuse(`names the host ${host} instead of ${configured}`);
  if (isIP(host) !== 0 && !isTarget(host)) refuse(`${host} is no address of a camera`);
  const tls = scheme.toLowerCase() === 'rtsps';
  const usual = tls ? 322 : 554;
  const path = readPath(rest) ?? refuse('its path holds characters that do not belong there');
  const named = isIP(host) === 6 ? `[${host}]` : host;
  return {
    tls,
    host,
    port: port ?? usual,
    path,
    url: `rtsp${tls ? 's' : ''}://${named}${port === undefined || port === usual ? '' : `:${port}`}${path}`,
  };
}

function splitAuthority(authority: string): { host: string; port?: number } | undefined {
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority);
  const host = readHost(parts?.[1] ?? '');
  if (!parts || host === undefined) return undefined;
  if (parts[2] === undefined) return { host };
  const port = Number(parts[2]);
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** A host name, an IPv4 address in four decimal numbers, or an IPv6 address with or without brackets. */
export function readHost(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/s, '$1').toLowerCase();
  if (isIP(bare) === 4) return text === bare ? bare : undefined;
  // A zone (`%eth0`) names an interface of ours, which is for the installer's network settings and not for an address.
  if (isIP(bare) === 6) return bare.includes('%') ? undefined : new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const name = text.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  if (name.length > 253 || !labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label))) return undefined;
  // `2130706433`, `127.1` and `0x7f.1` are addresses to some resolvers and names to others: neither here.
  return /^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? undefined : name;
}

/** Everything that is no plain character of a path or query is percent-encoded; control characters and fragments are refused. */
function readPath(rest: string): string | undefined {
  if (/[\u0000-\u0020\u007f#\\"<>^`{|}]/.test(rest)) return undefined;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return path.isWellFormed() ? path.replaceAll(/[^\u0021-\u007e]+/g, (chars) => encodeURIComponent(chars)) : undefined;
}

const never = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  // Where clouds keep the credentials of the machine.
  ['169.254.169.254', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  never.addSubnet(network, bits, 'ipv4');
}
never.addAddress('::', 'ipv6');
never.addAddress('fd00:ec2::254', 'ipv6');
never.addSubnet('ff00::', 8, 'ipv6');

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether a camera can stand at this resolved address at all: nothing unspecified, multicast, reserved, or a cloud's own. */
export const isTarget = (address: string): boolean => isIP(address) !== 0 && !never.check(address, family(address));

/** @throws Trouble misconfigured */
export function readNetworks(texts: readonly string[]): Networks {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits = ''] = text.split('/');
    const most = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most)
      throw new Trouble('misconfigured', `${text} is not a network such as 10.1.0.0/16`);
    list.addSubnet(address, Number(bits), family(address));
  }
  return { has: (address) => isIP(address) !== 0 && list.check(address, family(address)) };
}
