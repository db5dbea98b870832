import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import nodeOnvif from 'node-onvif';
import { type Found, type Search, Trouble } from '../../driver.ts';
import { type After, realAfter } from '../../web.ts';
import { type Match, readMatches } from './probe-match.ts';

/**
 * WS-Discovery on every interface at once. node-onvif says the probes: three types, each three times, as eight years of
 * cameras have answered. It sends them with what it is given, so the sockets are ours: one for each address of ours, where
 * it knows none but the system's choice, IPv4 alone, and fails past catching when its socket closes under it.
 */

const group = { IPv4: '239.255.255.250', IPv6: 'ff02::c' } as const;
const discoveryPort = 3702;
/** A county's cameras on one wire; more is somebody who answers without end. */
const mostFound = 4096;

export interface OwnAddress {
  /** Of the interface. */
  readonly name: string;
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
}

export interface Network {
  readonly addresses: () => readonly OwnAddress[];
  /** Where probes go instead of the multicast group. */
  readonly target?: { readonly host: string; readonly port: number };
  readonly after?: After;
}

/** Link-local for IPv6, which every interface has one of; loopback only when it is asked for by name. */
const systemNetwork: Network = {
  addresses: () =>
    Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
      addresses
        .filter(({ family, address }) => family === 'IPv4' || address.startsWith('fe80:'))
        .map(({ family, address }) => ({ name, address, family })),
    ),
};

const isLoopback = ({ address }: OwnAddress): boolean => address.startsWith('127.');

/**
 * Tells of each device when it is first heard and when it adds an address; resolves with all when the time is over or the
 * signal aborts.
 * @throws Trouble misconfigured when no interface fits, unreachable when no probe could leave
 */
export async function discoverCameras(search: Search, network: Network = systemNetwork): Promise<readonly Found[]> {
  const own = network
    .addresses()
    .filter((each) => (search.interfaces === undefined ? !isLoopback(each) : search.interfaces.includes(each.name)));
  if (own.length === 0) throw new Trouble('misconfigured', 'no network interface that fits is up');
  const found = new Map<string, Found>();
  const hear = (via: string) => (datagram: Uint8Array) => {
    for (const match of readMatches(datagram)) note(found, match, via, search.found);
  };
  const probing = await Promise.all(own.map((address) => openProbe(address, network, hear(address.name))));
  const probes = probing.filter((each) => 'close' in each);
  try {
    if (probes.length === 0)
      throw new Trouble('unreachable', `no probe can leave: ${probing.map((each) => ('fault' in each ? each.fault : '')).join('; ')}`);
    for (const probe of probes) probe.speak();
    await over(search, network.after ?? realAfter);
    return [...found.values()];
  } finally {
    for (const probe of probes) probe.close();
  }
}

function over({ milliseconds, signal }: Search, after: After): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = after(milliseconds, resolve);
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(stop);
}

/** One device answers on several interfaces, to each probe, and with one address at a time: it stays one. */
function note(found: Map<string, Found>, match: Match, via: string, tell: Search['found']): void {
  const known = found.get(match.urn);
  if (!known && found.size >= mostFound) return;
  const addresses = [...new Set([...(known?.addresses ?? []), ...match.addresses])];
  if (known && addresses.length === known.addresses.length) return;
  const device: Found = { ...match, ...known, addresses, via: known?.via ?? via };
  found.set(match.urn, device);
  tell(device);
}

type Probe = { readonly speak: () => void; readonly close: () => void };

/** An interface without a route or a right of ours is no reason not to ask on the others. */
async function openProbe(
  own: OwnAddress,
  network: Network,
  hear: (datagram: Uint8Array) => void,
): Promise<Probe | { readonly fault: string }> {
  const socket = createSocket(own.family === 'IPv4' ? 'udp4' : 'udp6');
  const zone = own.family === 'IPv6' ? `%${own.name}` : '';
  try {
    await bound(socket, own.address + zone);
    // Without it the system sends every probe by the way of its default route.
    if (!network.target) socket.setMulticastInterface(own.family === 'IPv4' ? own.address : `::${zone}`);
  } catch (error) {
    socket.close();
    return { fault: `${own.name}: ${error instanceof Error ? error.message : String(error)}` };
  }
  // A datagram that does not leave is one that nobody answers.
  socket.on('message', hear).on('error', () => undefined);
  const to = network.target ?? { host: group[own.family] + zone, port: discoveryPort };
  let open = true;
  return {
    speak: () =>
      voice((bytes, sent) => {
        // Never answered once we are done: the library then stops where it is.
        if (open) socket.send(bytes, to.port, to.host, () => open && sent());
      }),
    close: () => {
      open = false;
      socket.close();
    },
  };
}

function bound(socket: Socket, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('error', reject);
  socket.bind({ address, port: 0 }, () => {
    socket.off('error', reject);
    resolve();
  });
  return promise;
}

/** The library keeps what it sends with in the object: one object for each of our sockets. */
function voice(send: (bytes: Uint8Array, sent: () => void) => void): void {
  const prober = Object.create(nodeOnvif) as typeof nodeOnvif;
  prober._udp = { send: (bytes, _offset, _length, _port, _address, sent) => send(bytes, () => sent(null)) };
  // It resolves after the ninth probe, and never where we stopped it before. It can fail only as a datagram can: an interface
  // on which none leaves is one on which nobody answers.
  prober._sendProbe().catch(() => undefined);
}
