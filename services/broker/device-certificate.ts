import { constants, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { TLSSocket, type TlsOptions } from 'node:tls';
import type { Instant } from '../alarm/index.ts';

/**
 * A device may show a certificate of the station's own authority instead of its secret (RFC 8446, 4.4.2; RFC 5280). The common
 * name of its subject is the id of the device.
 */

/** PEM files. */
export interface DeviceTrustFiles {
  /** Of the station's own authorities for devices; without it nobody is asked for a certificate. */
  readonly deviceCa?: string | undefined;
  /** What they have revoked: one list of each authority (RFC 5280, 5). */
  readonly deviceCrl?: string | undefined;
}

/** What came over a line that asked for it. */
export interface Shown {
  readonly name: string;
  /** Why nobody vouches for it, as OpenSSL has it: `CERT_HAS_EXPIRED`, `CERT_REVOKED`. */
  readonly fault?: string;
  readonly until: Instant;
}

/** What `node:tls` wants to be given, to ask devices for a certificate. */
export type DeviceTrust = Pick<TlsOptions, 'ca' | 'crl' | 'requestCert' | 'rejectUnauthorized' | 'secureOptions'>;

/** Rejects where a file cannot be read or holds no certificate. */
export async function readDeviceTrust({ deviceCa, deviceCrl }: DeviceTrustFiles): Promise<DeviceTrust> {
  if (deviceCa === undefined) return {};
  const ca = await readFile(deviceCa);
  // OpenSSL takes a file without any certificate, and then believes nobody.
  void new X509Certificate(ca);
  const lists = deviceCrl === undefined ? undefined : await readFile(deviceCrl, 'utf8');
  return {
    ca,
    ...(lists === undefined ? {} : { crl: listsIn(lists) }),
    requestCert: true,
    // A device with a secret shows none, and comes in all the same.
    rejectUnauthorized: false,
    // Whoever resumes a session is not asked again, and was perhaps revoked since.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** OpenSSL takes one list at a time. */
const listsIn = (pem: string): string[] => pem.match(/-----BEGIN X509 CRL-----[\s\S]+?-----END X509 CRL-----/g) ?? [pem];

/** Undefined where none was asked for or shown. */
export function certificateOf(stream: Duplex): Shown | undefined {
  if (!(stream instanceof TLSSocket)) return undefined;
  const { subject, valid_to: end } = stream.getPeerCertificate() ?? {};
  // Of several names none is that of the device.
  if (typeof subject?.CN !== 'string') return undefined;
  const until = Date.parse(end);
  if (stream.authorized) return { name: subject.CN, until };
  return { name: subject.CN, until, fault: String(stream.authorizationError) };
}

/** Connections that a certificate let in: nobody asks them for it again, so they end with it. */
export interface Certified {
  note(socket: TLSSocket): void;
  endExpired(now: Instant): void;
  /** They come back at once, and are judged by what holds now. */
  endAll(): void;
}

export function openCertified(): Certified {
  const until = new Map<TLSSocket, Instant>();
  return {
    note(socket) {
      const shown = certificateOf(socket);
      if (shown === undefined || shown.fault !== undefined) return;
      until.set(socket, shown.until);
      socket.once('close', () => until.delete(socket));
    },
    endExpired(now) {
      for (const [socket, end] of until) if (end <= now) socket.destroy();
    },
    endAll() {
      for (const socket of until.keys()) socket.destroy();
    },
  };
}
