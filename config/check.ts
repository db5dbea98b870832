import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSecureContext } from 'node:tls';
import { type ConfigFault, SettingsFault } from './faults.ts';
import { loadPhrases } from './phrases/load.ts';
import { policyFaults } from './policies/load.ts';
import type { Settings } from './schema.ts';
import { codeOf } from './yaml.ts';

/**
 * What no single setting can tell: whether they fit each other and the machine.
 * @param faulty paths that already have a fault; their stand-in values are not checked again
 */
export function checkTogether(settings: Settings, faulty: ReadonlySet<string>): ConfigFault[] {
  return [
    ...checkPorts(settings, faulty),
    ...checkTls(settings, faulty),
    ...checkDeviceTrust(settings),
    ...checkSignOn(settings, faulty),
    ...checkData(settings, faulty),
    ...checkPolicies(settings, faulty),
    ...checkPhrases(),
  ];
}

const ports = ['httpPort', 'httpsPort', 'mqttPort', 'mqttsPort', 'mqttWsPort'] as const;

function checkPorts(settings: Settings, faulty: ReadonlySet<string>): ConfigFault[] {
  const sound = ports.filter((name) => !faulty.has(name) && settings[name] !== undefined && settings[name] !== 0);
  return sound.flatMap((name, index) => {
    const first = sound.slice(0, index).find((other) => settings[other] === settings[name]);
    return first === undefined ? [] : [{ path: name, wrong: `${settings[name]} is the port of ${first} too`, wanted: 'a port of its own' }];
  });
}

function checkTls(settings: Settings, faulty: ReadonlySet<string>): ConfigFault[] {
  const door = (['httpsPort', 'mqttsPort'] as const).find((name) => settings[name] !== undefined);
  const missing = (['tlsCert', 'tlsKey'] as const)
    .filter((name) => door !== undefined && settings[name] === undefined && !faulty.has(name))
    .map((name) => ({ path: name, wrong: `is missing although ${door} is set`, wanted: 'a PEM file' }));
  const cert = readPem('tlsCert', settings.tlsCert, 'a certificate in PEM', (pem) => new X509Certificate(pem));
  const key = readPem('tlsKey', settings.tlsKey, 'a private key in PEM, without a passphrase', (pem) => createPrivateKey(pem));
  return [...missing, ...cert.faults, ...key.faults, ...checkPair(cert.value, key.value)];
}

function checkDeviceTrust({ deviceCa, deviceCrl, mqttsPort }: Settings): ConfigFault[] {
  const needs = [
    ...(deviceCa !== undefined && mqttsPort === undefined
      ? [{ path: 'mqttsPort', wrong: 'is missing although deviceCa is set', wanted: 'a port' }]
      : []),
    ...(deviceCrl !== undefined && deviceCa === undefined
      ? [{ path: 'deviceCa', wrong: 'is missing although deviceCrl is set', wanted: 'a PEM file' }]
      : []),
  ];
  const ca = readPem('deviceCa', deviceCa, 'the certificate of an authority in PEM', authorityOf);
  const lists = readPem('deviceCrl', deviceCrl, 'a list of revocations in PEM', (pem) => createSecureContext({ crl: pem }));
  return [...needs, ...ca.faults, ...lists.faults];
}

function authorityOf(pem: string): X509Certificate {
  const certificate = new X509Certificate(pem);
  if (!certificate.ca) throw new Error('not of an authority');
  return certificate;
}

function checkSignOn({ oidc }: Settings, faulty: ReadonlySet<string>): ConfigFault[] {
  if (oidc.issuer === undefined || oidc.clientId !== undefined || faulty.has('oidc.clientId')) return [];
  return [{ path: 'oidc.clientId', wrong: 'is missing although oidc.issuer is set', wanted: 'our name at the issuer' }];
}

function checkPair(cert: X509Certificate | undefined, key: KeyObject | undefined): ConfigFault[] {
  if (!cert || !key || cert.checkPrivateKey(key)) return [];
  return [{ path: 'tlsKey', wrong: 'does not belong to the certificate of tlsCert', wanted: 'the private key of that certificate' }];
}

function readPem<T>(
  path: string,
  file: string | undefined,
  wanted: string,
  parse: (pem: string) => T,
): { value?: T; faults: ConfigFault[] } {
  if (file === undefined) return { faults: [] };
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    return { faults: [{ path, wrong: `${file} cannot be read (${codeOf(error)})`, wanted: 'a readable PEM file' }] };
  }
  try {
    return { value: parse(pem), faults: [] };
  } catch (error) {
    return { faults: [{ path, wrong: `${file} cannot be used (${codeOf(error)})`, wanted }] };
  }
}

function checkData({ data }: Settings, faulty: ReadonlySet<string>): ConfigFault[] {
  if (faulty.has('data')) return [];
  const wanted = 'a folder that can be written, or a place where one can be made';
  const standing = nearestStanding(data);
  if (!statSync(standing).isDirectory()) return [{ path: 'data', wrong: `${standing} is not a folder`, wanted }];
  try {
    accessSync(standing, constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    return [{ path: 'data', wrong: `${standing} cannot be written (${codeOf(error)})`, wanted }];
  }
}

/** The folder itself, or the nearest one above that exists. */
const nearestStanding = (path: string): string => (existsSync(path) || dirname(path) === path ? path : nearestStanding(dirname(path)));

/** A policy file that is not there is a fault of the setting that names it; what stands in the file is the file's own. */
function checkPolicies({ policies }: Settings, faulty: ReadonlySet<string>): ConfigFault[] {
  return (['sorting', 'escalation'] as const)
    .filter((name) => !faulty.has(`policies.${name}`))
    .flatMap((name) => {
      const file = policies[name];
      try {
        accessSync(file, constants.R_OK);
      } catch (error) {
        return [{ path: `policies.${name}`, wrong: `${file} cannot be read (${codeOf(error)})`, wanted: 'a readable policy file' }];
      }
      return policyFaults(name, file);
    });
}

/** A site may reword what is said; its slips are told with those of the settings. */
function checkPhrases(): readonly ConfigFault[] {
  try {
    loadPhrases();
    return [];
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
}
