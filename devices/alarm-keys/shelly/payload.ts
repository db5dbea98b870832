import { heardFact, nothing, unparsed } from '../../branch.ts';
import type { Device, Fact, Heard, Message } from '../../driver.ts';
import { batteryFact, meaningOf, type Push, presenceFact, pressFact } from '../../maker-settings.ts';
import { isObject, readObject } from '../../payload.ts';
import { decodeRpc, inputLevel } from './gen2.ts';
import type { ShellySettings } from './settings.ts';

/** Shelly, both generations. First: Gen1 API, "MQTT"; later ones in gen2.ts. The topic tells which one speaks. */

type Shelly = Device<ShellySettings>;

const pushNames: Readonly<Record<string, Push>> = { S: 'single', SS: 'double', SSS: 'triple', L: 'long' };

/** One input of the first generation as it was told: `event` is empty again some seconds after a push, or on the next boot. */
interface Told {
  readonly input: number;
  readonly event: string;
  readonly count: number | undefined;
  /** Of the whole status: seconds since it was powered on, -1 where it does not say. */
  readonly up?: number;
}

export function decodeShelly(message: Message, device: Shelly): Heard {
  const channel = message.topic.startsWith(`${device.settings.topic}/`) ? message.topic.slice(device.settings.topic.length + 1) : '';
  const [name = '', tail = ''] = channel.split(/\/(.*)/s);
  switch (name) {
    case 'input_event':
      return decodeEvent(message, inputOf(tail), device);
    case 'input':
      return decodeInput(message, inputOf(tail), device);
    case 'info':
      return decodeInfo(message, device);
    case 'sensor':
      return tail === 'battery' ? decodeBattery(message) : nothing('a sensor that is no key');
    case 'online':
      return decodeOnline(message);
    case 'events':
      return decodeRpc(message, device);
    case 'status':
      return decodeStatusOf(tail, message, device);
    default:
      return nothing('telemetry');
  }
}

const inputOf = (tail: string): number => (/^\d{1,3}$/.test(tail) ? Number(tail) : 0);

function decodeEvent(message: Message, input: number, device: Shelly): Heard {
  const read = readObject(message.payload);
  if ('fault' in read) return unparsed(read.fault);
  const { event, event_cnt: count } = read.object;
  if (typeof event !== 'string') return unparsed('no event');
  const told = { input, event, count: countOf(count) };
  if (told.count === undefined && event === '') return nothing('no push, and no counter');
  return heardFact(inputFact(told, device));
}

/** The counter is a uint16; anything else is none, and the push is then news by itself. */
const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535 ? value : undefined;

function inputFact({ input, event, count, up }: Told, { settings }: Shelly): Fact {
  const data = { input, event, ...(count === undefined ? {} : { count }) };
  const mark =
    count === undefined
      ? {}
      : { mark: { of: `count:${input}`, value: { count, event, ...(up === undefined ? {} : { up: Math.floor(up) }) } } };
  if (event === '') return { type: 'release', active: false, data, ...mark };
  return pressFact(meaningOf(pushNames[event], settings.pushes), { data, ...mark });
}

function decodeInput(message: Message, input: number, device: Shelly): Heard {
  if (device.settings.input !== 'switch') return nothing('the contact behind a button');
  const text = new TextDecoder().decode(message.payload.subarray(0, 16)).trim();
  if (text !== '0' && text !== '1') return unparsed('input is neither 0 nor 1');
  return heardFact(inputLevel(input, text === '1', device));
}

/**
 * The whole status, on connecting and with each update: only here a counter stands beside the time since power-on, which
 * tells an old push from one that came to the same count after a restart.
 */
function decodeInfo(message: Message, device: Shelly): Heard {
  const read = readObject(message.payload);
  if ('fault' in read) return nothing(`status: ${read.fault}`);
  const { inputs, bat, uptime } = read.object;
  // A status that another broker kept has an old uptime.
  const up = typeof uptime === 'number' && uptime >= 0 && !message.retain ? uptime : -1;
  const told = (Array.isArray(inputs) ? inputs : []).flatMap((each: unknown, input): Fact[] => {
    if (!isObject(each)) return [];
    if (device.settings.input === 'switch') {
      return each['input'] === 0 || each['input'] === 1 ? [inputLevel(input, each['input'] === 1, device)] : [];
    }
    const count = countOf(each['event_cnt']);
    return typeof each['event'] === 'string' && count !== undefined ? [inputFact({ input, event: each['event'], count, up }, device)] : [];
  });
  const battery = isObject(bat) && typeof bat['value'] === 'number' ? batteryFact(bat['value']) : undefined;
  return { outcome: 'facts', facts: [...told, ...(battery ? [battery] : [])] };
}

function decodeBattery(message: Message): Heard {
  const fact = batteryFact(Number.parseFloat(new TextDecoder().decode(message.payload.subarray(0, 16))));
  return fact ? heardFact(fact) : nothing('battery is no percentage');
}

function decodeOnline(message: Message): Heard {
  const text = new TextDecoder().decode(message.payload.subarray(0, 16)).trim();
  return text === 'true' || text === 'false' ? heardFact(presenceFact(text === 'true')) : nothing('online is neither true nor false');
}

/** Later generations: `status/<component>`, on connecting and on change, where the installer switched it on. */
function decodeStatusOf(component: string, message: Message, device: Shelly): Heard {
  const read = readObject(message.payload);
  if ('fault' in read) return nothing(`status: ${read.fault}`);
  if (component.startsWith('input:') && typeof read.object['state'] === 'boolean') {
    return heardFact(inputLevel(inputOf(component.slice(6)), read.object['state'], device));
  }
  const power = component.startsWith('devicepower:') ? read.object['battery'] : undefined;
  const battery = isObject(power) && typeof power['percent'] === 'number' ? batteryFact(power['percent']) : undefined;
  return battery ? heardFact(battery) : nothing('telemetry');
}
