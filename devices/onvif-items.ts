import { localName } from './onvif-topics.ts';

/** The values in an ONVIF event: logical ones in all the spellings of cameras, and what kind of thing was seen. */

export type Items = Readonly<Record<string, unknown>>;

/** Items that hold the state of a property, by local name in lower case. `ObjectId: "1"` is a name, not a state. */
const stateNames: ReadonlySet<string> = new Set([
  'active',
  'alert',
  'day',
  'failed',
  'is_moving',
  'logicalstate',
  'motion',
  'sound',
  'state',
  'tampering',
  'triggered',
]);

/** `IsMotion`, `IsInside`, `IsSoundDetected` and whatever else a maker asks. */
const isQuestion = (name: string): boolean => name.length > 2 && name.slice(0, 2).toLowerCase() === 'is';

const words: Readonly<Record<string, boolean>> = { true: true, active: true, on: true, false: false, inactive: false, off: false };
const digits: Readonly<Record<string, boolean>> = { '1': true, '0': false };
const wordsAndDigits: Readonly<Record<string, boolean>> = { ...words, ...digits };

/** Cameras write a logical value with or without quotes, as a digit, or as a word. */
export function readLogical(value: unknown, table: Readonly<Record<string, boolean>> = wordsAndDigits): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim().toLowerCase();
  return Object.hasOwn(table, text) ? table[text] : undefined;
}

/** The named state item; else the only item, when it is a logical word (a lone digit may be an id or a count). */
export function stateOf(data: Items): boolean | undefined {
  const items = Object.entries(data);
  for (const [name, value] of items) {
    const local = localName(name);
    const state = stateNames.has(local.toLowerCase()) || isQuestion(local) ? readLogical(value) : undefined;
    if (state !== undefined) return state;
  }
  return items.length === 1 ? readLogical(items[0]?.[1], words) : undefined;
}

/** Makers' words for what was seen. */
const classWords: Readonly<Record<string, string>> = {
  human: 'person',
  person: 'person',
  people: 'person',
  face: 'face',
  vehicle: 'vehicle',
  car: 'vehicle',
  truck: 'vehicle',
  bus: 'vehicle',
  motorcycle: 'vehicle',
  bike: 'bike',
  bicycle: 'bike',
  animal: 'animal',
  pet: 'animal',
  dog: 'animal',
  cat: 'animal',
  licenseplate: 'plate',
  bag: 'bag',
};

const classNames: ReadonlySet<string> = new Set(['classtypes', 'classtype', 'class', 'objecttype', 'objecttypes', 'type']);

const known = (word: string): string | undefined => {
  const text = word.trim().toLowerCase();
  return Object.hasOwn(classWords, text) ? classWords[text] : undefined;
};

/** What was seen, where the items say it: by a list of classes (Axis) or by the name of a question (`IsPet`, Tapo). */
export function classesOf(data: Items): string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(data)) {
    const local = localName(name);
    const asked = isQuestion(local) && readLogical(value) === true ? [local.slice(2)] : [];
    const listed = classNames.has(local.toLowerCase()) && typeof value === 'string' ? value.split(/[\s,;]+/) : [];
    for (const word of [...asked, ...listed]) {
      const kind = known(word);
      if (kind !== undefined) found.add(kind);
    }
  }
  return [...found];
}
