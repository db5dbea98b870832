import { resolve } from 'node:path';
import { z } from 'zod';
import {
  dispositions,
  type EffectReason,
  type EntryKind,
  escalationSteps,
  findingCodes,
  incidentKinds,
  orderStates,
  signalTypes,
  type Told,
} from '../../services/alarm/index.ts';
import type { Also, Language, Why, Wording } from '../../services/words.ts';
import { type ConfigFault, dotted, SettingsFault } from '../faults.ts';
import { faultsOf, readYaml } from '../yaml.ts';

/** Every member of a union that exists as a type only; one that is missing or too many fails to compile. */
const every = <T extends string>(names: Record<T, true>): T[] => Object.keys(names) as T[];

const entryKinds = every<EntryKind>({
  opened: true,
  signal: true,
  raised: true,
  confirmed: true,
  linked: true,
  acknowledged: true,
  taken: true,
  'handed-on': true,
  step: true,
  escalated: true,
  ordered: true,
  order: true,
  broadcast: true,
  camera: true,
  loudspeaker: true,
  note: true,
  closed: true,
});
const told = every<Told>({ desk: true, 'duty-leader': true, supervisor: true, 'bureau-desk': true });
const also = every<Also>({
  silent: true,
  confirmed: true,
  because: true,
  note: true,
  late: true,
  distance: true,
  circle: true,
  engaged: true,
  asked: true,
  'instead-bearer': true,
  'instead-unit': true,
  missing: true,
  list: true,
  address: true,
  exercise: true,
  'unknown-unit': true,
  'unknown-place': true,
  'first-orders': true,
  coordinates: true,
  what: true,
  proof: true,
  'instead-of': true,
  override: true,
  consented: true,
});
const reasons = every<EffectReason>({
  'press-emergency': true,
  'press-assist': true,
  'press-duress': true,
  'officer-calls-for-help': true,
  'message-cannot-be-read': true,
  'wired-key-active': true,
  'analytics-alarm': true,
  'device-opened-or-covered': true,
  'device-unheard': true,
  'battery-low': true,
  'picture-lost': true,
  'device-heard-again': true,
  'ends-an-activity': true,
  'key-released': true,
  'walk-test': true,
  'answer-of-a-unit': true,
  'report-of-a-loudspeaker': true,
  'information-only': true,
  'repeat-of-one-device': true,
  'grade-raised-by-one-device': true,
  'first-of-its-device': true,
  'another-device-of-the-site': true,
  'same-site-within-window': true,
  'confirmed-by-second-sensor': true,
  'informs-open-incident-of-site': true,
  'ends-silence': true,
  'belongs-to-nothing-open': true,
  climbed: true,
  'rung-already-passed': true,
  'answered-after-its-end': true,
  'answer-to-a-cancelled-order': true,
  'fresh-position': true,
  'stale-position': true,
  'no-position': true,
  'community-officer': true,
  'duty-leader': true,
  'named-by-operator': true,
  'seen-by-operator': true,
  'asked-by-operator': true,
  'nobody-answered-in-time': true,
  'answered-then-forgotten': true,
  'unit-silent': true,
  'unit-has-not-accepted': true,
  'unit-declined': true,
  'bearer-failed': true,
  'no-bearer-left': true,
  'order-expired': true,
  'order-withdrawn': true,
  'no-unit-available': true,
  'incident-closed': true,
  'already-so': true,
  'sounded-again': true,
  'two-sensors-agree': true,
  'taken-up': true,
  'taken-over': true,
  'offer-accepted': true,
  'offer-withdrawn': true,
  'step-done': true,
  'step-undone': true,
  'handed-to-12345': true,
  'is-the-source': true,
  'bound-by-installer': true,
  'at-the-site': true,
  'looks-at-the-scene': true,
  nearest: true,
  'camera-turned': true,
  'camera-held': true,
  'camera-kept-still': true,
  'camera-not-turned': true,
  'picture-attached': true,
  'picture-missing': true,
  'clip-attached': true,
  'clip-missing': true,
  'disk-nearly-full': true,
  'loudspeaker-heard': true,
  'loudspeaker-played': true,
  'loudspeaker-sent': true,
  'loudspeaker-failed': true,
  'loudspeaker-failed-over': true,
  'loudspeaker-stopped': true,
});

