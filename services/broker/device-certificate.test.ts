import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { certificates, deviceCa, deviceKey, otherCa, revocations } from '../../config/device-certificates-testing.ts';
import { simulatorCertificate } from '../../devices/simulator-certificate.ts';
import { minutes } from '../alarm/index.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { certificateOf, type Shown } from './device-certificate.ts';
import { listen } from './listen.ts';

const patience = { timeout: 20_000, interval: 20 };
const end = Date.parse(new X509Certificate(certificates.good).validTo);

interface Trust {
  readonly ca?: string;
  readonly crl?: string;
  readonly start?: number;
}

async function door({ ca, crl, start }: Trust) {
  const folder = mkdtempSync(join(tmpdir(), 'baiying-device-ca-'));
  const put = (name: string, pem: string): string => {
    const file = join(folder, name);
    writeFileSync(file, pem);
    return file;
  };
  const settings = {
    ...{ bind: '127.0.0.1', mqttPort: 0, mqttsPort: 0 },
    ...{ tlsCert: put('cert.pem', simulatorCertificate.cert), tlsKey: put('key.pem', simulatorCertificate.key) },
    ...(ca === undefined ? {} : { deviceCa: put('ca.pem', ca) }),
    ...(crl === undefined ? {} : { deviceCrl: put('crl.pem', crl) }),
  };
  const clock = manualClock(start);
  const came: (Shown | undefined)[] = [];
  const at = await listen(settings, (stream) => came.push(certificateOf(stream.resume())), { clock, log: quiet });
  onTestFinished(async () => {
    await at.close();
    rmSync(folder, { recursive: true });
  });
  /** Comes in with a certificate, and says what the door made of it. */
  const enter = async (
    cert?: string,
    more: ConnectionOptions = {},
  ): Promise<{ shown: Shown | undefined; ended: Promise<void>; socket: TLSSocket }> => {
    const before = came.length;
    const own = cert === undefined ? {} : { cert, key: deviceKey };
    const socket = connect({ port: at.ports.mqtts ?? 0, host: '127.0.0.1', rejectUnauthorized: false, ...own, ...more });
    socket.on('error', () => undefined).resume();
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    onTestFinished(() => void socket.destroy());
    await vi.waitFor(() => expect(came.length).toBe(before + 1), patience);
    return { shown: came[before], ended, socket };
  };
  return { enter, clock, put };
}

test.each(['TLSv1.2', 'TLSv1.3'] as const)('a certificate of the station’s own authority names its device, over %s', async (version) => {
  const { enter } = await door({ ca: deviceCa });
  expect((await enter(certificates.good, { minVersion: version, maxVersion: version })).shown).toEqual({ name: 'key-1', until: end });
});

test.each([
  ['of another authority that calls itself the same', certificates.foreign, /SIGNATURE|UNABLE_TO_VERIFY|UNABLE_TO_GET/],
  ['that has ended', certificates.ended, /^CERT_HAS_EXPIRED$/],
  ['that was revoked', certificates.revoked, /^CERT_REVOKED$/],
])('one %s is not believed, and the door knows why', async (_name, cert, fault) => {
  const { enter } = await door({ ca: deviceCa, crl: revocations.one });
  expect((await enter(cert)).shown).toMatchObject({ name: 'key-1', fault: expect.stringMatching(fault) });
});

test('who shows none comes in unnamed, and without an authority nobody is asked', async () => {
  const { enter } = await door({ ca: deviceCa });
  expect((await enter()).shown).toBeUndefined();
  const { enter: elsewhere } = await door({});
  expect((await elsewhere(certificates.good)).shown).toBeUndefined();
});

test('whoever comes back is judged anew: no session is resumed', async () => {
  const { enter } = await door({ ca: deviceCa });
  const first = await enter(certificates.good, { maxVersion: 'TLSv1.2' });
  const again = await enter(certificates.good, { maxVersion: 'TLSv1.2', session: first.socket.getSession() });
  expect([again.socket.isSessionReused(), again.shown?.name]).toEqual([false, 'key-1']);
});

test('one that is revoked is out with the next look at the list, without a restart; who has none stays', async () => {
  const { enter, clock, put } = await door({ ca: deviceCa, crl: revocations.none });
  const held = await enter(certificates.revoked);
  expect(held.shown?.fault).toBeUndefined();
  const plain = await enter();
  put('crl.pem', revocations.one);
  await clock.advance(minutes(10));
  await held.ended;
  expect((await enter(certificates.revoked)).shown?.fault).toBe('CERT_REVOKED');
  expect((await enter(certificates.good)).shown?.fault).toBeUndefined();
  expect(plain.socket.destroyed).toBe(false);
});

test('an authority that was replaced lets in whom the new one vouches for; a list that cannot be read changes nothing', async () => {
  const { enter, clock, put } = await door({ ca: deviceCa });
  put('ca.pem', otherCa);
  await clock.advance(minutes(10));
  expect((await enter(certificates.foreign)).shown?.fault).toBeUndefined();
  expect((await enter(certificates.good)).shown?.fault).toBeDefined();
  put('ca.pem', 'half of a certi');
  put('crl.pem', 'half of a list');
  await clock.advance(minutes(10));
  expect((await enter(certificates.foreign)).shown?.fault).toBeUndefined();
});

test('a connection ends with its certificate', async () => {
  const { enter, clock } = await door({ ca: deviceCa, start: end - minutes(3) });
  const held = await enter(certificates.good);
  await clock.advance(minutes(2));
  expect(held.socket.destroyed).toBe(false);
  await clock.advance(minutes(1));
  await held.ended;
});
