import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkTogether } from './check.ts';
import { type ConfigFault, dotted, SettingsFault } from './faults.ts';
import { type Field, fields, keysBelow } from './fields.ts';
import { type Settings, settingsSchema } from './schema.ts';
import { readYaml, split, unknownKey, type YamlFile } from './yaml.ts';

export { type ConfigFault, describeFaults, SettingsFault } from './faults.ts';

export interface Source {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here; so does the look-out for config/site.yaml. */
  readonly cwd: string;
  /** A settings file that must be there, instead of config/site.yaml, which may be absent. */
  readonly file?: string;
}

type Tree = { [key: string]: unknown };

/** What was given, before the schema saw it, and where each part of it came from. */
interface Given {
  readonly tree: Tree;
  readonly fromEnv: ReadonlySet<string>;
  readonly shown: string;
  readonly lineOf: YamlFile['lineOf'];
  readonly faults: ConfigFault[];
}

const siteFile = 'config/site.yaml';
/** The policies that come with the product; they stay found when it is started from another folder. */
const home = resolve(import.meta.dirname, '..');

/**
 * The settings: config/site.yaml where present, overridden by the environment, then defaults. An empty environment
 * string and an empty YAML value count as absent. Paths come back absolute.
 * @throws SettingsFault with every fault of the file, the environment and the policy files it names
 */
export function loadSettings(source: Source): { settings: Settings } {
  const given = gather(source);
  const { settings, faulty } = parse(given);
  const absolute = settings && resolvePaths(settings, source.cwd, given);
  if (absolute) {
    const where = (path: string): ConfigFault => ({ wrong: '', wanted: '', ...placeOf(path.split('.'), given) });
    given.faults.push(
      ...checkTogether(absolute, faulty).map((fault) => ({ ...(fault.file === undefined ? where(fault.path) : {}), ...fault })),
    );
  }
  if (given.faults.length > 0 || !absolute) throw new SettingsFault(given.faults);
  return { settings: absolute };
}

function gather(source: Source): Given {
  const shown = source.file ?? siteFile;
  const path = resolve(source.cwd, shown);
  const absent = source.file === undefined && !existsSync(path);
  const file: YamlFile = absent ? { value: undefined, faults: [], lineOf: () => undefined } : readYaml(path, shown);
  const faults = [...file.faults];
  const tree: Tree = {};
  if (isTree(file.value)) Object.assign(tree, withoutEmpty(file.value));
  else if (file.value !== undefined && file.value !== null)
    faults.push({ path: '', file: shown, wrong: 'is not a list of "key: value" lines', wanted: 'a YAML mapping' });
  const fromEnv = new Set<string>();
  for (const field of fields) {
    const value = field.env === undefined ? undefined : source.env[field.env];
    if (value === undefined || value === '') continue;
    put(tree, field.path, value);
    fromEnv.add(dotted(field.path));
  }
  return { tree, fromEnv, shown, lineOf: file.lineOf, faults };
}

/** The schema's verdict. Faulty parts are named, then left out, so that what is right can still be checked together. */
function parse(given: Given): { settings?: Settings; faulty: ReadonlySet<string> } {
  const faulty = new Set<string>();
  const refuse = (path: readonly string[], fault: Pick<ConfigFault, 'wrong' | 'wanted'>): void => {
    faulty.add(dotted(path));
    given.faults.push({ ...placeOf(path, given), ...fault });
    drop(given.tree, path);
  };
  for (const field of fields) {
    if (field.type === 'number' && !isWhole(at(given.tree, field.path)))
      refuse(field.path, { wrong: notNumber(field, at(given.tree, field.path)), wanted: field.wanted });
  }
  const first = settingsSchema.safeParse(given.tree);
  if (first.success) return { settings: first.data, faulty };
  for (const issue of first.error.issues) {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) refuse([...path, key], unknownKey(key, keysBelow(path)));
    else refuse(settingOf(path), wordsFor(issue, fieldAt(path), at(given.tree, path)));
  }
  const second = settingsSchema.safeParse(given.tree);
  return second.success ? { settings: second.data, faulty } : { faulty };
}

function wordsFor(issue: Parameters<typeof split>[0], field: Field | undefined, value: unknown): { wrong: string; wanted: string } {
  const { wrong, wanted } = split(issue);
  const shown = field?.secret || typeof value === 'object' || value === undefined ? '' : `${JSON.stringify(value)} `;
  return { wrong: `${shown}${wrong}`, wanted: field && issue.path.length === field.path.length ? field.wanted : wanted };
}

function placeOf(path: readonly string[], given: Given): Pick<ConfigFault, 'path' | 'env' | 'file' | 'line'> {
  const env = fieldAt(path)?.env;
  const line = given.fromEnv.has(dotted(path)) ? undefined : given.lineOf(path);
  return { path: dotted(path), ...(env === undefined ? {} : { env }), ...(line === undefined ? {} : { file: given.shown, line }) };
}

const fieldAt = (path: readonly string[]): Field | undefined =>
  fields.find((field) => field.path.every((part, index) => path[index] === part));
/** The setting that a fault deep inside a list belongs to. */
const settingOf = (path: readonly string[]): readonly string[] => fieldAt(path)?.path ?? path;

/** Digits only: `Number` would also take `0x50`, `true` and a blank. */
const isWhole = (value: unknown): boolean =>
  value === undefined || typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
const notNumber = (field: Field, value: unknown): string =>
  field.secret ? 'is not a whole number' : `${JSON.stringify(value)} is not a whole number`;

function resolvePaths(settings: Settings, cwd: string, given: Given): Settings {
  const policy = (name: 'sorting' | 'escalation') =>
    resolve(at(given.tree, ['policies', name]) === undefined ? home : cwd, settings.policies[name]);
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path));
  const tlsCert = absolute(settings.tlsCert);
  const tlsKey = absolute(settings.tlsKey);
  const ca = absolute(settings.join.ca);
  const deviceCa = absolute(settings.deviceCa);
  const deviceCrl = absolute(settings.deviceCrl);
  return {
    ...settings,
    join: { ...settings.join, ...(ca === undefined ? {} : { ca }) },
    data: resolve(cwd, settings.data),
    policies: { sorting: policy('sorting'), escalation: policy('escalation') },
    ...(tlsCert === undefined ? {} : { tlsCert }),
    ...(tlsKey === undefined ? {} : { tlsKey }),
    ...(deviceCa === undefined ? {} : { deviceCa }),
    ...(deviceCrl === undefined ? {} : { deviceCrl }),
  };
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys with nothing behind them, as left over when a value is commented out. */
const withoutEmpty = (tree: Tree): Tree =>
  Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => (value === null ? [] : [[key, isTree(value) ? withoutEmpty(value) : value]])),
  );

function at(tree: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isTree(value) ? value[key] : undefined), tree);
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const below = tree[key];
  const branch = isTree(below) ? below : {};
  tree[key] = branch;
  put(branch, rest, value);
}

function drop(tree: Tree, path: readonly string[]): void {
  const holder = at(tree, path.slice(0, -1));
  const key = path.at(-1);
  if (isTree(holder) && key !== undefined) delete holder[key];
}
