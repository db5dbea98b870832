import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { type Duration, minutes } from '../alarm/index.ts';
import { type CertificateDeps, type CertificateFiles, readCertificate, renewCertificate } from '../certificate.ts';
import type { Timer } from '../ports.ts';
import { type DeviceTrust, type DeviceTrustFiles, openCertified, readDeviceTrust } from './device-certificate.ts';

export interface ListenSettings extends CertificateFiles, DeviceTrustFiles {
  readonly bind: string;
  readonly mqttPort: number;
  readonly mqttsPort?: number | undefined;
  readonly mqttWsPort?: number | undefined;
}

export interface Listening {
  /** Ports that were taken, also where 0 was asked for. */
  readonly ports: { readonly mqtt: number; readonly mqtts?: number; readonly ws?: number };
  /** Whether every door is open. */
  isOpen(): boolean;
  /** Lets nobody in any more; who is in stays. */
  stop(): void;
  /** Cuts every connection and frees the ports. */
  close(): Promise<void>;
}

/** Sockets that one broker process holds at most; beyond it the kernel refuses instead of the process dying. */
const mostSockets = 30_000;
/** A cable that was cut is noticed by the kernel even where a device asked for no MQTT keep-alive. */
const probeAfterMs = 30_000;
/** A certificate that has ended is of use for no longer than this. */
const ends: Duration = minutes(1);

/** Opens the broker's doors: MQTT, and MQTT over TLS and WebSocket where a port is set. */
export async function listen(
  settings: ListenSettings,
  admit: (stream: Duplex, address: string) => void,
  deps: CertificateDeps,
): Promise<Listening> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket) => {
    socket.setNoDelay(true);
    socket.setKeepAlive(true, probeAfterMs);
    admit(socket, socket.remoteAddress ?? '');
  };
  const open = async (server: Server, port: number): Promise<number> => {
    server.maxConnections = mostSockets;
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, settings.bind, resolve);
    });
    return (server.address() as AddressInfo).port;
  };
  let closed: Promise<unknown> | undefined;
  const stop = () => {
    closed ??= Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  };
  const timers: Timer[] = [];
  const close = async () => {
    for (const timer of timers) timer.stop();
    stop();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  try {
    const mqtt = await open(createServer(onSocket), settings.mqttPort);
    let mqtts: number | undefined;
    if (settings.mqttsPort !== undefined) {
      const door = await tlsDoor(settings, onSocket, deps);
      timers.push(...door.timers);
      mqtts = await open(door.server, settings.mqttsPort);
    }
    const ws = settings.mqttWsPort === undefined ? undefined : await open(webSocketServer(admit), settings.mqttWsPort);
    const ports = { mqtt, ...(mqtts === undefined ? {} : { mqtts }), ...(ws === undefined ? {} : { ws }) };
    return { ports, isOpen: () => servers.every(({ listening }) => listening), stop, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Shows the station's certificate, and asks devices for theirs where the station has an authority for them. */
async function tlsDoor(settings: ListenSettings, onSocket: (socket: Socket) => void, deps: CertificateDeps) {
  const read = async () => ({ ...(await readCertificate(settings)), ...(await readDeviceTrust(settings)) });
  const first = await read();
  const certified = openCertified();
  const server = createTlsServer(first, (socket: TLSSocket) => {
    certified.note(socket);
    onSocket(socket);
  });
  const trusted = ({ ca, crl }: DeviceTrust) => [ca, crl];
  const renewed = (before: DeviceTrust, now: DeviceTrust) => isDeepStrictEqual(trusted(before), trusted(now)) || certified.endAll();
  const timers = [
    renewCertificate(server, { first, read, file: settings.tlsCert, renewed }, deps),
    deps.clock.every('device certificates', ends, () => certified.endExpired(deps.clock.now())),
  ];
  return { server, timers };
}

/** MQTT over WebSocket with the subprotocol name that MQTT 3.1.1 gives (6.0). */
function webSocketServer(admit: (stream: Duplex, address: string) => void): Server {
  const http = createHttpServer((_request, response) => response.writeHead(426, { upgrade: 'websocket' }).end());
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: 65_536,
    handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
  });
  sockets.on('connection', (socket, request) => admit(createWebSocketStream(socket), request.socket.remoteAddress ?? ''));
  return http;
}
