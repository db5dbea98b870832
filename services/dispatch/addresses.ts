import { BlockList, isIP } from 'node:net';
import { Fault } from '../errors.ts';

/**
 * Which addresses the product may call on somebody's word. Closed by default: only global unicast addresses (IANA
 * special-purpose registries for IPv4 and IPv6), and the private networks that the settings allow.
 */

const closedV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure's WireServer answers credentials on a public address.
  '168.63.129.16/32',
];
/** IPv6 outside 2000::/3 is closed as a whole; these are the parts of it that are not plain global unicast. */
const closedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

export interface AddressRule {
  /** Why the address may not be called; undefined when it may. */
  refuses(address: string): string | undefined;
}

/**
 * @param allowNetworks CIDRs that may be called although they are private
 * @throws Fault `body-invalid` naming each one that is no CIDR
 */
export function addressRule(allowNetworks: readonly string[]): AddressRule {
  const faults = allowNetworks
    .filter((network) => !parseNetwork(network))
    .map((network) => ({ path: 'webhooks.allowNetworks', message: `${network} is no CIDR` }));
  if (faults.length > 0) throw new Fault('body-invalid', 'Networks are written as 10.1.0.0/16 or fd00::/8', faults);
  const allowed = listOf(allowNetworks);
  const closed = listOf([...closedV4, ...closedV6]);
  const global = listOf(['2000::/3']);
  return {
    refuses(address) {
      const plain = unmapped(address);
      const version = isIP(plain);
      if (version === 0) return `${address} is no address`;
      const family = version === 4 ? 'ipv4' : 'ipv6';
      if (allowed.check(plain, family)) return undefined;
      if (closed.check(plain, family)) return notPublic(plain);
      return family === 'ipv6' && !global.check(plain, family) ? notPublic(plain) : undefined;
    },
  };
}

/** ::ffff:a.b.c.d is the IPv4 address it carries, however it is written; the URL parser gives every IPv6 address one form. */
function unmapped(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(URL.parse(`http://[${plain}]`)?.hostname ?? '') ?? [];
  if (high === undefined || low === undefined) return plain;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return `${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const parsed = parseNetwork(network);
    if (parsed) list.addSubnet(parsed.address, parsed.prefix, parsed.family);
  }
  return list;
}

function parseNetwork(network: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [, address, digits] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(network) ?? [];
  if (address === undefined || digits === undefined) return undefined;
  const version = isIP(address);
  const prefix = Number(digits);
  if (version === 0 || prefix > (version === 4 ? 32 : 128)) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

const notPublic = (address: string): string =>
  `${address} is not a public address; webhooks.allowNetworks in the settings opens private networks`;
