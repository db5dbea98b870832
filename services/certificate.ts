import { readFile } from 'node:fs/promises';
import type { SecureContextOptions, Server } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import { type Duration, minutes } from './alarm/index.ts';
import type { Clock, Log, Timer } from './ports.ts';

/** The station's certificate, which the broker and the console show, and how a renewed one is taken up. */

/** PEM files. */
export interface CertificateFiles {
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
}

export interface CertificateDeps {
  readonly clock: Pick<Clock, 'every' | 'now'>;
  readonly log: Log;
}

const look: Duration = minutes(10);

/** What `node:tls` wants to be given. Rejects where a file cannot be read. */
export const readCertificate = async ({ tlsCert = '', tlsKey = '' }: CertificateFiles) => ({
  cert: await readFile(tlsCert),
  key: await readFile(tlsKey),
  minVersion: 'TLSv1.2' as const,
});

export interface Renewal<Kept extends SecureContextOptions> {
  /** What the server was opened with. */
  readonly first: Kept;
  readonly read: () => Promise<Kept>;
  /** What stands in the log where it cannot be read. */
  readonly file: string | undefined;
  readonly renewed?: (before: Kept, now: Kept) => void;
}

/** What was renewed is taken up without a restart; connections that stand keep theirs. What is of no use changes nothing. */
export function renewCertificate<Kept extends SecureContextOptions>(
  server: Server,
  { first, read, file, renewed }: Renewal<Kept>,
  { clock, log }: CertificateDeps,
): Timer {
  let shown = first;
  return clock.every('certificate', look, async () => {
    try {
      const next = await read();
      if (isDeepStrictEqual(next, shown)) return;
      server.setSecureContext(next);
      renewed?.(shown, next);
      shown = next;
    } catch (error) {
      log.error({ err: error, file }, 'the certificate could not be read anew; the one that was read before is shown on');
    }
  });
}
