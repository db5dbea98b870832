import { randomUUID } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { down, readXml, tag, textAt, type Xml } from '../../xml.ts';
import type { Announcement } from './simulator.ts';

/** Answers WS-Discovery probes for simulated cameras, as each of them would on its own. */

export interface ResponderOptions {
  readonly announcements: () => readonly Announcement[];
  /** 3702 where real clients are to find them; a free one by default. */
  readonly port?: number;
  /** Joins 239.255.255.250 on this interface of ours (its IPv4 address). */
  readonly multicast?: string;
  /** How many ProbeMatch elements stand in one answer. Default 1. */
  readonly together?: number;
  /** Answers with this instead. */
  readonly instead?: string;
}

export interface Responder {
  readonly port: number;
  /** Types that were asked for, one entry a probe. */
  readonly probes: readonly string[];
  close(): Promise<void>;
}

const group = '239.255.255.250';
const discovery = 'http://schemas.xmlsoap.org/ws/2005/04/discovery';
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';

export async function openResponder(options: ResponderOptions): Promise<Responder> {
  const socket = createSocket({ type: 'udp4', reuseAddr: options.port !== undefined });
  const probes: string[] = [];
  const hear = (message: Buffer, from: RemoteInfo): void => {
    const read = readXml(message);
    const probe = 'root' in read ? down(read.root, 'Body', 'Probe') : undefined;
    if (!probe || !('root' in read)) return;
    probes.push(textAt(probe, 'Types') ?? '');
    const asked = textAt(read.root, 'Header', 'MessageID') ?? '';
    for (const answer of answers(options, asked)) socket.send(answer, from.port, from.address);
  };
  socket.on('message', hear);
  const bound = Promise.withResolvers<void>();
  socket.once('error', bound.reject);
  socket.bind(options.port ?? 0, options.multicast === undefined ? '127.0.0.1' : undefined, bound.resolve);
  await bound.promise;
  if (options.multicast !== undefined) socket.addMembership(group, options.multicast);
  return {
    port: socket.address().port,
    probes,
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}

function answers({ announcements, together = 1, instead }: ResponderOptions, asked: string): string[] {
  if (instead !== undefined) return [instead];
  const all = announcements();
  return Array.from({ length: Math.ceil(all.length / together) }, (_none, at) =>
    write(all.slice(at * together, (at + 1) * together), asked),
  );
}

function write(announcements: readonly Announcement[], asked: string): string {
  const header = tag(
    's:Header',
    {},
    tag('a:MessageID', {}, `urn:uuid:${randomUUID()}`),
    tag('a:RelatesTo', {}, asked),
    tag('a:Action', {}, `${discovery}/ProbeMatches`),
  );
  const names = {
    'xmlns:s': 'http://www.w3.org/2003/05/soap-envelope',
    'xmlns:a': addressing,
    'xmlns:d': discovery,
    'xmlns:dn': 'http://www.onvif.org/ver10/network/wsdl',
    'xmlns:tds': 'http://www.onvif.org/ver10/device/wsdl',
  };
  const body = tag('s:Body', {}, tag('d:ProbeMatches', {}, ...announcements.map(match)));
  return `<?xml version="1.0" encoding="UTF-8"?>${tag('s:Envelope', names, header, body).xml}`;
}

const match = ({ urn, types, scopes, addresses }: Announcement): Xml =>
  tag(
    'd:ProbeMatch',
    {},
    tag('a:EndpointReference', {}, tag('a:Address', {}, urn)),
    tag('d:Types', {}, types.join(' ')),
    tag('d:Scopes', {}, scopes.join(' ')),
    tag('d:XAddrs', {}, addresses.join(' ')),
    tag('d:MetadataVersion', {}, 1),
  );
