import { z } from 'zod';
import { heardFact, nothing, unparsed } from '../../branch.ts';
import type { FactType, Heard, Message } from '../../driver.ts';
import { instant, isObject, type JsonObject, readFields, readObject } from '../../payload.ts';

/**
 * ONVIF Core, "JSON Event Payload" (Profile M event broker): `<prefix>/onvif-ej/<topic>[/&<source value>…]`. Property events
 * carry the retain flag whether fresh or not and have no PropertyOperation; a deleted property is a zero-byte payload.
 */
export interface OnvifEvent {
  /** Topic without `tns1:`; makers' own prefixes stay. */
  readonly topic: string;
  readonly sourceValues: readonly string[];
  readonly kind: 'pulse' | 'state' | 'deleted';
  /** Only of kind `state`. */
  readonly state?: boolean;
  readonly at?: number;
  readonly source: JsonObject;
  readonly data: JsonObject;
  /** Whatever else the camera wrote, as in `readFields`. */
  readonly rest: JsonObject;
}

type CameraFact = Extract<
  FactType,
  'motion' | 'line-crossing' | 'intrusion' | 'tamper' | 'audio-alarm' | 'digital-input' | 'object' | 'video-loss'
>;

/**
 * The last local names of a topic and what it tells. `*` is any one name. First ONVIF's own topics, then makers': Axis,
 * Hikvision (AlarmIn), Dahua (HumanShapeDetect), Reolink (MyRuleDetector), Tapo (CellMotionDetector/Intrusion and others).
 */
const meanings: readonly (readonly [tail: string, type: CameraFact])[] = [
  ['CellMotionDetector/Motion', 'motion'],
  ['MotionRegionDetector/Motion', 'motion'],
  ['VideoSource/MotionAlarm', 'motion'],
  ['LineDetector/Crossed', 'line-crossing'],
  ['FieldDetector/ObjectsInside', 'intrusion'],
  ['LoiteringDetector/ObjectIsLoitering', 'intrusion'],
  ['TamperDetector/Tamper', 'tamper'],
  ['GlobalSceneChange/*', 'tamper'],
  ['Trigger/DigitalInput', 'digital-input'],
  ['AudioAnalytics/Audio/DetectedSound', 'audio-alarm'],
  ['VideoSource/SignalLoss', 'video-loss'],
  ['ObjectDetection/*', 'object'],
  ['Sensor/PIR', 'motion'],
  ['IO/Port', 'digital-input'],
  ['AudioSource/TriggerLevel', 'audio-alarm'],
  ['VMD/*', 'motion'],
  ['VMD3/*', 'motion'],
  ['MotionGuard/*', 'motion'],
  ['FenceGuard/*', 'line-crossing'],
  ['LoiteringGuard/*', 'intrusion'],
  ['ObjectAnalytics/*', 'object'],
  ['Trigger/AlarmIn', 'digital-input'],
  ['IVA/HumanShapeDetect', 'object'],
  ['MyRuleDetector/*', 'object'],
  ['CellMotionDetector/Intrusion', 'intrusion'],
  ['CellMotionDetector/LineCross', 'line-crossing'],
  ['CellMotionDetector/Tamper', 'tamper'],
  ['CellMotionDetector/People', 'object'],
  ['PeopleDetector/People', 'object'],
  ['*/TPSmartEvent', 'object'],
];

/** Items that hold the state of a property, by local name in lower case. `ObjectId: "1"` is a name, not a state. */
const stateNames: ReadonlySet<string> = new Set([
  'active',
  'isactive',
  'isalarm',
  'iscrossed',
  'isinside',
  'isintrusion',
  'islinecross',
  'isloitering',
  'ismotion',
  'ispeople',
  'ispet',
  'issounddetected',
  'istamper',
  'isvehicle',
  'logicalstate',
  'state',
  'triggered',
]);

const localName = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

function meaningOf(topic: string): CameraFact | undefined {
  const names = topic.split('/').map(localName);
  return meanings.find(([tail]) => {
    const wanted = tail.split('/');
    const last = names.slice(-wanted.length);
    return last.length === wanted.length && wanted.every((name, index) => name === '*' || name === last[index]);
  })?.[1];
}

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
function stateOf(data: JsonObject): boolean | undefined {
  const items = Object.entries(data);
  for (const [name, value] of items) {
    const state = stateNames.has(localName(name).toLowerCase()) ? readLogical(value) : undefined;
    if (state !== undefined) return state;
  }
  return items.length === 1 ? readLogical(items[0]?.[1], words) : undefined;
}

function splitTail(tail: string): Pick<OnvifEvent, 'topic' | 'sourceValues'> {
  const mark = tail.indexOf('/&');
  if (mark < 0) return { topic: tail, sourceValues: [] };
  return { topic: tail.slice(0, mark), sourceValues: tail.slice(mark + 2).split('/') };
}

const items = z.custom<JsonObject>(isObject);
const shape = { UtcTime: instant, Source: items, Data: items };

/** Decodes one message; `tail` is the topic after `onvif-ej/`. Never throws. */
export function readOnvifEvent(tail: string, payload: Uint8Array): OnvifEvent | { readonly fault: string } {
  const where = splitTail(tail);
  if (payload.byteLength === 0) return { ...where, kind: 'deleted', source: {}, data: {}, rest: {} };
  const read = readObject(payload);
  if ('fault' in read) return read;
  const { fields, rest } = readFields(shape, read.object);
  const data = fields.Data ?? {};
  const state = stateOf(data);
  return {
    ...where,
    kind: state === undefined ? 'pulse' : 'state',
    ...(state === undefined ? {} : { state }),
    ...(fields.UtcTime === undefined ? {} : { at: fields.UtcTime }),
    source: fields.Source ?? {},
    data,
    rest,
  };
}

/** Only a crossed line is told without a state: it is a pulse in ONVIF's rule engine, a property with some makers. */
const pulses: ReadonlySet<CameraFact> = new Set(['line-crossing']);

export function decodeOnvifEvent(tail: string, message: Message): Heard {
  const type = meaningOf(splitTail(tail).topic);
  if (type === undefined) return nothing('topic without a meaning here');
  const event = readOnvifEvent(tail, message.payload);
  if ('fault' in event) return unreadable(type, event.fault, message);
  const active = event.kind === 'deleted' ? false : (event.state ?? (pulses.has(type) ? true : undefined));
  if (active === undefined) return unreadable(type, 'no readable state', message);
  return heardFact({
    type,
    active,
    ...(event.at === undefined ? {} : { at: event.at }),
    data: {
      ...event.rest,
      topic: event.topic,
      sourceValues: event.sourceValues,
      source: event.source,
      values: event.data,
      ...(event.kind === 'deleted' ? { deleted: true } : {}),
      ...(message.retain ? { retained: true } : {}),
    },
  });
}

/**
 * A digital input is an alarm key wired to the camera: what it says and cannot be read is an alarm, a fact of type
 * `unparsed`. Of anything else that a camera tells, it is a fault of the camera.
 */
export function unreadable(type: string, reason: string, { topic }: Message): Heard {
  if (type !== 'digital-input') return unparsed(reason);
  return heardFact({ type: 'unparsed', active: true, data: { reason, of: type, topic } });
}
