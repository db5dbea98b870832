import type {
  Disposition,
  EffectReason,
  Entry,
  EntryKind,
  EscalationStep,
  Finding,
  FindingCode,
  IncidentKind,
  OrderState,
  Priority,
  SignalType,
  Told,
} from './alarm/index.ts';

/**
 * The product's words for people: the timeline, the text on an officer's radio, what loudspeakers say. Pure; the words
 * themselves stand in config/phrases. `{name}` in a template is replaced; a placeholder without a value leaves nothing.
 */
export type Language = 'zh' | 'en';

/** All wording of one language. */
export interface Wording {
  readonly entries: Readonly<Record<EntryKind, string>>;
  readonly reasons: Readonly<Record<EffectReason, string>>;
  /** Parts that are only said when there is something to say. */
  readonly also: Readonly<Record<Also, string>>;
  readonly kinds: Readonly<Record<IncidentKind, string>>;
  readonly priorities: Readonly<Record<`${Priority}`, string>>;
  readonly signals: Readonly<Record<SignalType, string>>;
  readonly states: Readonly<Record<OrderState, string>>;
  readonly steps: Readonly<Record<EscalationStep, string>>;
  readonly told: Readonly<Record<Told, string>>;
  readonly dispositions: Readonly<Record<Disposition, string>>;
  /** Why a loudspeaker failed, where it is one of ours; what a device said itself is shown as it is. */
  readonly whys: Readonly<Record<Why, string>>;
  /** What the alarm doctor finds, and what to do about it. */
  readonly findings: Readonly<Record<FindingCode, string>>;
  readonly remedies: Readonly<Record<FindingCode, string>>;
  /** Text of an order by incident kind; `other` is for kinds that the station named itself. */
  readonly orders: Readonly<Record<IncidentKind | 'other', string>>;
  /** What loudspeakers say, by phrase id. */
  readonly phrases: Readonly<Record<string, string>>;
}
export type Why =
  | 'not-heard'
  | 'expired'
  | 'cut-off'
  | 'end-unknown'
  | 'incident-silent'
  | 'not-implemented'
  | 'device-removed'
  | 'settings-invalid'
  | 'driver-error'
  | 'process-stopping';
export type Also =
  | 'silent'
  | 'confirmed'
  | 'because'
  | 'note'
  | 'late'
  | 'distance'
  | 'circle'
  | 'engaged'
  | 'asked'
  | 'instead-bearer'
  | 'instead-unit'
  | 'missing'
  | 'list'
  | 'address'
  | 'exercise'
  | 'unknown-unit'
  | 'unknown-place'
  | 'first-orders'
  | 'coordinates'
  | 'what'
  | 'proof'
  | 'instead-of'
  | 'override'
  | 'consented';

/** Names of the register by id; an id without a name is shown as it is. */
export interface Names {
  readonly units: ReadonlyMap<string, string>;
  readonly devices: ReadonlyMap<string, string>;
}

export interface OrderWords {
  readonly kind: string;
  readonly exercise: boolean;
  readonly number?: number;
  readonly site?: { readonly name: string; readonly address: string };
  /** Degrees, WGS-84; said only where there is no site. */
  readonly location?: { readonly lat: number; readonly lon: number };
  /** What happened where, for example the name of the key that was pressed. */
  readonly what?: string;
  /** An operator's own text; it replaces what the kind would say. */
  readonly text?: string;
}

export interface Words {
  /** A line of the timeline. */
  entry(entry: Entry, names: Names): string;
  /** The text of an order, short enough for a radio's screen. */
  order(order: OrderWords): string;
  /** What the desk reads of units that were sent while the record was away. */
  firstOrders(units: readonly string[]): string;
  /** What a loudspeaker says; undefined when there is no phrase of that id. */
  phrase(id: string): string | undefined;
  /** Ids of all phrases, in the order of the file. */
  phraseIds(): readonly string[];
  /** What is done at a level of the escalation. */
  step(step: EscalationStep): string;
  /** An incident's kind; a kind that the station named itself is its own word. */
  kind(kind: string): string;
  /** What the alarm doctor found, and what to do. */
  finding(finding: Finding): { readonly text: string; readonly do: string };
  /** A call up the ladder, for the screen of whoever is told. */
  told(whom: Told, incident: { readonly kind: string; readonly number: number; readonly exercise: boolean }): string;
}

