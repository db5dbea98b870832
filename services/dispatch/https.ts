import type { AddressInfo, Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { seconds } from '../alarm/index.ts';
import { type CertificateDeps, type CertificateFiles, readCertificate, renewCertificate } from '../certificate.ts';
import type { Timer } from '../ports.ts';
import { boundSockets, trustedProxies } from './clients.ts';
import { mostSockets } from './server.ts';

/** The console and the API over TLS, for stations without a proxy: phones give a page its place and its sound over HTTPS alone. */
export interface HttpsDoor {
  /** Gives the port that was taken. Rejects where the certificate cannot be read or the port cannot be taken. */
  listen(): Promise<number>;
  /** Lets nobody in any more; resolves when the last connection has ended. */
  close(): Promise<void>;
  /** Cuts what still stands. */
  cut(): void;
}

export interface HttpsSettings extends CertificateFiles {
  readonly bind: string;
  readonly httpsPort?: number | undefined;
  readonly proxies?: string | undefined;
}

const handshakeTimeout = seconds(10);

/**
 * A TLS server that hands what it deciphered to the HTTP server of `app`, as Node documents for its event `connection`: requests,
 * streams and WebSockets, with their bounds, are those of the plain door.
 * @returns undefined where no port is set
 */
export function httpsDoor(app: FastifyInstance, settings: HttpsSettings, deps: CertificateDeps): HttpsDoor | undefined {
  const { httpsPort, bind } = settings;
  if (httpsPort === undefined) return undefined;
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let renewal: Timer | undefined;
  return {
    async listen() {
      const first = await readCertificate(settings);
      const opened = createServer({ ...first, ALPNProtocols: ['http/1.1'], handshakeTimeout, noDelay: true }, (socket) => {
        app.server.emit('connection', socket);
      });
      opened.maxConnections = mostSockets;
      boundSockets(opened, trustedProxies(settings.proxies), deps.log);
      opened.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
      await new Promise<void>((resolve, reject) => {
        opened.once('error', reject);
        opened.listen(httpsPort, bind, resolve);
      });
      server = opened;
      renewal = renewCertificate(opened, { first, read: () => readCertificate(settings), file: settings.tlsCert }, deps);
      return (opened.address() as AddressInfo).port;
    },
    async close() {
      renewal?.stop();
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
