import { z } from 'zod';
import { heardFact, nothing, unparsed } from '../../branch.ts';
import type { Device, Fact, Heard, Judgement, Known, Mark, Message } from '../../driver.ts';
import { bridge, contact, deviceTopic, meaningOf, normally, type Push, presenceFact, pressFact, pushes } from '../../maker-settings.ts';
import { isObject, type JsonObject, readObject } from '../../payload.ts';
import { judgeChange, judgeKept, judgeLevel } from '../../repeats.ts';

export const tasmotaSettings = z.strictObject({
  topic: deviceTopic.meta({ title: 'Topic', description: '%topic% of its MQTT page.' }),
  fullTopic: z
    .enum(['prefix-first', 'topic-first'])
    .default('prefix-first')
    .meta({ title: 'Full topic', description: '%prefix%/%topic%/ as it comes, or %topic%/%prefix%/.' }),
  pushes,
  switches: z
    .enum(['follow', 'toggle'])
    .default('follow')
    .meta({ title: 'Switches', description: 'SwitchMode 1 and 2 follow the contact; the others toggle with each push.' }),
  normally,
  contact,
  bridge,
});
export type TasmotaSettings = z.infer<typeof tasmotaSettings>;
type Tasmota = Device<TasmotaSettings>;
type Marked = Fact & { readonly mark: Mark };

/** @param prefix `stat`, `tele` or `cmnd` */
export const topicOf = ({ topic, fullTopic }: TasmotaSettings, prefix: string, name: string): string =>
  fullTopic === 'prefix-first' ? `${prefix}/${topic}/${name}` : `${topic}/${prefix}/${name}`;

/** Tasmota, "Buttons and Switches", with SetOption73 and SetOption114 (detached). SetOption4 puts the command's name for RESULT. */
export function decodeTasmota(message: Message, device: Tasmota): Heard {
  const { topic } = message;
  const of = (prefix: string) => topicOf(device.settings, prefix, '');
  const stat = topic.startsWith(of('stat')) ? topic.slice(of('stat').length) : undefined;
  const tele = topic.startsWith(of('tele')) ? topic.slice(of('tele').length) : undefined;
  if (tele === 'LWT') return decodeWill(message.payload);
  if (stat !== undefined && /^(RESULT|BUTTON\d*|SWITCH\d*)$/.test(stat)) return decodeResult(message, device, unparsed);
  if (tele === 'RESULT' || tele === 'SENSOR') return decodeResult(message, device, nothing);
  return nothing('telemetry');
}

function decodeWill(payload: Uint8Array): Heard {
  const text = new TextDecoder().decode(payload.subarray(0, 16)).trim();
  return text === 'Online' || text === 'Offline' ? heardFact(presenceFact(text === 'Online')) : nothing('neither Online nor Offline');
}

function decodeResult(message: Message, device: Tasmota, unreadable: (reason: string) => Heard): Heard {
  const read = readObject(message.payload);
  if ('fault' in read) return unreadable(read.fault);
  return { outcome: 'facts', facts: Object.entries(read.object).flatMap(([name, value]) => partFacts(name, value, message, device)) };
}

/** `Button1`, `Switch2`; before version 9 a lone `ACTION`. All else in a result answers some command. */
function partFacts(name: string, value: unknown, message: Message, device: Tasmota): Fact[] {
  const [, kind, number = '1'] = /^(Button|Switch|ACTION)(\d*)$/.exec(name) ?? [];
  if (kind === undefined) return [];
  const action = isObject(value) ? value['Action'] : value;
  if (typeof action !== 'string') return [{ type: 'unparsed', active: true, data: { reason: `${name} tells no action`, [name]: value } }];
  const part = { kind: kind === 'Switch' ? 'switch' : 'button', number, told: isObject(value) || kind === 'ACTION' };
  return part.kind === 'switch' ? switchFacts(part, action, message, device) : [pushFact(part, action, message, device)];
}

interface Part {
  readonly kind: string;
  readonly number: string;
  /** Told because it happened; not told is how it stands, in a report. */
  readonly told: boolean;
}

const buttonPushes: Readonly<Record<string, Push>> = { SINGLE: 'single', DOUBLE: 'double', TRIPLE: 'triple', HOLD: 'long' };
const switchPushes: Readonly<Record<string, Push>> = { TOGGLE: 'single', HOLD: 'long', POWER_INCREMENT: 'long' };
const letGo: ReadonlySet<string> = new Set(['CLEAR', 'POWER_CLEAR', 'POWER_RELEASE']);

function pushFact({ kind, number }: Part, action: string, message: Message, { settings }: Tasmota): Fact {
  const told = {
    data: { [kind]: number, action } satisfies JsonObject,
    ...(message.retain && settings.bridge !== undefined ? ({ retained: true } as const) : {}),
  };
  if (letGo.has(action)) return { type: 'release', active: false, ...told };
  const names = kind === 'switch' ? switchPushes : buttonPushes;
  const push = Object.hasOwn(names, action) ? names[action] : undefined;
  return pressFact(meaningOf(push, settings.pushes), { ...told, mark: { of: `${kind}:${number}:push`, value: { action } } });
}

function switchFacts(part: Part, action: string, message: Message, device: Tasmota): Fact[] {
  const { settings } = device;
  const state = action === 'ON' ? true : action === 'OFF' ? false : undefined;
  if (state === undefined) return part.told ? [pushFact(part, action, message, device)] : [];
  if (settings.switches === 'toggle') return part.told ? [pushFact(part, action, message, device)] : [];
  const on = state !== (settings.normally === 'closed');
  const more = { data: { switch: part.number, closed: state, told: part.told }, mark: { of: `switch:${part.number}`, value: { on } } };
  return [on ? pressFact(meaningOf('single', settings.pushes), more) : { ...more, type: 'release', active: false }];
}

export function judgeTasmota(fact: Marked, known: Known | undefined, { settings }: Tasmota): Judgement {
  if (fact.mark.of.endsWith(':push')) return fact.retained ? judgeKept(fact, known) : { outcome: 'news', fact };
  if (!fact.mark.of.startsWith('switch:')) return judgeChange(fact, known);
  // What happened is told once; that it was closed before is then an opening that nobody heard.
  if (fact.active && fact.data['told'] === true) return { outcome: 'news', fact };
  return judgeLevel(fact, known, settings.contact);
}