/** Every placeholder that some text may use. */
export const placeholdersFilled = [
  'missing',
  'units',
  'by',
  'unit',
  'kind',
  'what',
  'state',
  'disposition',
  'priority',
  'from',
  'to',
  'number',
  'level',
  'loudspeakers',
  'text',
  'why',
  'steps',
  'note',
  'silent',
  'confirmed',
  'late',
  'seconds',
  'distance',
  'metres',
  'circle',
  'minutes',
  'engaged',
  'asked',
  'instead',
  'reason',
  'because',
  'place',
  'address',
  'lat',
  'lon',
  'proof',
  'ear',
  'confidence',
  'insteadof',
  'neighbour',
  'since',
  'times',
  'detail',
  'percent',
  'device',
  'holder',
  'person',
  'step',
  'override',
  'consented',
] as const;
type Placeholder = (typeof placeholdersFilled)[number];
type Values = Readonly<Partial<Record<Placeholder, string>>>;

/** @param timeZone of the moments that a text names; the machine's own where none is given */
export function words(language: Language, phrases: Readonly<Record<Language, Wording>>, timeZone?: string): Words {
  const wording = phrases[language];
  const kind = (name: string) => lookUp(wording.kinds, name) ?? name;
  const exercise = (on: boolean) => (on ? wording.also.exercise : '');
  return {
    entry: (entry, names) => fill(wording.entries[entry.kind], valuesOf(entry, names, wording, language)),
    order: (order) => exercise(order.exercise) + (order.text ?? orderText(order, wording)),
    firstOrders: (units) => fill(wording.also['first-orders'], { units: units.join(wording.also.list) }),
    phrase: (id) => lookUp(wording.phrases, id),
    phraseIds: () => Object.keys(wording.phrases),
    step: (step) => wording.steps[step],
    kind,
    finding: ({ code, data }) => {
      const shown = (name: string, value: unknown) => (name === 'since' ? moment(String(value), language, timeZone) : String(value));
      const values = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, shown(name, value)]));
      return { text: fill(wording.findings[code], values), do: fill(wording.remedies[code], values) };
    },
    told: (whom, incident) =>
      exercise(incident.exercise) + fill(wording.told[whom], { kind: kind(incident.kind), number: String(incident.number) }),
  };
}

/** Of RFC 3339, as people write it. */
const moment = (at: string, language: Language, timeZone?: string): string =>
  new Date(at).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone,
    hourCycle: 'h23',
    dateStyle: 'medium',
    timeStyle: 'medium',
  });

/** Puts values into a template. */
export const fill = (template: string, values: Values): string =>
  template.replaceAll(/\{([a-z]+)\}/g, (_whole, name: string) => lookUp(values, name) ?? '');

const lookUp = (book: Readonly<Record<string, string | undefined>>, key: string): string | undefined =>
  Object.hasOwn(book, key) ? book[key] : undefined;

