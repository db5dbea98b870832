import { z } from 'zod';
import { dispositions, incidentStates, orderStates, rfc3339 } from '../../alarm/index.ts';
import { type BroadcastState, broadcastStates } from '../../store/broadcast-moves.ts';
import type { StoredBroadcast } from '../../store/broadcasts.ts';
import { chainFlaws } from '../../store/timeline.ts';
import { followedShape, holderShape, nextShape, offerShape, procedureShape, saidShape } from './desk-shapes.ts';
import { openRecord } from './parts.ts';

/** Answers about incidents, orders and broadcasts, one schema each. */

const proofShape = z
  .object({
    ear: z.string().meta({ description: 'The camera whose microphone listened' }),
    delayMs: z.number().exactOptional(),
    level: z.number().exactOptional().meta({ description: 'Our sound against all else, dB' }),
    confidence: z.number().exactOptional().meta({ description: '0 to 1' }),
    why: z.string().exactOptional().meta({ description: 'Why our sound was not found, though the microphone worked' }),
    deaf: z.string().exactOptional().meta({ description: 'Why the microphone could not be asked' }),
  })
  .meta({ description: 'What a microphone beside the loudspeaker made of the words' });
const rungShape = z.object({
  state: z.string(),
  at: z.string(),
  reason: z.string().exactOptional(),
  saidAt: z.string().exactOptional().meta({ description: 'When the unit answered, where its answer was kept out of reach and came late' }),
  deviceId: z.string().exactOptional(),
  proof: proofShape.exactOptional(),
});
const placeShape = z.object({ lat: z.number(), lon: z.number() }).meta({ description: 'WGS-84, degrees' });
const maybe = z.string().exactOptional();

export const incidentShape = z
  .object({
    id: z.string(),
    number: z.number(),
    kind: z.string(),
    priority: z.number().meta({ description: '1 is the most urgent (GB/T 28181)' }),
    state: z.enum(incidentStates),
    silent: z.boolean().meta({ description: 'After duress: nothing that a bystander at the site could notice' }),
    confirmed: z.boolean().meta({ description: 'Two sensors of one place agree' }),
    exercise: z.boolean(),
    stationId: maybe,
    siteId: maybe,
    gridId: maybe,
    deviceId: maybe,
    location: placeShape.exactOptional(),
    openedAt: z.string(),
    lastSignalAt: z.string(),
    acknowledgedAt: maybe,
    acknowledgedBy: maybe,
    soundedAgainAt: maybe.meta({
      description: 'It called again then after it had been acknowledged, and nobody has acknowledged that yet',
    }),
    dispatchedAt: maybe,
    arrivedAt: maybe,
    closedAt: maybe,
    disposition: z.enum(dispositions).exactOptional(),
    deadline: maybe.meta({ description: 'When the running clock ends' }),
    clock: z.object({ name: z.string(), level: z.number(), next: nextShape }).exactOptional(),
    signalCount: z.number(),
    siteName: maybe,
    stationName: maybe,
    gridName: maybe,
    deviceName: maybe,
    holder: holderShape.exactOptional(),
    offer: offerShape.exactOptional(),
    procedure: followedShape.exactOptional(),
    orderStates: z.record(z.string(), z.number()).meta({ description: 'How many of its orders stand on which rung' }),
  })
  .meta({ id: 'Incident' });

const signalShape = z.object({
  id: z.string(),
  deviceId: z.string(),
  deviceKind: z.string(),
  type: z.string(),
  grade: maybe,
  active: z.boolean(),
  eventId: maybe,
  at: z.string(),
  receivedAt: z.string(),
  lastAt: z.string(),
  count: z.number(),
  exercise: z.boolean(),
  data: openRecord,
  incidentId: maybe,
});

export const orderShape = z
  .object({
    id: z.string(),
    incidentId: z.string(),
    unitId: z.string(),
    state: z.enum(orderStates),
    kind: z.string(),
    priority: z.number(),
    text: z.string(),
    automatic: z.boolean(),
    reason: z.string(),
    choice: openRecord.meta({ description: 'Why this unit: distance in metres, response circle in minutes' }),
    exercise: z.boolean(),
    deviceId: maybe,
    issuedAt: z.string(),
    expiresAt: z.string(),
    deadline: maybe,
    clock: z.object({ name: z.string() }).exactOptional(),
    rungs: z.array(rungShape),
  })
  .meta({ id: 'Order' });

