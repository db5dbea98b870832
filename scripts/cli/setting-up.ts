import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Client } from './client.ts';
import { Ends, exits, type Io } from './io.ts';

/** Finding devices and putting them into the register. */

interface Found {
  readonly urn: string;
  readonly driver: string;
  readonly addresses: readonly string[];
  readonly name?: string;
  readonly maker?: string;
  readonly model?: string;
  readonly via: string;
  readonly deviceId?: string;
}
interface Search {
  readonly items: readonly Found[];
  readonly troubles: readonly { readonly driver: string; readonly detail: string }[];
}

const shown = ({ maker, model, name, addresses, urn, deviceId }: Found, io: Io): string => {
  const what = [maker, model].filter((part) => part !== undefined).join(' ') || name || urn;
  const known = deviceId === undefined ? '' : io.t(`  registered as ${deviceId}`, `  已登记为 ${deviceId}`);
  return `${what}  ${addresses.join(' ')}${known}`;
};

/** Every device is told as soon as it answers, and all of them at the end. */
export async function discover(
  client: Client,
  io: Io,
  asked: { readonly seconds: number; readonly interfaces: readonly string[] },
): Promise<void> {
  const over = new AbortController();
  const told = new Set<string>();
  const hearing = client.events('baiying.device.found.v1', over.signal, (event) => {
    const { data } = event as { readonly data: Found };
    if (told.has(data.urn)) return;
    told.add(data.urn);
    io.progress(shown(data, io));
  });
  // Whoever may search may not everywhere hear events; the list at the end says it all.
  hearing.catch(() => undefined);
  io.progress(io.t(`searching the network for ${asked.seconds} s …`, `正在搜索网络，${asked.seconds} 秒……`));
  try {
    const body = { seconds: asked.seconds, ...(asked.interfaces.length === 0 ? {} : { interfaces: asked.interfaces }) };
    const { items, troubles } = await client.ask<Search>('POST', '/devices/discover', body);
    for (const { driver, detail } of troubles) io.progress(`${driver}: ${detail}`);
    const lines = items.map((item) => shown(item, io));
    io.result({ items, troubles }, [...lines, io.t(`${items.length} found`, `共找到 ${items.length} 台`)].join('\n'));
    if (items.length === 0 && troubles.length > 0) process.exitCode = exits.unwell;
  } finally {
    over.abort();
  }
}

export interface Registration {
  readonly kind: string;
  readonly id: string;
  readonly driver: string;
  readonly name?: string;
  readonly site?: string;
  readonly unit?: string;
  readonly location?: string;
  readonly settings: readonly string[];
}
interface Registered {
  readonly device: { readonly id: string };
  readonly secret: string;
}

export async function register(
  client: Client,
  io: Io,
  { kind, id, driver, name = id, site, unit, location, settings }: Registration,
): Promise<void> {
  const body = {
    ...{ id, kind, driver, name },
    ...(site === undefined ? {} : { siteId: site }),
    ...(unit === undefined ? {} : { unitId: unit }),
    ...(location === undefined ? {} : { location: pointOf(location, io) }),
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings.map((pair) => settingOf(pair, io))) }),
  };
  const made = await client.ask<Registered>('POST', '/devices', body);
  const once = io.t('it is shown this once', '仅显示这一次');
  io.result(
    made,
    io.t(`registered ${made.device.id}; secret (${once}): ${made.secret}`, `已登记 ${made.device.id}；密钥（${once}）：${made.secret}`),
  );
}

function pointOf(text: string, io: Io): { readonly lat: number; readonly lon: number } {
  const [lat = Number.NaN, lon = Number.NaN, ...more] = text.split(',').map(Number);
  if (more.length === 0 && Number.isFinite(lat) && Number.isFinite(lon)) return { lat, lon };
  throw new Ends(
    exits.askedWrongly,
    io.t(`--location: ${text} is not LAT,LON, for example 30.25,120.17`, `--location：${text} 不是“纬度,经度”，例如 30.25,120.17`),
  );
}

/** `name=value`; a value that reads as JSON is that, any other is text. */
function settingOf(pair: string, io: Io): [string, unknown] {
  const at = pair.indexOf('=');
  if (at < 1) throw new Ends(exits.askedWrongly, io.t(`--setting: ${pair} is not NAME=VALUE`, `--setting：${pair} 不是“名称=值”`));
  const value = pair.slice(at + 1);
  try {
    return [pair.slice(0, at), JSON.parse(value)];
  } catch (error) {
    if (error instanceof SyntaxError) return [pair.slice(0, at), value];
    throw error;
  }
}

/** All rows or none. The secrets go to a file that only its owner can read, or are printed. */
export async function importSheet(client: Client, io: Io, file: string, secretsFile: string | undefined): Promise<void> {
  const sheet = await readFile(file);
  io.progress(io.t(`registering the rows of ${basename(file)} …`, `正在登记 ${basename(file)} 的各行……`));
  const { created, items } = await client.send<{ created: number; items: readonly Registered[] }>(
    '/devices/import',
    'text/csv',
    new Uint8Array(sheet),
  );
  const rows = ['id,secret', ...items.map(({ device, secret }) => `${device.id},${secret}`)].join('\n');
  if (secretsFile === undefined) return io.result({ created, items }, rows);
  await writeFile(secretsFile, `${rows}\n`, { mode: 0o600, flag: 'wx' });
  io.result(
    { created, secrets: secretsFile },
    io.t(`${created} registered; their secrets are in ${secretsFile}`, `已登记 ${created} 台；密钥在 ${secretsFile}`),
  );
}
