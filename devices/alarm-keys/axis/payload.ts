import { z } from 'zod';
import { nothing, unparsed } from '../../branch.ts';
import type { Device, Fact, Heard, Judgement, Known, Mark, Message } from '../../driver.ts';
import { bridge, contact, deviceTopic, meaningOf, normally, pressFact, pushes } from '../../maker-settings.ts';
import { isObject, type JsonObject, readObject } from '../../payload.ts';
import { behind, judgeLevel } from '../../repeats.ts';

export const axisSettings = z.strictObject({
  topic: deviceTopic.meta({ title: 'Topic', description: 'Device topic prefix of its MQTT page; axis/<serial number> as it comes.' }),
  ports: z
    .array(z.string().regex(/^[\w-]{1,32}$/, 'is not a port'))
    .max(32)
    .default([])
    .meta({ title: 'Ports', description: 'To which keys are wired; all where none is named.' }),
  pushes,
  normally,
  contact,
  bridge,
});
export type AxisSettings = z.infer<typeof axisSettings>;
type Axis = Device<AxisSettings>;
type Marked = Fact & { readonly mark: Mark };

/** One event as AXIS OS publishes it (VAPIX, "MQTT event bridge"): names with `onvif:` and `axis:`, values as text, milliseconds. */
export interface AxisEvent {
  /** Without the prefixes of its names. */
  readonly topic: string;
  readonly at?: number;
  /** Of a property; undefined where the event has no such value. */
  readonly state?: boolean;
  readonly classes?: readonly string[];
  readonly source: JsonObject;
  readonly data: JsonObject;
}

const plainTopic = (topic: string): string =>
  topic
    .split('/')
    .map((name) => name.slice(name.indexOf(':') + 1))
    .join('/');

/** @param tail of the MQTT topic, behind `…/event/`; says what the payload leaves out where it can */
export function readAxisEvent(payload: Uint8Array, tail = ''): AxisEvent | { readonly fault: string } {
  const read = readObject(payload);
  if ('fault' in read) return read;
  const { topic = tail.includes(':') ? tail : undefined, message, timestamp } = read.object;
  if (typeof topic !== 'string' || topic === '') return { fault: 'no topic' };
  if (message === undefined || message === null) return { fault: 'no message' };
  if (!isObject(message)) return { fault: `message is a ${Array.isArray(message) ? 'list' : typeof message}` };
  const data = isObject(message['data']) ? message['data'] : {};
  const state = stateOf(data);
  const classes = data['classTypes'];
  return {
    topic: plainTopic(topic),
    ...(typeof timestamp === 'number' && Number.isSafeInteger(timestamp) && timestamp > 0 && timestamp < 1e14 ? { at: timestamp } : {}),
    ...(state === undefined ? {} : { state }),
    ...(typeof classes === 'string' ? { classes: classes.split(',').map((each) => each.trim()) } : {}),
    source: isObject(message['source']) ? message['source'] : {},
    data,
  };
}

const stateNames = ['state', 'active', 'LogicalState'];
const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['1', true],
  ['true', true],
  [1, true],
  [true, true],
  ['0', false],
  ['false', false],
  [0, false],
  [false, false],
]);

function stateOf(data: JsonObject): boolean | undefined {
  for (const name of stateNames) {
    const value = data[name];
    const truth = truths.get(typeof value === 'string' ? value.toLowerCase() : value);
    if (truth !== undefined) return truth;
  }
  return undefined;
}

/** Where a wired key is told. */
const inputTopics: ReadonlySet<string> = new Set([
  'Device/IO/Port',
  'Device/IO/VirtualPort',
  'Device/IO/VirtualInput',
  'Device/Trigger/DigitalInput',
]);

export function decodeAxis(message: Message, device: Axis): Heard {
  const mark = message.topic.indexOf('/event/');
  const tail = mark < 0 ? '' : message.topic.slice(mark + '/event/'.length);
  if (mark < 0) return nothing('no event');
  const event = readAxisEvent(message.payload, tail);
  // What cannot be read may be a key, unless its topic says that it is something else.
  const other = tail.includes(':') && !inputTopics.has(plainTopic(tail));
  if ('fault' in event) return other ? nothing(event.fault) : unparsed(event.fault);
  if (!inputTopics.has(event.topic)) return nothing('not an input');
  return portFact(event, device);
}

function portFact({ source, data, state, at, topic }: AxisEvent, { settings }: Axis): Heard {
  const port = String(source['port'] ?? source['InputToken'] ?? Object.values(source)[0] ?? '');
  if (settings.ports.length > 0 && !settings.ports.includes(port)) return nothing('not a port with a key');
  if (state === undefined) return unparsed(`port ${port.slice(0, 32)} tells no state`);
  const on = state !== (settings.normally === 'closed');
  const more = {
    ...(at === undefined ? {} : { at }),
    data: { topic, port, values: data },
    mark: { of: `${topic}:${port}`.slice(0, 100), value: { on } },
  };
  return {
    outcome: 'fact',
    fact: on ? pressFact(meaningOf('single', settings.pushes), more) : { ...more, type: 'release', active: false },
  };
}

/** Property events come again on each connection, retained or not as the installer chose. */
export const judgeAxis = (fact: Marked, known: Known | undefined, { settings }: Axis): Judgement =>
  judgeLevel(fact, behind(settings.bridge, known), settings.contact);
