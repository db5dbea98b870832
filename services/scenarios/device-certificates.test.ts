import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { certificates, deviceCa, deviceKey, revocations } from '../../config/device-certificates-testing.ts';
import { simulatorCertificate } from '../../devices/simulator-certificate.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

const press = JSON.stringify({ type: 'press' });

/** A station with a door over TLS and an authority for devices of its own. */
async function openCertified() {
  const folder = mkdtempSync(join(tmpdir(), 'baiying-certified-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const put = (name: string, pem: string): string => {
    writeFileSync(join(folder, name), pem);
    return join(folder, name);
  };
  const at = await openStation({
    tls: {
      mqttsPort: 0,
      ...{ tlsCert: put('cert.pem', simulatorCertificate.cert), tlsKey: put('key.pem', simulatorCertificate.key) },
      ...{ deviceCa: put('ca.pem', deviceCa), deviceCrl: put('crl.pem', revocations.one) },
    },
  });
  /** A line over TLS; its options say with what it signs in. */
  const line = async (options: IClientOptions) => {
    const client = await mqtt.connectAsync(
      at.tlsUrl,
      { protocolVersion: 4, reconnectPeriod: 0, rejectUnauthorized: false, ...options },
      false,
    );
    onTestFinished(() => client.endAsync(true));
    return client;
  };
  return { at, line };
}

const shows = (cert: string): IClientOptions => ({ cert, key: deviceKey });

test('a key presses with a certificate in place of its secret, and stays when the secret changes', async () => {
  const { at, line } = await openCertified();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  const key = await line(shows(certificates.good));
  await at.api('POST', '/devices/key-1/secret');
  await key.publishAsync('keys/key-1/event', press, { qos: 1 });
  const { incidentId } = await orderOn(at, near);
  expect(await at.incidents()).toMatchObject([{ id: incidentId, deviceId: 'key-1' }]);
});

test('a certificate speaks for its own device alone, and none that is not believed speaks for any', async () => {
  const { at, line } = await openCertified();
  await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  await at.register('key', 'key-2', { siteId: 'hospital' });
  const refused = 'Bad username or password';
  await expect(line({ ...shows(certificates.good), username: 'key-2' })).rejects.toThrow(refused);
  await expect(line({ ...shows(certificates.good), username: 'key-2', password: 'guess' })).rejects.toThrow(refused);
  for (const cert of [certificates.foreign, certificates.ended, certificates.revoked])
    for (const name of [{}, { username: 'key-1' }, { username: 'key-1', password: 'guess' }])
      await expect(line({ ...shows(cert), ...name })).rejects.toThrow(refused);
  await expect(line({})).rejects.toThrow(refused);

  const stranger = await line(shows(certificates.good));
  const cut = new Promise<void>((resolve) => stranger.once('close', () => resolve()));
  stranger.publish('keys/key-2/event', press, { qos: 1 });
  await cut;
  expect(await at.incidents()).toEqual([]);
});

test('a device with its secret comes in over the same door, whatever certificate it shows', async () => {
  const { at, line } = await openCertified();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'key-2', { siteId: 'hospital' });
  const { id: username, secret: password } = at.door('key-2');
  await line({ username, password });
  const key = await line({ ...shows(certificates.ended), username, password });
  await key.publishAsync('keys/key-2/event', press, { qos: 1 });
  await orderOn(at, near);
});

test('the doctor says why a certificate was not believed', async () => {
  const { at, line } = await openCertified();
  await registerCrew(at, ['near']);
  await at.register('key', 'key-1', { siteId: 'hospital' });
  await expect(line(shows(certificates.ended))).rejects.toThrow('Bad username or password');
  await at.clock.advance(10_000);
  const found = await at.until(async () => {
    const { findings } = await at.api<{ findings: readonly { code: string; text: string }[] }>('GET', '/devices/key-1/doctor');
    expect(findings.map(({ code }) => code)).toContain('wrong-certificate');
    return findings;
  });
  expect(found.find(({ code }) => code === 'wrong-certificate')?.text).toContain('CERT_HAS_EXPIRED');
});
