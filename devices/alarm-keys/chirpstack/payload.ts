import { z } from 'zod';
import { heardFact, nothing, unparsed } from '../../branch.ts';
import type { Device, Fact, Heard, Judgement, Known, Mark, Message } from '../../driver.ts';
import { batteryFact, type Meaning, meaningOf, pressFact } from '../../maker-settings.ts';
import { eventId, instant, type JsonObject, readFields, readObject } from '../../payload.ts';
import { judgeChange, same } from '../../repeats.ts';
import { type Pushed, readFrame } from './frames.ts';
import type { ChirpstackSettings } from './settings.ts';

/** ChirpStack 4, MQTT integration, JSON: `application/<id>/device/<DevEUI>/event/<event>`. */

type Button = Device<ChirpstackSettings>;
type Marked = Fact & { readonly mark: Mark };

export const eventTopic = ({ application, devEui }: ChirpstackSettings, event: string): string =>
  `application/${application}/device/${devEui}/event/${event}`;

export function decodeChirpstack(message: Message, device: Button): Heard {
  const event = message.topic.slice(eventTopic(device.settings, '').length);
  switch (event) {
    case 'up':
      return decodeUplink(message.payload, device);
    case 'status':
      return decodeStatus(message.payload);
    case 'join':
      return heardFact({ type: 'online', active: true, data: { joined: true } });
    default:
      return nothing('an event that tells of no push');
  }
}

/** Each bad field costs itself, not the push. */
const uplink = {
  deduplicationId: eventId,
  time: instant,
  devAddr: z.string().max(16),
  fCnt: z.int().min(0),
  fPort: z.int().min(0).max(255),
  data: z.base64().max(1024),
};

function decodeUplink(payload: Uint8Array, device: Button): Heard {
  const read = readObject(payload);
  if ('fault' in read) return unparsed(read.fault);
  const { fields, rest } = readFields(uplink, read.object);
  if ('data' in rest) return unparsed('data is not base64');
  // Answers of the network's own, and a frame that only asks for one, have no port or no data.
  if (fields.data === undefined || fields.data === '' || fields.fPort === 0) return nothing('an uplink without content');
  const frame = readFrame(device.settings.model, fields.fPort ?? 0, Buffer.from(fields.data, 'base64'));
  if ('fault' in frame) return unparsed(frame.fault);
  const seen: Seen = { ...fields, data: fields.data, rest };
  const battery = frame.battery === undefined ? undefined : batteryFact(frame.battery);
  return {
    outcome: 'facts',
    facts: [
      ...frame.pushed.map((pushed) => pushFact(pushed, seen, device)),
      ...(battery ? [battery] : []),
      ...(frame.volts === undefined ? [] : [cellFact(frame.volts)]),
    ],
  };
}

interface Seen {
  readonly deduplicationId?: string;
  readonly time?: number;
  readonly devAddr?: string;
  readonly fCnt?: number;
  readonly fPort?: number;
  readonly data: string;
  /** What else ChirpStack wrote, as it came: gateways, signal strength, a codec's object. */
  readonly rest: JsonObject;
}

function pushFact({ push, key, at }: Pushed, seen: Seen, { settings }: Button): Fact {
  const { rest, ...told } = seen;
  const data: JsonObject = { ...rest, ...told, ...(key === undefined ? {} : { key }), ...(at === undefined ? {} : { kept: true }) };
  const meant = meaningFor(push, key, settings);
  // What the button kept has a time of its own, by which the record knows it for ever.
  if (at !== undefined) return pressFact(meant, { at, eventId: `kept:${key ?? ''}:${at}`, data });
  const id =
    seen.deduplicationId === undefined ? {} : { eventId: key === undefined ? seen.deduplicationId : `${seen.deduplicationId}:${key}` };
  const mark =
    seen.fCnt === undefined ? {} : { mark: { of: `push:${key ?? ''}`, value: { fCnt: seen.fCnt, devAddr: seen.devAddr ?? '' } } };
  return pressFact(meant, { ...(seen.time === undefined ? {} : { at: seen.time }), ...id, ...mark, data });
}

function meaningFor(push: Pushed['push'], key: number | undefined, { keys, pushes }: ChirpstackSettings): Meaning {
  const ofKey = key === undefined ? undefined : keys[String(key) as keyof typeof keys];
  return ofKey ?? meaningOf(push ?? 'single', pushes);
}

/** Two cells in a row; under this they fail within weeks. */
const lowVolts = 2.4;

const cellFact = (volts: number): Fact => {
  const low = volts < lowVolts;
  return { type: 'battery', active: low, data: { volts }, mark: { of: 'cell', value: { low } } };
};

function decodeStatus(payload: Uint8Array): Heard {
  const read = readObject(payload);
  const level = 'object' in read && read.object['batteryLevelUnavailable'] !== true ? read.object['batteryLevel'] : undefined;
  // Zero with an external supply means that there is no battery (ChirpStack, "status event").
  const powered = 'object' in read && read.object['externalPowerSource'] === true;
  const battery = typeof level === 'number' && !powered ? batteryFact(Math.round(level)) : undefined;
  return battery ? heardFact(battery) : nothing('a status without a battery');
}

/** A confirmed uplink is sent again until it is answered, with the same counter, milliseconds. */
const answeredWithin = 120_000;

/**
 * One push is one frame: DevEUI and frame counter. The counter begins anew when the button joins again, under another
 * address, or loses its supply; the same count later is therefore another push.
 */
export function judgeChirpstack(fact: Marked, known: Known | undefined): Judgement {
  if (fact.mark.of === 'cell') {
    const before = known?.value['low'] === true;
    if (fact.active === before) return { outcome: 'repeat' };
    return { outcome: fact.active ? 'news' : 'state', fact };
  }
  if (!fact.mark.of.startsWith('push:')) return judgeChange(fact, known);
  const again = known && same(known.value, fact.mark.value) && known.quiet <= answeredWithin;
  return again ? { outcome: 'repeat' } : { outcome: 'news', fact };
}
