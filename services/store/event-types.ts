import { orderStates } from '../alarm/index.ts';

/** What can be told of each thing, as `baiying.<noun>.<verb>.v1`; all of it is kept, so that a listener can go on where it was. */
const kept = {
  incident: ['opened', 'acknowledged', 'taken', 'handed-on', 'dispatched', 'arrived', 'changed', 'closed', 'sounded', 'escalated'],
  order: ['issued', ...orderStates],
  broadcast: [
    ...['awaiting-consent', 'consented', 'refused', 'lapsed'],
    ...['requested', 'queued', 'sent', 'playing', 'played', 'heard', 'failed', 'stopped', 'rerouted'],
  ],
  camera: ['fault', 'recovered', 'held'],
  device: ['found', 'kept-out'],
  'device-adoption': ['step'],
  'device-test': ['step'],
  round: ['due', 'begun', 'looked', 'done', 'abandoned', 'missed'],
  handover: ['signed'],
  webhook: ['dead', 'deactivated'],
  worker: ['silent', 'back'],
} as const;

/** What is worth nothing a moment later: told to whoever listens, kept nowhere. */
const passing = { unit: ['moved'], register: ['changed'], record: ['away', 'back'] } as const;

type TypesOf<Verbs extends Readonly<Record<string, readonly string[]>>> = {
  [Noun in keyof Verbs & string]: `baiying.${Noun}.${Verbs[Noun][number]}.v1`;
}[keyof Verbs & string];

export type EventType = TypesOf<typeof kept>;
export type PassingType = TypesOf<typeof passing>;

const typesOf = (verbs: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.entries(verbs).flatMap(([noun, each]) => each.map((verb) => `baiying.${noun}.${verb}.v1`));

export const eventTypes = typesOf(kept) as readonly EventType[];
export const passingTypes = typesOf(passing) as readonly PassingType[];

/** Whether a type is among those asked for: each is a prefix, with or without `baiying.`; `*` is all. */
export function wants(types: readonly string[], type: string): boolean {
  return types.some((prefix) => prefix === '*' || type.startsWith(prefix) || type.startsWith(`baiying.${prefix}`));
}

/** What is wrong with asking for a prefix; undefined where some type begins so. */
export function neverTold(prefix: string, among: readonly string[]): string | undefined {
  if (prefix !== '' && among.some((type) => wants([prefix], type))) return undefined;
  const nouns = new Set(among.map((type) => type.slice('baiying.'.length, type.indexOf('.', 'baiying.'.length) + 1)));
  return `no type of event begins with '${prefix}'; use * or the start of one: ${[...nouns].join(', ')}`;
}
