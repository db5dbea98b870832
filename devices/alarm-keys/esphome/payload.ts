import { z } from 'zod';
import { heardFact, nothing, unparsed } from '../../branch.ts';
import type { Device, Fact, Heard, Judgement, Known, Mark, Message } from '../../driver.ts';
import { batteryFact, bridge, contact, deviceTopic, meaning, normally, onceADay, presenceFact, pressFact } from '../../maker-settings.ts';
import { readObject } from '../../payload.ts';
import { behind, judgeChange, judgeKept, judgeLevel } from '../../repeats.ts';

const objectId = z.string().regex(/^[a-z0-9_-]{1,120}$/, 'is not an object id');

export const esphomeSettings = z.strictObject({
  topic: deviceTopic.meta({ title: 'Topic', description: 'topic_prefix of the node; its name where nobody set another.' }),
  keys: z
    .array(objectId)
    .max(20)
    .default([])
    .meta({ title: 'Keys', description: 'Object ids of the binary sensors and events that are keys; all where none is named.' }),
  battery: objectId.optional().meta({ title: 'Battery', description: 'Object id of the sensor that tells it in percent.' }),
  events: z
    .record(z.string().min(1).max(100), meaning)
    .default({})
    .meta({ title: 'What each event type means', description: "A binary sensor's is on. Emergency where not named." }),
  normally,
  contact,
  power: z.enum(['mains', 'battery']).default('mains').meta({ title: 'Supply', description: 'On battery it sleeps between pushes.' }),
  bridge,
});
export type EsphomeSettings = z.infer<typeof esphomeSettings>;
type Node = Device<EsphomeSettings>;
type Marked = Fact & { readonly mark: Mark };

export const quiet = ({ power }: EsphomeSettings): number | undefined => (power === 'battery' ? onceADay : undefined);

/** ESPHome, "MQTT Client Component": `<prefix>/<component>/<object id>/state`, retained unless the owner says otherwise. */
export function decodeEsphome(message: Message, device: Node): Heard {
  const { topic, keys, battery } = device.settings;
  const [component = '', id = '', tail] = message.topic.slice(topic.length + 1).split('/');
  if (component === 'status' && id === '') return decodeStatus(message.payload);
  if (tail !== 'state') return nothing('telemetry');
  if (component === 'sensor' && id === battery) return decodeBattery(message.payload);
  if (keys.length > 0 && !keys.includes(id)) return nothing('not one of the keys');
  switch (component) {
    case 'binary_sensor':
      return decodeSensor(id, message.payload, device);
    case 'event':
      return decodeEvent(id, message, device);
    default:
      return nothing('telemetry');
  }
}

const textOf = (payload: Uint8Array): string => new TextDecoder().decode(payload.subarray(0, 32)).trim();

function decodeStatus(payload: Uint8Array): Heard {
  const text = textOf(payload);
  return text === 'online' || text === 'offline'
    ? heardFact(presenceFact(text === 'online'))
    : nothing('status is neither online nor offline');
}

function decodeBattery(payload: Uint8Array): Heard {
  const fact = batteryFact(Number.parseFloat(textOf(payload)));
  return fact ? heardFact(fact) : nothing('battery is no percentage');
}

function decodeSensor(id: string, payload: Uint8Array, { settings }: Node): Heard {
  const text = textOf(payload);
  if (text !== 'ON' && text !== 'OFF') return unparsed('state is neither ON nor OFF');
  const on = (text === 'ON') !== (settings.normally === 'closed');
  const more = { data: { sensor: id, state: text }, mark: { of: `sensor:${id}`, value: { on } } };
  return heardFact(on ? pressFact(settings.events['on'] ?? 'emergency', more) : { ...more, type: 'release', active: false });
}

const letGo = /^(release|released|off|.*_release)$/;

function decodeEvent(id: string, message: Message, { settings }: Node): Heard {
  const read = readObject(message.payload);
  if ('fault' in read) return unparsed(read.fault);
  const type = read.object['event_type'];
  if (typeof type !== 'string' || type === '') return unparsed('no event type');
  const told = {
    data: { event: id, eventType: type },
    ...(message.retain && settings.bridge !== undefined ? ({ retained: true } as const) : {}),
  };
  if (letGo.test(type)) return heardFact({ type: 'release', active: false, ...told });
  const meant = Object.hasOwn(settings.events, type) ? settings.events[type] : undefined;
  return heardFact(pressFact(meant ?? 'emergency', { ...told, mark: { of: `event:${id}`, value: { type } } }));
}

/**
 * An event is always news: a node retains it as it tells it and does not say it again. Only behind a bridged broker is it
 * told anew. A binary sensor is told on every connection.
 */
export function judgeEsphome(fact: Marked, known: Known | undefined, { settings }: Node): Judgement {
  if (fact.mark.of.startsWith('event:')) return fact.retained ? judgeKept(fact, known) : { outcome: 'news', fact };
  if (!fact.mark.of.startsWith('sensor:')) return judgeChange(fact, known);
  return judgeLevel(fact, behind(settings.bridge, known), settings.contact);
}
