import { BlockList, isIP, type Server, type Socket } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';
import type { Log } from '../ports.ts';

/** Whom the bounds of the doors take for one client. */

/** An IPv4 address, or the /64 of an IPv6 one: a single customer is given that many. */
export const clientOf = ({ ip }: { readonly ip: string }): string => normalizeIP(ip);

export type Trusts = (address: string) => boolean;

/** @param list addresses and networks (CIDR) with commas between them, as the settings have them */
export function trustedProxies(list: string | undefined): Trusts {
  const known = new BlockList();
  for (const proxy of list?.split(',') ?? []) {
    const [address = '', length] = proxy.trim().split('/');
    known.addSubnet(address, length === undefined ? bits(address) : Number(length), family(address));
  }
  return (address) => isIP(address) !== 0 && known.check(address, family(address));
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const bits = (address: string): number => (isIP(address) === 6 ? 128 : 32);

/** A quarter of what a door holds, and more than the browsers and phones of a station open together behind one address. */
export const mostSocketsOfOne = 500;

/** Hangs up on a client that holds so many connections already. A proxy that we trust speaks for many. */
export function boundSockets(server: Server, trusts: Trusts, log: Log): void {
  const held = new Map<string, Set<Socket>>();
  const told = new Set<string>();
  server.on('connection', (socket: Socket) => {
    const { remoteAddress: ip } = socket;
    if (ip === undefined || trusts(ip)) return;
    const client = clientOf({ ip });
    const sockets = held.get(client) ?? new Set();
    if (sockets.size >= mostSocketsOfOne) {
      if (!told.has(client)) log.warn({ client, sockets: sockets.size }, 'a client holds as many connections as one may; more are refused');
      told.add(client);
      return void socket.destroy();
    }
    held.set(client, sockets.add(socket));
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size > 0) return;
      held.delete(client);
      told.delete(client);
    });
  });
}
