import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Trouble } from '../driver.ts';

/** UDP for loudspeakers: sockets that end with their session and whose errors are told, never thrown into the process. */

export interface Datagram {
  readonly bytes: Uint8Array;
  readonly address: string;
  readonly port: number;
}

export interface UdpSocket {
  readonly address: string;
  readonly port: number;
  /** Fire and forget, as UDP is; what the kernel has to say of it goes to `failed`. */
  readonly send: (bytes: Uint8Array, port: number, address: string) => void;
  readonly close: () => void;
}

export interface UdpOptions {
  /** Local address; also chooses between IPv4 and IPv6. */
  readonly address: string;
  readonly port?: number;
  readonly hear?: (datagram: Datagram) => void;
  readonly failed: (trouble: Trouble) => void;
  /** The only one it sends to and hears: then a closed port is told as well (ICMP). */
  readonly peer?: { readonly address: string; readonly port: number };
  /** Before anything is sent, for example for multicast. */
  readonly prepare?: (socket: Socket) => void;
}

/** @throws Trouble misconfigured when the local address cannot be used */
export async function openUdp({ address, port = 0, hear, failed, peer, prepare }: UdpOptions): Promise<UdpSocket> {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  let open = true;
  const fail = (error: Error | null): void => {
    if (error && open) failed(udpTrouble(error));
  };
  try {
    await bind(socket, address, port);
    prepare?.(socket);
    if (peer) await connect(socket, peer.address, peer.port);
  } catch (error) {
    socket.close();
    throw new Trouble('misconfigured', `local address cannot be used (${codeOf(error)})`, { cause: error });
  }
  socket.on('error', fail);
  if (hear) socket.on('message', (bytes, from) => hear({ bytes, address: from.address, port: from.port }));
  return {
    ...socket.address(),
    send: (bytes, toPort, toAddress) => {
      if (!open) return;
      if (peer) socket.send(bytes, fail);
      else socket.send(bytes, toPort, toAddress, fail);
    },
    close: () => {
      if (!open) return;
      open = false;
      socket.close();
    },
  };
}

export interface UdpPair {
  /** Even port. */
  readonly rtp: UdpSocket;
  /** The next one (RFC 3550 11); nothing is sent from here, and what comes is not read. */
  readonly rtcp: UdpSocket;
  readonly close: () => void;
}

const pairAttempts = 20;

/** @throws Trouble misconfigured where no two neighbouring ports are to be had */
export async function openUdpPair(options: Pick<UdpOptions, 'address' | 'failed' | 'hear'>): Promise<UdpPair> {
  const { address, failed } = options;
  for (let attempt = 1; attempt <= pairAttempts; attempt += 1) {
    const rtp = await openUdp(options);
    const rtcp = rtp.port % 2 === 0 ? await unlessTaken(openUdp({ address, failed, port: rtp.port + 1 }), rtp) : undefined;
    if (rtcp) return { rtp, rtcp, close: () => void [rtp, rtcp].map((socket) => socket.close()) };
    rtp.close();
  }
  throw new Trouble('misconfigured', 'no two neighbouring UDP ports are free');
}

/** Undefined where somebody else has the port. @throws Trouble what else is in the way; the socket before it is closed then */
async function unlessTaken(opening: Promise<UdpSocket>, before: UdpSocket): Promise<UdpSocket | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof Trouble && codeOf(error.cause) === 'EADDRINUSE') return undefined;
    before.close();
    throw error;
  }
}

function bind(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function connect(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

function udpTrouble(error: Error): Trouble {
  const code = codeOf(error);
  const why = code === 'ECONNREFUSED' ? 'nothing listens on this port' : `packets do not leave (${code})`;
  return new Trouble('unreachable', why, { cause: error });
}

/** The one address that a talk goes to, whatever the device says of other ones. @throws Trouble unreachable */
export async function addressOf(host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw new Trouble('unreachable', 'host name cannot be looked up', { cause: error });
  }
}

/** Our own address on the way to a device, as the routing table has it: nothing is sent. @throws Trouble unreachable */
export async function localAddressTowards(address: string, port: number): Promise<string> {
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  try {
    await connect(socket, address, port);
    return socket.address().address;
  } catch (error) {
    throw new Trouble('unreachable', 'no route to the device', { cause: error });
  } finally {
    socket.close();
  }
}