const whys = every<Why>({
  'not-heard': true,
  expired: true,
  'cut-off': true,
  'end-unknown': true,
  'incident-silent': true,
  'not-implemented': true,
  'device-removed': true,
  'settings-invalid': true,
  'driver-error': true,
  'process-stopping': true,
});

const said = z.string().min(1);
const book = <const T extends readonly string[]>(names: T) => {
  const shape = Object.fromEntries(names.map((name) => [name, said])) as Record<T[number], typeof said>;
  return z.strictObject(shape);
};

export const wordingSchema = z.strictObject({
  entries: book(entryKinds),
  reasons: book(reasons),
  also: book(also),
  kinds: book(incidentKinds),
  priorities: book(['1', '2', '3', '4']),
  signals: book(signalTypes),
  states: book(orderStates),
  steps: book(escalationSteps),
  told: book(told),
  dispositions: book(dispositions),
  whys: book(whys),
  findings: book(findingCodes),
  remedies: book(findingCodes),
  orders: book([...incidentKinds, 'other']),
  phrases: z.record(z.string().regex(/^[a-z0-9-]{1,64}$/, 'lower-case letters, digits and hyphens'), said),
}) satisfies z.ZodType<Wording>;

const languages = ['zh', 'en'] as const satisfies readonly Language[];

/**
 * The wording of both languages. Both must have the same keys, and each text the same placeholders in both.
 * @param folder holds zh.yaml and en.yaml; by default the product's own
 * @throws SettingsFault with every fault of both files
 */
export function loadPhrases(folder?: string): Record<Language, Wording> {
  if (folder !== undefined) return readPhrases(folder);
  own ??= readPhrases(import.meta.dirname);
  return own;
}

/** Looked at with the settings, and used when these are sound: reading it again would cost a tenth of a start. */
let own: Record<Language, Wording> | undefined;

function readPhrases(folder: string): Record<Language, Wording> {
  const [zh, en] = languages.map((language) => read(resolve(folder, `${language}.yaml`)));
  const faults = [...(zh?.faults ?? []), ...(en?.faults ?? [])];
  if (!zh?.value || !en?.value) throw new SettingsFault(faults);
  const apart = compare(zh.value, en.value, resolve(folder, 'en.yaml'));
  if (apart.length > 0) throw new SettingsFault(apart);
  return { zh: zh.value, en: en.value };
}

function read(file: string): { value?: Wording; faults: readonly ConfigFault[] } {
  const yaml = readYaml(file, file);
  if (yaml.faults.length > 0) return { faults: yaml.faults };
  const parsed = wordingSchema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data, faults: [] };
  return { faults: faultsOf(parsed.error.issues, file, yaml.lineOf, keysOf) };
}

function keysOf(path: readonly PropertyKey[]): readonly string[] {
  const [section] = path;
  if (section === undefined) return Object.keys(wordingSchema.shape);
  const below: unknown = wordingSchema.shape[section as keyof typeof wordingSchema.shape];
  return below instanceof z.ZodObject ? Object.keys(below.shape) : [];
}

/** Texts of a wording by dotted path. */
export function textsOf(wording: Wording): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(wording).flatMap(([section, texts]) =>
      Object.entries<string>(texts).map(([key, text]) => [dotted([section, key]), text] as const),
    ),
  );
}

/** The names in braces, sorted. */
export const placeholdersOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''))].sort();

function compare(zh: Wording, en: Wording, file: string): ConfigFault[] {
  const left = textsOf(zh);
  const right = textsOf(en);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((path) => {
    const a = left.get(path);
    const b = right.get(path);
    if (a === undefined || b === undefined)
      return [{ path, file, wrong: `stands in ${a === undefined ? 'en.yaml' : 'zh.yaml'} only`, wanted: 'a text in both languages' }];
    const same = placeholdersOf(a).join() === placeholdersOf(b).join();
    return same
      ? []
      : [
          {
            path,
            file,
            wrong: `has {${placeholdersOf(b).join('} {')}} where zh.yaml has {${placeholdersOf(a).join('} {')}}`,
            wanted: 'the same placeholders in both languages',
          },
        ];
  });
}
