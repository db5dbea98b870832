import type { Fact } from '../../driver.ts';
import { classesOf, stateOf } from '../../onvif-items.ts';
import { factTypeOf, type Sense, senseOf, topicNames } from '../../onvif-topics.ts';
import { child, childrenOf, each, type XmlElement } from '../../xml.ts';
import { readInstant } from './soap.ts';

/** ONVIF notification messages to facts: WS-BaseNotification, PullMessages answers and metadata streams. Pure. */

export type Operation = 'Initialized' | 'Changed' | 'Deleted';

export interface CameraEvent {
  /** As the camera writes it, without blanks around. */
  readonly topic: string;
  readonly sense: Sense | undefined;
  /** Absent where the event is no property, and where old firmware leaves it out. */
  readonly operation?: Operation;
  /** As the camera writes it; information only, since cameras have been seen in 1970 and an hour ahead. */
  readonly utc?: string;
  readonly source: Readonly<Record<string, string>>;
  readonly key: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
  /** Names of items that hold XML instead of a value, such as the corners of a line. */
  readonly elements: readonly string[];
  /** `state` goes on until told otherwise, `pulse` is over at once, `info` asks nothing. */
  readonly kind: 'state' | 'pulse' | 'info';
  /** Only of kind `state`. */
  readonly active?: boolean;
  /** What was seen, where the items say it. */
  readonly classes: readonly string[];
}

/** One notification, or why it tells nothing: the rest of its batch is not worth less. */
export type Notification = { readonly event: CameraEvent } | { readonly skipped: string };

const operations: ReadonlySet<string> = new Set(['Initialized', 'Changed', 'Deleted'] satisfies Operation[]);
const isOperation = (text: string | undefined): text is Operation => text !== undefined && operations.has(text);

/** Every notification in an answer, in its order. `root` may be any element around them. */
export const readNotifications = (root: XmlElement): Notification[] => [...each(root, 'NotificationMessage')].map(readNotification);

function readNotification(element: XmlElement): Notification {
  const topic = childrenOf(element, 'Topic')
    .map(({ text }) => text.trim())
    .find((text) => text !== '');
  if (topic === undefined) return { skipped: 'no topic' };
  const message = child(child(element, 'Message'), 'Message');
  if (!message) return { skipped: 'no message' };
  return { event: eventOf(topic, message) };
}

function eventOf(topic: string, message: XmlElement): CameraEvent {
  const { PropertyOperation: operation, UtcTime: utc } = message.attributes;
  const data = itemsIn(message, 'Data');
  const sense = senseOf(topic);
  const deleted = operation === 'Deleted';
  const active = deleted ? false : stateOf(data);
  return {
    topic,
    sense,
    ...(isOperation(operation) ? { operation } : {}),
    ...(utc === undefined ? {} : { utc }),
    source: itemsIn(message, 'Source'),
    key: itemsIn(message, 'Key'),
    data,
    elements: ['Source', 'Key', 'Data'].flatMap((part) => namesIn(message, part)),
    ...kindOf(sense, active),
    classes: classesOf(data),
  };
}

function kindOf(sense: Sense | undefined, active: boolean | undefined): Pick<CameraEvent, 'kind' | 'active'> {
  if (sense === 'monitoring' || sense === 'counter') return { kind: 'info' };
  return active === undefined ? { kind: 'pulse' } : { kind: 'state', active };
}

/** What one event may put into the record. */
const mostItems = 50;
const longest = 500;

function itemsIn(message: XmlElement, part: string): Record<string, string> {
  const items: Record<string, string> = {};
  for (const { attributes } of childrenOf(child(message, part), 'SimpleItem').slice(0, mostItems)) {
    const name = attributes['Name'];
    if (name !== undefined && name !== '__proto__') items[name.slice(0, longest)] = attributes['Value']?.slice(0, longest) ?? '';
  }
  return items;
}

const namesIn = (message: XmlElement, part: string): string[] =>
  childrenOf(child(message, part), 'ElementItem').flatMap(({ attributes }) => attributes['Name'] ?? []);

/** Told without a state by those rules that see a moment and not a stay: the event itself is the news. */
const pulses: ReadonlySet<Sense> = new Set([
  'line-crossing',
  'intrusion',
  'loitering',
  'object',
  'person',
  'face',
  'vehicle',
  'animal',
  'plate',
  'duress',
]);

/**
 * The fact of an event, undefined when it calls for nobody. A wired key of which nothing can be read is a fact `unparsed`,
 * as it is with every other key.
 */
export function factOf(event: CameraEvent): Fact | undefined {
  const type = event.sense && factTypeOf(event.sense);
  if (event.sense === undefined || type === undefined || event.kind === 'info') return undefined;
  const active = event.active ?? (pulses.has(event.sense) ? event.operation !== 'Initialized' : undefined);
  const data = dataOf(event, event.sense);
  const kept = event.operation === 'Initialized' ? ({ retained: true } as const) : {};
  if (active === undefined)
    return type === 'digital-input'
      ? { type: 'unparsed', active: true, ...kept, data: { ...data, of: type, reason: 'no readable state' } }
      : undefined;
  const at = readInstant(event.utc);
  return {
    type,
    ...(event.sense === 'duress' ? { grade: 'duress' as const } : {}),
    active,
    ...(at === undefined ? {} : { at }),
    ...kept,
    data,
  };
}

/** Names as `services` read them: `topic` and `sourceValues` say which property it is. */
const dataOf = (event: CameraEvent, sense: Sense): Record<string, unknown> => ({
  topic: topicNames(event.topic).join('/'),
  sourceValues: Object.values(event.source),
  source: event.source,
  ...(Object.keys(event.key).length > 0 ? { key: event.key } : {}),
  values: event.data,
  ...(event.elements.length > 0 ? { elements: event.elements } : {}),
  sense,
  ...(event.classes.length > 0 ? { classes: event.classes } : {}),
  ...(event.operation === 'Deleted' ? { deleted: true } : {}),
});

/** One motion is told on two topics, in one answer or in two that were seen 90 ms apart. */
const sameMotion = 3000;

/**
 * Lets one of two tellings of the same motion through. By time and not by state, so that a topic that never says "over"
 * cannot silence the other one for good.
 */
export function openOneMotion(): (fact: Fact, now: number) => boolean {
  let last: { readonly topic: unknown; readonly active: boolean; readonly at: number } | undefined;
  return (fact, now) => {
    if (fact.type !== 'motion' || fact.retained) return true;
    const { topic } = fact.data;
    const again = last !== undefined && last.topic !== topic && last.active === fact.active && now - last.at < sameMotion;
    if (!again) last = { topic, active: fact.active, at: now };
    return !again;
  };
}
