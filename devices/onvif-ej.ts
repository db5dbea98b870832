import { z } from 'zod';
import { heardFact, nothing, unparsed } from './branch.ts';
import type { FactType, Heard, Message } from './driver.ts';
import { stateOf } from './onvif-items.ts';
import { factTypeOf, senseOf } from './onvif-topics.ts';
import { instant, isObject, type JsonObject, readFields, readObject } from './payload.ts';

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

function splitTail(tail: string): Pick<OnvifEvent, 'topic' | 'sourceValues'> {
  const mark = tail.indexOf('/&');
  if (mark < 0) return { topic: tail, sourceValues: [] };
  return { topic: tail.slice(0, mark), sourceValues: tail.slice(mark + 2).split('/') };
}

const items = (description: string) => z.custom<JsonObject>(isObject).meta({ type: 'object', description });

/** What is written below `onvif-ej/`: one event, its simple items by name. */
export const onvifEvent = z
  .looseObject({
    UtcTime: instant.optional(),
    Source: items('What told it, as the token of an input or a video source').optional(),
    Data: items('What it told, as State, IsMotion or LogicalState').optional(),
  })
  .meta({ title: 'ONVIF event' });

/** Decodes one message; `tail` is the topic after `onvif-ej/`. Never throws. */
export function readOnvifEvent(tail: string, payload: Uint8Array): OnvifEvent | { readonly fault: string } {
  const where = splitTail(tail);
  if (payload.byteLength === 0) return { ...where, kind: 'deleted', source: {}, data: {}, rest: {} };
  const read = readObject(payload);
  if ('fault' in read) return read;
  const { fields, rest } = readFields(onvifEvent.shape, read.object);
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
const pulses: ReadonlySet<FactType> = new Set(['line-crossing', 'press']);

export function decodeOnvifEvent(tail: string, message: Message): Heard {
  const sense = senseOf(splitTail(tail).topic);
  const type = sense && factTypeOf(sense);
  if (sense === undefined || type === undefined) return nothing('topic without a meaning here');
  const event = readOnvifEvent(tail, message.payload);
  if ('fault' in event) return unreadable(type, event.fault, message);
  const active = event.kind === 'deleted' ? false : (event.state ?? (pulses.has(type) ? true : undefined));
  if (active === undefined) return unreadable(type, 'no readable state', message);
  return heardFact({
    type,
    ...(sense === 'duress' ? { grade: 'duress' as const } : {}),
    active,
    ...(event.at === undefined ? {} : { at: event.at }),
    data: {
      ...event.rest,
      topic: event.topic,
      sourceValues: event.sourceValues,
      source: event.source,
      values: event.data,
      ...(event.kind === 'deleted' ? { deleted: true } : {}),
    },
    ...(message.retain ? { retained: true } : {}),
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
