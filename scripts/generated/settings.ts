import { z } from 'zod';
import { type Field, fields, sections } from '../../config/fields.ts';
import { settingsSchema } from '../../config/schema.ts';

/** What the example file shows where a setting has no default. */
const examples: Readonly<Record<string, unknown>> = {
  httpsPort: 443,
  mqttsPort: 8883,
  mqttWsPort: 8083,
  tlsCert: '/etc/baiying/tls/cert.pem',
  tlsKey: '/etc/baiying/tls/key.pem',
  deviceCa: '/etc/baiying/tls/device-ca.crt',
  deviceCrl: '/etc/baiying/tls/device-crl.pem',
  'join.url': 'mqtts://mqtt.city.example:8883',
  'join.username': 'baiying',
  'join.ca': './city-ca.pem',
  'join.share': 'baiying',
  proxies: '10.0.0.7, 10.0.1.0/24',
  databaseUrl: 'postgres://baiying:PASSWORD@database:5432/baiying',
  redisUrl: 'redis://queue:6379',
  'secondFactor.roles': 'admin, supervisor',
  'oidc.issuer': 'https://id.bureau.example/realms/police',
  'oidc.clientId': 'baiying',
  ffmpegBin: '/usr/bin/ffmpeg',
  adminPassword: 'at least eight characters',
};

const yamlOf = (value: unknown): string => (typeof value === 'number' || Array.isArray(value) ? JSON.stringify(value) : String(value));
const exampleOf = (field: Field): string =>
  yamlOf(field.default ?? examples[field.path.join('.')] ?? (field.type === 'number' ? 0 : 'text'));

/** config/site.example.yaml: every setting commented out, so that a copy changes nothing until a line is taken in. */
export function exampleFile(): string {
  const lines = [
    '# yaml-language-server: $schema=./site.schema.json',
    '# Settings of Baiying. Copy to config/site.yaml and take in the lines you need; what stays out keeps its default.',
    '# The environment overrides this file. Made by `node scripts/generate.ts` from config/schema.ts: do not edit.',
    '',
  ];
  let section: string | undefined;
  for (const field of fields) {
    const [first = ''] = field.path;
    const inside = field.path.length > 1;
    if (inside && first !== section) lines.push(`# ---- ${sections.find(({ key }) => key === first)?.title ?? first}`, `# ${first}:`);
    section = inside ? first : undefined;
    const indent = inside ? '  ' : '';
    lines.push(...commentOf(field).map((line) => `${inside ? '#   # ' : '## '}${line}`));
    lines.push(`# ${indent}${field.path.at(-1)}: ${exampleOf(field)}`);
    if (!inside) lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function commentOf(field: Field): string[] {
  const fallback = field.default === undefined ? 'no default' : `default ${yamlOf(field.default)}`;
  const env = field.env === undefined ? '' : `; environment ${field.env}`;
  const secret = field.secret ? ' Secret: better set in the environment.' : '';
  return [
    `${field.title}.${secret}`,
    `${field.wanted}; ${fallback}${env}`,
    ...(field.description === undefined ? [] : [field.description]),
  ];
}

/** config/site.schema.json, for editors that complete and check YAML. */
export function editorSchema(): string {
  const schema = z.toJSONSchema(settingsSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // A coerced number takes any input, so Zod leaves its type open; in YAML it is a number.
      if (zodSchema instanceof z.ZodNumber) Object.assign(jsonSchema, { type: 'integer' });
      for (const key of ['env', 'secret', 'unit']) delete jsonSchema[key];
    },
  });
  return `${JSON.stringify({ title: 'Settings of Baiying', ...schema }, undefined, 2)}\n`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** docs/settings.md. */
export function settingsPage(): string {
  const rows = fields.map((field) => {
    const fallback = field.default === undefined ? '' : `\`${yamlOf(field.default)}\``;
    const about = `${field.title}.${field.description === undefined ? '' : ` ${field.description}`}${field.secret ? ' Secret: never printed or logged.' : ''}`;
    return `| \`${field.path.join('.')}\` | ${field.env === undefined ? '' : `\`${field.env}\``} | ${cell(fallback)} | ${cell(field.wanted)} | ${cell(about)} |`;
  });
  return [
    '# Settings',
    '',
    'Made by `node scripts/generate.ts` from config/schema.ts: do not edit.',
    '',
    '`config/site.yaml` is read if present; the environment overrides it. An empty environment string counts as absent.',
    'Relative paths start at the folder in which the product is started. All faults are told at once, each with its path, and the',
    'process ends with exit code 2. `config/site.example.yaml` shows every setting; `config/site.schema.json` helps editors.',
    '',
    '| setting | environment | default | must be | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