function valuesOf({ kind, reason, by, data }: Entry, names: Names, wording: Wording, language: Language): Values {
  const unitId = text(data['unitId']);
  const who = by === undefined ? '' : (names.devices.get(by) ?? names.units.get(by) ?? by);
  const plain = {
    by: who,
    unit: unitId === undefined ? wording.also['unknown-unit'] : (names.units.get(unitId) ?? unitId),
    kind: named(wording.kinds, data['kind']),
    what: named(wording.signals, data['what']),
    state: named(wording.states, data['state']),
    disposition: named(wording.dispositions, data['disposition']),
    priority: named(wording.priorities, data['priority']),
    from: named(wording.priorities, data['from']),
    to: named(wording.priorities, data['to']),
    number: text(data['number']) ?? '',
    level: text(data['level']) ?? '',
    loudspeakers: text(data['loudspeakers']) ?? '',
    text: text(data['text']) ?? '',
    why: named(wording.whys, data['why']),
    neighbour: deviceNamed(data['neighbour'], names),
    steps: stepsOf(data['steps'], wording),
    step: text(Object(data['step'])[language]) ?? '',
    holder: text(data['holder']) ?? '',
    person: text(data['person']) ?? '',
    override: also(wording, 'override', 'why', data['override']),
    consented: also(wording, 'consented', 'person', data['consentedBy']),
  };
  const parts = {
    ...plain,
    note: kind === 'note' ? (text(data['note']) ?? '') : also(wording, 'note', 'note', data['note']),
    ...fragments(data, who, names, wording),
  };
  const because = reason === undefined ? '' : fill(wording.reasons[reason], parts);
  return { ...parts, reason: because, because: because === '' ? '' : fill(wording.also.because, { reason: because }) };
}

/** The parts of a line that depend on what is known. */
function fragments(data: Entry['data'], who: string, names: Names, wording: Wording): Values {
  const late = typeof data['lateMs'] === 'number' && data['lateMs'] >= 1000 ? Math.round(data['lateMs'] / 1000) : undefined;
  return {
    silent: data['silent'] === true ? wording.also.silent : '',
    confirmed: data['confirmed'] === true ? wording.also.confirmed : '',
    late: also(wording, 'late', 'seconds', late),
    distance: also(wording, 'distance', 'metres', data['distance']),
    circle: also(wording, 'circle', 'minutes', data['circle']),
    engaged: also(wording, 'engaged', 'number', data['engagedOn']),
    asked: also(wording, 'asked', 'by', who === '' ? undefined : who),
    instead: instead(data['wanted'], wording),
    missing: also(wording, 'missing', 'units', data['missing']),
    ...proved(data, names, wording),
  };
}

/** What a loudspeaker's microphone proved, and for which loudspeaker it stood in. */
function proved(data: Entry['data'], names: Names, wording: Wording): Values {
  const { ear, confidence } = data;
  const sure = typeof confidence === 'number' ? String(Math.round(confidence * 100)) : undefined;
  const neighbour = deviceNamed(data['insteadOf'], names);
  return {
    proof: sure === undefined ? '' : fill(wording.also.proof, { ear: deviceNamed(ear, names), confidence: sure }),
    insteadof: also(wording, 'instead-of', 'neighbour', neighbour),
  };
}

const deviceNamed = (id: unknown, names: Names): string => {
  const known = text(id) ?? '';
  return names.devices.get(known) ?? known;
};

function instead(wanted: unknown, wording: Wording): string {
  if (wanted === 'try-next-bearer') return wording.also['instead-bearer'];
  return wanted === 'try-next-unit' ? wording.also['instead-unit'] : '';
}

function also(wording: Wording, part: Also, name: Placeholder, value: unknown): string {
  const said = text(value);
  return said === undefined || said === '' ? '' : fill(wording.also[part], { [name]: said });
}

const stepsOf = (steps: unknown, wording: Wording): string =>
  Array.isArray(steps) ? steps.map((step: unknown) => named(wording.steps, step)).join(wording.also.list) : '';

/** A word of the record in the reader's language; a word that has none is shown as it stands. */
function named(book: Readonly<Record<string, string>>, value: unknown): string {
  const key = text(value) ?? '';
  return lookUp(book, key) ?? key;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

function orderText(order: OrderWords, wording: Wording): string {
  const template = lookUp(wording.orders, order.kind) ?? wording.orders.other;
  return fill(template, {
    kind: named(wording.kinds, order.kind),
    place: placeOf(order, wording),
    what: also(wording, 'what', 'what', order.what),
    number: text(order.number) ?? '',
  });
}

function placeOf({ site, location }: OrderWords, wording: Wording): string {
  if (site) return site.name + also(wording, 'address', 'address', site.address);
  if (!location) return wording.also['unknown-place'];
  return fill(wording.also.coordinates, { lat: location.lat.toFixed(5), lon: location.lon.toFixed(5) });
}
