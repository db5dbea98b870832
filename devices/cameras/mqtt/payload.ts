import { z } from 'zod';
import { channelOf, decodeStatus, heardFact, nothing, unparsed } from '../../branch.ts';
import type { Device, Heard, Message } from '../../driver.ts';
import { decodeOnvifEvent, unreadable } from '../../onvif-ej.ts';
import { readLogical } from '../../onvif-items.ts';
import { eventId, instant, isObject, type JsonObject, readFields, readObject, word } from '../../payload.ts';

export const cameraEventTypes = [
  'motion',
  'line-crossing',
  'intrusion',
  'tamper',
  'audio-alarm',
  'digital-input',
  'object',
  'video-loss',
] as const;
export type CameraEventType = (typeof cameraEventTypes)[number];

/** `cameras/<id>/event`, from a bridge that stands before the camera. */
export const cameraEvent = z
  .looseObject({
    type: word(cameraEventTypes),
    active: z.preprocess((value) => readLogical(value) ?? value, z.boolean()),
    at: instant.optional(),
    eventId: eventId.optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ title: 'Camera event' });

const ej = 'onvif-ej/';

export function decodeCamera(message: Message, device: Pick<Device, 'id' | 'kind'>): Heard {
  const channel = channelOf(device, message.topic);
  if (channel?.startsWith(ej)) return decodeOnvifEvent(channel.slice(ej.length), message);
  switch (channel) {
    case 'event':
      return decodeEvent(message);
    case 'status':
      return decodeStatus(message.payload);
    default:
      return nothing('no channel of a camera');
  }
}

/** `active` may be absent: what a bridge tells of is there unless it says that it has ended. */
function decodeEvent(message: Message): Heard {
  const read = readObject(message.payload);
  if ('fault' in read) return unparsed(read.fault);
  const { fields, rest } = readFields(cameraEvent.shape, read.object);
  const { type, at, eventId: id } = fields;
  if (type === undefined) return unparsed('type' in rest ? 'unknown type' : 'no type');
  if ('active' in rest) return unreadable(type, 'active is neither true nor false', message);
  const more: JsonObject = isObject(fields.data) ? fields.data : {};
  return heardFact({
    type,
    active: fields.active ?? true,
    ...(at === undefined ? {} : { at }),
    ...(id === undefined ? {} : { eventId: id }),
    data: { ...rest, ...more },
    ...(message.stored ? { retained: true } : {}),
  });
}
