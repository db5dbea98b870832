import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { simulatorCertificate } from '../../devices/simulator-certificate.ts';
import { minutes } from '../alarm/index.ts';
import { renewedCertificate as renewed } from '../certificate-testing.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { listen } from './listen.ts';

const patience = { timeout: 20_000, interval: 20 };

async function broker() {
  const folder = mkdtempSync(join(tmpdir(), 'baiying-tls-'));
  const put = ({ cert, key }: { readonly cert: string; readonly key: string }): void => {
    writeFileSync(join(folder, 'cert.pem'), cert);
    writeFileSync(join(folder, 'key.pem'), key);
  };
  put(simulatorCertificate);
  const clock = manualClock();
  const admitted: string[] = [];
  const files = { tlsCert: join(folder, 'cert.pem'), tlsKey: join(folder, 'key.pem') };
  const at = await listen(
    { bind: '127.0.0.1', mqttPort: 0, mqttsPort: 0, ...files },
    (stream, address) => {
      admitted.push(address);
      stream.resume();
    },
    { clock, log: quiet },
  );
  onTestFinished(async () => {
    await at.close();
    rmSync(folder, { recursive: true });
  });
  return { port: at.ports.mqtts ?? 0, at, clock, admitted, put };
}

/** The certificate that a device is shown, or why it does not come in. */
function knock(port: number, options: ConnectionOptions): Promise<DetailedPeerCertificate | string> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', checkServerIdentity: () => undefined, ...options }, () => {
      resolve(socket.getPeerCertificate(true));
      socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
const named = async (port: number, ca: string) => {
  const shown = await knock(port, { ca });
  return typeof shown === 'string' ? shown : shown.subject.CN;
};

test.each(['TLSv1.2', 'TLSv1.3'] as const)('a device that trusts the certificate comes in over %s', async (version) => {
  const { port, admitted } = await broker();
  expect(await knock(port, { ca: simulatorCertificate.cert, minVersion: version, maxVersion: version })).toMatchObject({
    subject: { CN: 'simulated camera' },
  });
  await vi.waitFor(() => expect(admitted).toEqual(['127.0.0.1']), patience);
});

test('an older TLS, plain bytes, and a device that does not trust us do not', async () => {
  const { port, admitted } = await broker();
  const old = { ca: simulatorCertificate.cert, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  expect(await knock(port, old)).toMatch(/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS/);
  expect(await knock(port, {})).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  const plain = connectPlain(port, '127.0.0.1');
  plain.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => plain.once('close', () => resolve()));
  // A CONNECT as MQTT has it, to the wrong door.
  plain.write(Buffer.from('101000044d5154540402003c0004', 'hex'));
  plain.resume();
  await ended;
  expect(admitted.length).toBeLessThanOrEqual(1);
});

test('doors that let nobody in any more are not open', async () => {
  const { at } = await broker();
  expect(at.isOpen()).toBe(true);
  at.stop();
  expect(at.isOpen()).toBe(false);
});

test('a renewed certificate is shown without a restart; one that is of no use changes nothing', async () => {
  const { port, clock, put } = await broker();
  expect(await named(port, simulatorCertificate.cert)).toBe('simulated camera');
  put(renewed);
  await clock.advance(minutes(10));
  await vi.waitFor(async () => expect(await named(port, renewed.cert)).toBe('the next broker'), patience);
  put({ cert: 'half of a certi', key: renewed.key });
  await clock.advance(minutes(10));
  expect(await named(port, renewed.cert)).toBe('the next broker');
});