export const broadcastShape = z
  .object({
    id: z.string(),
    incidentId: maybe,
    state: z.enum(broadcastStates).meta({ description: 'Of the loudspeaker that is least far' }),
    text: maybe,
    phraseId: maybe,
    audioUrl: maybe,
    lang: z.enum(['zh', 'en']),
    repeat: z.number(),
    volume: z.number().exactOptional(),
    priority: z.number(),
    requestedBy: z.string(),
    issuedAt: z.string(),
    expiresAt: z.string(),
    exercise: z.boolean(),
    live: z.boolean().meta({ description: "An operator's microphone instead of words" }),
    zoneId: maybe,
    targets: z.array(
      z.object({
        deviceId: z.string(),
        state: z.enum(broadcastStates),
        reason: maybe,
        insteadOf: maybe.meta({ description: 'The loudspeaker that failed and that this one stands in for' }),
        rungs: z.array(rungShape),
      }),
    ),
  })
  .meta({ id: 'Broadcast' });

const entryShape = z.object({
  seq: z.number(),
  at: z.string(),
  kind: z.string(),
  text: z.string(),
  reason: maybe,
  by: maybe,
  said: saidShape.meta({ description: 'The same line in both languages, with the names as they are now' }),
  data: openRecord,
  hash: z.string().meta({ description: 'SHA-256 over this entry and the hash of the one before it' }),
});

const calledUpShape = z.object({
  cameraId: z.string(),
  reason: z.string().meta({ description: 'Why this camera, in the order of their use' }),
  distance: z.number().exactOptional().meta({ description: 'Metres' }),
  preset: maybe,
});
const footageShape = z.object({
  id: z.string(),
  cameraId: z.string(),
  what: z.enum(['still', 'clip']),
  part: z.number().meta({ description: 'Counts the pictures, or the parts of the recording, of one camera' }),
  mediaType: z.string(),
  codec: maybe,
  via: maybe,
  bytes: z.number(),
  sha256: z.string().meta({ description: 'Of the whole file' }),
  from: z.string(),
  to: z.string(),
  gaps: z.number().meta({ description: 'How often the stream broke off within it' }),
  storedAt: z.string(),
  keptUntil: z.string(),
  removedAt: maybe,
});

export const incidentDetailShape = incidentShape
  .extend({
    procedure: procedureShape.exactOptional(),
    names: z.record(z.string(), z.string()).meta({ description: 'Names of the units and devices that are named here by id' }),
    cameras: z.array(calledUpShape),
    footage: z.array(footageShape).meta({ description: 'The files are at /incidents/{id}/footage/{footage id}' }),
    signals: z.array(signalShape).meta({ description: 'The newest 500; signalCount counts all' }),
    orders: z.array(orderShape),
    broadcasts: z.array(broadcastShape),
    related: z.array(z.object({ id: z.string(), number: z.number(), kind: z.string(), state: z.enum(incidentStates), reason: z.string() })),
    timeline: z.array(entryShape),
  })
  .meta({ id: 'IncidentDetail' });

export const chainShape = z
  .object({
    intact: z.boolean(),
    entries: z.number(),
    head: maybe,
    brokenAt: z.number().exactOptional(),
    why: z.enum(chainFlaws).exactOptional(),
  })
  .meta({ id: 'ChainVerdict' });

/** The first of these that any loudspeaker is in is the state of the whole. */
const least: readonly BroadcastState[] = ['queued', 'playing', 'sent', 'heard', 'played', 'stopped', 'failed'];

export function broadcastView({ issuedAt, expiresAt, targets, ...rest }: StoredBroadcast): z.infer<typeof broadcastShape> {
  const state = least.find((candidate) => targets.some((target) => target.state === candidate)) ?? 'failed';
  return {
    ...rest,
    state,
    issuedAt: rfc3339(issuedAt),
    expiresAt: rfc3339(expiresAt),
    targets: targets.map((target) => ({ ...target, rungs: [...target.rungs] })),
  };
}
