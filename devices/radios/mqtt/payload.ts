import { z } from 'zod';
import { channelOf, decodeStatus, heardFact, nothing, unparsed } from '../../branch.ts';
import type { Device, Heard, Message, OrderToSend } from '../../driver.ts';
import { echoedId, instant, readFields, readObject, writeInstant } from '../../payload.ts';
import { decodePress } from '../../press.ts';
import { signature } from '../../signature.ts';

export const reportStates = ['delivered', 'read', 'accepted', 'declined', 'en-route', 'arrived'] as const;
export type ReportState = (typeof reportStates)[number];

const lat = z.number().min(-90).max(90);
const lon = z.number().min(-180).max(180);

/** `radios/<id>/order`, as the radio gets it. */
export const orderLetter = z
  .object({
    orderId: z.string(),
    incidentId: z.string(),
    priority: z.literal([1, 2, 3, 4]),
    kind: z.string(),
    text: z.string(),
    exercise: z.literal(true).optional().meta({ description: 'Only in a drill.' }),
    site: z.object({ id: z.string(), name: z.string(), address: z.string() }).optional(),
    location: z.object({ lat, lon }).optional().meta({ description: 'WGS-84' }),
    issuedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    signature: signature.optional(),
  })
  .meta({ title: 'Order for a radio' });
export type OrderLetter = z.infer<typeof orderLetter>;

/** `radios/<id>/report` */
export const orderReport = z
  .looseObject({
    orderId: echoedId,
    state: z.enum(reportStates),
    at: instant.optional(),
    note: z.string().optional(),
  })
  .meta({ title: "Officer's answer" });

/** `radios/<id>/position` */
export const radioPosition = z
  .looseObject({
    lat,
    lon,
    at: instant.optional(),
    accuracy: z.number().min(0).optional().meta({ description: 'Metres.' }),
  })
  .meta({ title: 'Position of a radio', description: 'WGS-84' });

export function encodeOrder(order: OrderToSend): string {
  const letter: OrderLetter = {
    orderId: order.orderId,
    incidentId: order.incidentId,
    priority: order.priority,
    kind: order.kind,
    text: order.text,
    ...(order.exercise ? { exercise: true } : {}),
    ...(order.site ? { site: { id: order.site.id, name: order.site.name, address: order.site.address } } : {}),
    ...(order.location ? { location: { lat: order.location.lat, lon: order.location.lon } } : {}),
    issuedAt: writeInstant(order.issuedAt),
    expiresAt: writeInstant(order.expiresAt),
  };
  return JSON.stringify(letter);
}

export function decodeRadio(message: Message, device: Pick<Device, 'id' | 'kind'>): Heard {
  switch (channelOf(device, message.topic)) {
    case 'report':
      return decodeReport(message.payload);
    case 'position':
      return decodePosition(message.payload);
    case 'emergency':
      // As of a key, `unparsed` here is an alarm: the ear knows it by the channel and keeps the bytes.
      return decodePress(message.payload);
    case 'status':
      return decodeStatus(message.payload);
    default:
      return nothing('no channel of a radio');
  }
}

function decodeReport(payload: Uint8Array): Heard {
  const read = readObject(payload);
  if ('fault' in read) return unparsed(read.fault);
  const { fields, rest } = readFields(orderReport.shape, read.object);
  const { orderId, state, at, note } = fields;
  if (orderId === undefined) return unparsed('no readable orderId');
  if (state === undefined) return unparsed('no readable state');
  return heardFact({
    type: 'report',
    active: true,
    ...(at === undefined ? {} : { at }),
    data: { ...rest, orderId, state, ...(note === undefined ? {} : { note }) },
  });
}

function decodePosition(payload: Uint8Array): Heard {
  const read = readObject(payload);
  if ('fault' in read) return unparsed(read.fault);
  const { fields } = readFields(radioPosition.shape, read.object);
  if (fields.lat === undefined || fields.lon === undefined) return unparsed('no readable lat and lon');
  // Receivers without a fix send 0,0, which lies in the Gulf of Guinea and would move the unit there.
  if (fields.lat === 0 && fields.lon === 0) return nothing('receiver has no fix');
  return {
    outcome: 'position',
    lat: fields.lat,
    lon: fields.lon,
    ...(fields.at === undefined ? {} : { at: fields.at }),
    ...(fields.accuracy === undefined ? {} : { accuracy: fields.accuracy }),
  };
}
