import { createHash } from 'node:crypto';
import { heardFact, nothing, unparsed } from '../../branch.ts';
import type { Device, Fact, Heard, Judgement, Known, Mark, Message } from '../../driver.ts';
import { batteryFact, presenceFact, pressFact } from '../../maker-settings.ts';
import { isObject, type JsonObject, readObject } from '../../payload.ts';
import { judgeChange, judgeKept, judgeLevel, longestPush } from '../../repeats.ts';
import type { ZigbeeSettings } from './settings.ts';

/** Zigbee2MQTT, "MQTT topics and messages": one JSON object per device with all it knows of it; `action` tells what happened just now. */

type Button = Device<ZigbeeSettings>;
type Marked = Fact & { readonly mark: Mark };

export function decodeZigbee(message: Message, device: Button): Heard {
  const { topic } = device.settings;
  if (message.topic === `${topic}/availability`) return decodeAvailability(message.payload);
  if (message.topic !== topic) return nothing('a topic that tells of no push');
  // How a retained message is taken back when a device is removed or renamed.
  if (message.payload.byteLength === 0 && message.retain) return nothing('taken back');
  const read = readObject(message.payload);
  if ('fault' in read) return unreadable(read.fault, message.payload);
  return { outcome: 'facts', facts: factsOf(read.object, message, device) };
}

/** A keypad writes the code that somebody typed into its message; it is kept nowhere, not even where it cannot be read. */
function unreadable(reason: string, payload: Uint8Array): Heard {
  return Buffer.from(payload).includes('code') ? { outcome: 'unparsed', reason, secret: true } : unparsed(reason);
}

function decodeAvailability(payload: Uint8Array): Heard {
  const read = readObject(payload);
  const state = 'object' in read ? read.object['state'] : new TextDecoder().decode(payload.subarray(0, 16)).trim();
  return state === 'online' || state === 'offline'
    ? heardFact(presenceFact(state === 'online'))
    : nothing('availability is no word we know');
}

function factsOf(said: JsonObject, message: Message, device: Button): Fact[] {
  const { action, sos, battery, battery_low: low, tamper } = said;
  return [
    ...actionFacts(action, said, message, device),
    ...sosFacts(sos, said, device),
    ...(typeof battery === 'number' ? [batteryFact(battery)] : []),
    ...(typeof low === 'boolean' ? [lowFact(low)] : []),
    ...(typeof tamper === 'boolean' ? [tamperFact(tamper)] : []),
  ].filter((fact) => fact !== undefined);
}

/** What a keypad says of arming is no call for help; everything else that a person does at a key is. */
const noCall = /^(arm|disarm|exit_delay|entry_delay|not_ready|already_|invalid_code|in_alarm)/;
const letGo = /^(off|release|.*_release)$/;

function actionFacts(action: unknown, said: JsonObject, { retain }: Message, { settings }: Button): Fact[] {
  if (action === undefined || action === null || action === '') return [];
  if (typeof action !== 'string') return [{ type: 'unparsed', active: true, data: { ...redacted(said), reason: 'action is no word' } }];
  if (noCall.test(action)) return [];
  const data = redacted(said);
  const kept = retain ? ({ retained: true } as const) : {};
  if (letGo.test(action)) return [{ type: 'release', active: false, data, ...kept }];
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('base64url');
  const meant = Object.hasOwn(settings.actions, action) ? settings.actions[action] : undefined;
  return [pressFact(meant ?? 'emergency', { data: { ...data, action }, ...kept, mark: { of: 'action', value: { digest } } })];
}

/** Of every message, other than what happened: a cached `sos` comes again with any of it. */
const passing: ReadonlySet<string> = new Set(['linkquality', 'last_seen', 'update', 'update_available', 'action', 'elapsed']);

/** `sos` is a state that Zigbee2MQTT caches and says again with every report of the battery. */
function sosFacts(sos: unknown, said: JsonObject, { settings }: Button): Fact[] {
  if (sos === undefined || sos === null) return [];
  if (typeof sos !== 'boolean')
    return [{ type: 'unparsed', active: true, data: { ...redacted(said), reason: 'sos is neither true nor false' } }];
  const beside = Object.fromEntries(Object.entries(said).filter(([name]) => !passing.has(name)));
  const digest = createHash('sha256').update(JSON.stringify(beside)).digest('base64url');
  const more = { data: redacted(said), mark: { of: 'sos', value: { on: sos, beside: digest } } };
  return [sos ? pressFact(settings.actions['sos'] ?? 'emergency', more) : { ...more, type: 'release', active: false }];
}

const lowFact = (low: boolean): Fact => ({
  type: 'battery',
  active: low,
  data: { batteryLow: low },
  mark: { of: 'battery-low', value: { low } },
});
const tamperFact = (tamper: boolean): Fact => ({ type: 'tamper', active: tamper, data: {}, mark: { of: 'tamper', value: { on: tamper } } });

const codeName = /code|pin|password/i;

function redacted(said: JsonObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, codeName.test(name) ? '(redacted)' : isObject(value) ? redacted(value) : value]),
  );
}

export function judgeZigbee(fact: Marked, known: Known | undefined): Judgement {
  switch (fact.mark.of) {
    case 'action':
      return fact.retained ? judgeKept(fact, known) : { outcome: 'news', fact };
    case 'sos':
      return judgeSos(fact, known);
    case 'tamper':
      return judgeLevel(fact, known, 'latching');
    case 'battery-low':
      return judgeLow(fact, known);
    default:
      return judgeChange(fact, known);
  }
}

/**
 * An `sos` that never became false is pushed again, or only said again. The cache is said on connecting, and with a value
 * that changed beside it; a push changes nothing, and a button tells one push for some seconds (Develco PBTZB-110: twice in 5 s).
 */
function judgeSos(fact: Marked, known: Known | undefined): Judgement {
  if (!known) return { outcome: fact.active ? 'news' : 'state', fact };
  if (known.value['on'] !== fact.mark.value['on']) return { outcome: 'news', fact };
  if (!fact.active) return { outcome: 'repeat' };
  if (known.value['beside'] !== fact.mark.value['beside']) return { outcome: 'state', fact };
  return known.sameLine && known.quiet > longestPush ? { outcome: 'news', fact } : { outcome: 'repeat' };
}

function judgeLow(fact: Marked, known: Known | undefined): Judgement {
  const before = known?.value['low'] === true;
  if (fact.active === before) return { outcome: 'repeat' };
  return { outcome: fact.active ? 'news' : 'state', fact };
}
