import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { certificates, deviceCa, revocations } from './device-certificates-testing.ts';
import { describeFaults, loadSettings, SettingsFault } from './load.ts';

const root = mkdtempSync(join(tmpdir(), 'baiying-config-'));
let cwd = root;
let count = 0;
beforeEach(() => {
  count += 1;
  cwd = join(root, String(count));
  mkdirSync(join(cwd, 'config'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

type Env = Record<string, string>;
const site = (yaml: string) => writeFileSync(join(cwd, 'config/site.yaml'), yaml);
const load = (env: Env = {}) => loadSettings({ env, cwd }).settings;
function faults(env: Env = {}, yaml?: string): string[] {
  if (yaml !== undefined) site(yaml);
  try {
    load(env);
  } catch (error) {
    if (error instanceof SettingsFault) return describeFaults(error.faults).split('\n');
    throw error;
  }
  return [];
}

describe('where settings come from', () => {
  test('with no file and no environment, the defaults of the contract', () => {
    expect(load()).toMatchObject({
      data: join(cwd, 'data'),
      bind: '127.0.0.1',
      httpPort: 8080,
      mqttPort: 1883,
      language: 'zh',
      supervision: { key: 90 },
    });
  });

  test('the environment overrides the file, the file overrides the defaults', () => {
    site('httpPort: 9000\nmqttPort: 9001\nsupervision:\n  camera: 60\n');
    expect(load({ BAIYING_HTTP_PORT: '0' })).toMatchObject({ httpPort: 0, mqttPort: 9001, supervision: { camera: 60, key: 90 } });
  });

  test('a wrong value of the file does no harm where the environment overrides it', () => {
    site('httpPort: abc\n');
    expect(load({ BAIYING_HTTP_PORT: '9000' }).httpPort).toBe(9000);
  });

  test('empty environment strings and empty YAML values count as absent', () => {
    site('httpPort:\nsupervision:\n  key:\nsessions:\n');
    expect(load({ BAIYING_MQTT_PORT: '', DATABASE_URL: '', BAIYING_ADMIN_PASSWORD: '' })).toMatchObject({
      httpPort: 8080,
      mqttPort: 1883,
      supervision: { key: 90 },
    });
  });

  test('an empty file is no fault', () => {
    site('# nothing yet\n');
    expect(load().httpPort).toBe(8080);
  });

  test('a section of which the environment sets a part keeps the rest of the file', () => {
    const policy = join(cwd, 'mine.yaml');
    writeFileSync(policy, 'opening: []\nlowBattery: 20\nwindow: 60\n');
    site('policies:\n  sorting: elsewhere.yaml\n');
    expect(load({ BAIYING_SORTING_POLICY: 'mine.yaml' }).policies.sorting).toBe(policy);
  });

  test('a file that was asked for by name must be there', () => {
    expect(() => loadSettings({ env: {}, cwd, file: 'other.yaml' })).toThrow(SettingsFault);
  });
});

const table: readonly { name: string; env?: Env; yaml?: string; says: string }[] = [
  {
    name: 'a port that is a word',
    env: { BAIYING_HTTP_PORT: 'web' },
    says: 'httpPort / BAIYING_HTTP_PORT: "web" is not a whole number; wanted: a whole number from 0 to 65535',
  },
  { name: 'a port that only JavaScript reads', env: { BAIYING_HTTP_PORT: '0x50' }, says: '"0x50" is not a whole number' },
  {
    name: 'a port out of range',
    env: { BAIYING_MQTT_PORT: '65536' },
    says: 'mqttPort / BAIYING_MQTT_PORT: "65536" is too big; wanted: a whole number from 0 to 65535',
  },
  {
    name: 'a port that is true',
    yaml: 'httpPort: true\n',
    says: 'httpPort / BAIYING_HTTP_PORT in config/site.yaml:1: true is not a whole number',
  },
  { name: 'a port with a fraction', yaml: 'httpPort: 80.5\n', says: 'httpPort / BAIYING_HTTP_PORT in config/site.yaml:1: 80.5' },
  {
    name: 'a text that is a number',
    yaml: 'bind: 127\n',
    says: 'bind / BAIYING_BIND in config/site.yaml:1: 127 is of the wrong type; wanted: a text',
  },
  { name: 'a section that is a number', yaml: 'supervision: 90\n', says: 'supervision in config/site.yaml:1: 90 is of the wrong type' },
  {
    name: 'a span too short, deep in the file',
    yaml: 'language: en\nsupervision:\n  key: 3\n',
    says: 'supervision.key in config/site.yaml:3: 3 is too small; wanted: a whole number from 10 to 86400 s',
  },
  { name: 'an unknown key', yaml: 'htpPort: 80\n', says: 'htpPort in config/site.yaml:1: is not a known key; wanted: httpPort' },
  {
    name: 'an unknown key in a section',
    yaml: 'supervision:\n  camra: 80\n',
    says: 'supervision.camra in config/site.yaml:2: is not a known key; wanted: camera',
  },
  {
    name: 'a word that is none of the list',
    env: { BAIYING_LANGUAGE: 'fr' },
    says: 'language / BAIYING_LANGUAGE: "fr" is not one of the known values; wanted: one of zh, en',
  },
  {
    name: 'an item of a list',
    yaml: 'webhooks:\n  allowNetworks: [10.0.0.0/8, 5]\n',
    says: 'webhooks.allowNetworks in config/site.yaml:2: is of the wrong type',
  },
  { name: 'broken YAML', yaml: 'bind: "127.0.0.1\nhttpPort: 80\n', says: 'config/site.yaml:' },
  { name: 'a key given twice', yaml: 'bind: a\nhttpPort: 80\nbind: b\n', says: 'config/site.yaml:3: Map keys must be unique' },
  { name: 'an alias to nothing', yaml: 'bind: *other\n', says: 'config/site.yaml' },
  { name: 'a file that is a list', yaml: '- bind\n', says: 'config/site.yaml: is not a list of "key: value" lines' },
  { name: 'one port twice', env: { BAIYING_MQTT_PORT: '8080' }, says: 'mqttPort / BAIYING_MQTT_PORT: 8080 is the port of httpPort too' },
  {
    name: 'TLS without a certificate',
    env: { BAIYING_MQTTS_PORT: '8883' },
    says: 'tlsCert / BAIYING_TLS_CERT: is missing although mqttsPort is set',
  },
  {
    name: 'HTTPS without a key',
    env: { BAIYING_HTTPS_PORT: '8443', BAIYING_TLS_CERT: 'no.pem' },
    says: 'tlsKey / BAIYING_TLS_KEY: is missing although httpsPort is set',
  },
  {
    name: 'an authority for devices without a door for them',
    env: { BAIYING_DEVICE_CA: 'no.pem' },
    says: 'mqttsPort / BAIYING_MQTTS_PORT: is missing although deviceCa is set',
  },
  {
    name: 'revocations without an authority',
    env: { BAIYING_DEVICE_CRL: 'no.pem' },
    says: 'deviceCa / BAIYING_DEVICE_CA: is missing although deviceCrl is set',
  },
  {
    name: 'a proxy that is a name',
    env: { BAIYING_PROXIES: '10.0.0.7, proxy.example' },
    says: 'proxies / BAIYING_PROXIES: "10.0.0.7, proxy.example" is not right; wanted: a text that must be addresses',
  },
  {
    name: 'an issuer of identities that does not speak TLS',
    env: { BAIYING_OIDC_ISSUER: 'http://id.bureau.example' },
    says: 'oidc.issuer / BAIYING_OIDC_ISSUER: "http://id.bureau.example" is not right; wanted: a text that must start with https://',
  },
  {
    name: 'an issuer of identities that does not know us',
    env: { BAIYING_OIDC_ISSUER: 'https://id.bureau.example' },
    says: 'oidc.clientId / BAIYING_OIDC_CLIENT_ID: is missing although oidc.issuer is set',
  },
  { name: 'a network that is too long', env: { BAIYING_PROXIES: '10.0.0.0/33' }, says: 'proxies / BAIYING_PROXIES: "10.0.0.0/33"' },
  {
    name: 'a certificate that is not there',
    env: { BAIYING_TLS_CERT: 'no.pem' },
    says: 'cannot be read (ENOENT); wanted: a readable PEM file',
  },
  {
    name: 'a data folder below a file',
    env: { BAIYING_DATA: 'config/site.yaml/data' },
    yaml: '',
    says: 'is not a folder; wanted: a folder that can be written',
  },
  {
    name: 'a policy file that is not there',
    env: { BAIYING_ESCALATION_POLICY: 'none.yaml' },
    says: 'policies.escalation / BAIYING_ESCALATION_POLICY: ',
  },
];

describe('faults', () => {
  test.each(table)('$name', ({ env, yaml, says }) => {
    expect(faults(env, yaml)).toContainEqual(expect.stringContaining(says));
  });

  test('five at once, from the file and the environment, each with its path', () => {
    const lines = faults(
      { BAIYING_MQTT_PORT: 'x', BAIYING_MQTT_WS_PORT: '99999' },
      'logLevel: loud\nsesions:\n  hours: 8\nfolding:\n  quiet: 0\n',
    );
    expect(lines.map((line) => line.split(/[ :]/)[0]).sort()).toEqual(['folding.quiet', 'logLevel', 'mqttPort', 'mqttWsPort', 'sesions']);
  });

  test('what is right is still checked together when something else is wrong', () => {
    const lines = faults({ BAIYING_LANGUAGE: 'fr', BAIYING_MQTT_PORT: '8080' });
    expect(lines).toHaveLength(2);
  });

  test('a faulty port is not reported a second time by its default', () => {
    expect(faults({ BAIYING_HTTP_PORT: 'x', BAIYING_MQTT_PORT: '8080' })).toHaveLength(1);
  });

  test('two ports of 0 are two free ports', () => {
    expect(faults({ BAIYING_HTTP_PORT: '0', BAIYING_MQTT_PORT: '0' })).toEqual([]);
  });

  test('the faults of a policy file are told with those of the settings', () => {
    writeFileSync(join(cwd, 'sorting.yaml'), 'opening: [motion]\nlowBattery: 15\nwindow: 120\n');
    const lines = faults({ BAIYING_SORTING_POLICY: 'sorting.yaml', BAIYING_LANGUAGE: 'fr' });
    expect(lines).toContainEqual(expect.stringContaining('opening[0] in '));
    expect(lines).toHaveLength(2);
  });

  test.each([{ DATABASE_URL: 'mysql://u:hunter2@db/x' }, { REDIS_URL: 'hunter2' }, { BAIYING_ADMIN_PASSWORD: 'hunter2' }])(
    'the value of a secret is never printed: %o',
    (env) => {
      const lines = faults(env as Env);
      expect(lines).toHaveLength(1);
      expect(lines.join()).not.toContain('hunter2');
    },
  );
});

describe('TLS', () => {
  const make = (name: string) =>
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ed25519',
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.crt`,
        '-subj',
        '/CN=baiying',
        '-days',
        '1',
      ],
      { cwd, stdio: 'ignore' },
    );
  const tls = (cert: string, key: string): Env => ({ BAIYING_MQTTS_PORT: '8883', BAIYING_TLS_CERT: cert, BAIYING_TLS_KEY: key });
  const missing = () => {
    try {
      execFileSync('openssl', ['version'], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  };

  test('the authority for devices is one, and its list is one', () => {
    const put = (name: string, pem: string) => writeFileSync(join(cwd, name), pem);
    put('ca.pem', deviceCa);
    put('device.pem', certificates.good);
    put('crl.pem', revocations.one);
    const trust = (ca: string, crl: string) =>
      faults({ BAIYING_MQTTS_PORT: '8883', BAIYING_DEVICE_CA: ca, BAIYING_DEVICE_CRL: crl }).filter((line) => line.includes('device'));
    expect(trust('ca.pem', 'crl.pem')).toEqual([]);
    expect(trust('device.pem', 'ca.pem')).toEqual([
      expect.stringMatching(
        /deviceCa \/ BAIYING_DEVICE_CA: .*device\.pem cannot be used \(not of an authority\); wanted: the certificate of an authority/,
      ),
      expect.stringMatching(/deviceCrl \/ BAIYING_DEVICE_CRL: .*ca\.pem cannot be used .*; wanted: a list of revocations in PEM/),
    ]);
  });

  test.skipIf(missing())('a certificate and its key are taken; a key of another one, or a file that is neither, is a fault', () => {
    make('a');
    make('b');
    expect(faults(tls('a.crt', 'a.key'))).toEqual([]);
    expect(faults(tls('a.crt', 'b.key'))).toEqual([
      expect.stringContaining('tlsKey / BAIYING_TLS_KEY: does not belong to the certificate'),
    ]);
    expect(faults(tls('a.key', 'a.crt'))).toEqual([
      expect.stringContaining('a certificate in PEM'),
      expect.stringContaining('a private key in PEM'),
    ]);
  });
});
