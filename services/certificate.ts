import { readFile } from 'node:fs/promises';
import type { Server } from 'node:tls';
import { type Duration, minutes } from './alarm/index.ts';
import type { Clock, Log, Timer } from './ports.ts';

/** The station's certificate, which the broker and the console show, and how a renewed one is taken up. */

/** PEM files. */
export interface CertificateFiles {
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
}

export interface CertificateDeps {
  readonly clock: Pick<Clock, 'every'>;
  readonly log: Log;
}

export type Certificate = Awaited<ReturnType<typeof readCertificate>>;

const look: Duration = minutes(10);

/** What `node:tls` wants to be given. Rejects where a file cannot be read. */
export const readCertificate = async ({ tlsCert = '', tlsKey = '' }: CertificateFiles) => ({
  cert: await readFile(tlsCert),
  key: await readFile(tlsKey),
  minVersion: 'TLSv1.2' as const,
});

/** A certificate that was renewed is taken up without a restart; connections that stand keep theirs. One that is of no use changes nothing. */
export function renewCertificate(server: Server, first: Certificate, files: CertificateFiles, { clock, log }: CertificateDeps): Timer {
  let shown = first;
  return clock.every('certificate', look, async () => {
    try {
      const next = await readCertificate(files);
      if (next.cert.equals(shown.cert) && next.key.equals(shown.key)) return;
      server.setSecureContext(next);
      shown = next;
    } catch (error) {
      log.error({ err: error, file: files.tlsCert }, 'the certificate could not be read anew; the one that was read before is shown on');
    }
  });
}
