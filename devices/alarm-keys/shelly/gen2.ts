import { nothing, unparsed } from '../../branch.ts';
import type { Device, Fact, Heard, Message } from '../../driver.ts';
import { batteryFact, meaningOf, type Push, pressFact } from '../../maker-settings.ts';
import { isObject, type JsonObject, readObject } from '../../payload.ts';
import type { ShellySettings } from './settings.ts';

/** Second and later generations: JSON-RPC notifications on `<prefix>/events/rpc` (Gen2 API, "Notifications"). */

type Shelly = Device<ShellySettings>;

const pushNames: Readonly<Record<string, Push>> = {
  single_push: 'single',
  double_push: 'double',
  triple_push: 'triple',
  long_push: 'long',
};
/** Each push is told by its halves as well, and a changed setting by an event of the input it belongs to. */
const noPush: ReadonlySet<string> = new Set(['btn_down', 'btn_up', 'config_changed']);

export function decodeRpc(message: Message, device: Shelly): Heard {
  const read = readObject(message.payload);
  if ('fault' in read) return unparsed(read.fault);
  const { method, params } = read.object;
  if (typeof method !== 'string') return unparsed('no method');
  switch (method) {
    case 'NotifyEvent':
      return decodeEvents(params, device);
    case 'NotifyStatus':
    case 'NotifyFullStatus':
      return isObject(params) ? { outcome: 'facts', facts: statusFacts(params, device) } : nothing('a status without content');
    default:
      return nothing('a notification that tells of no push');
  }
}

function decodeEvents(params: unknown, device: Shelly): Heard {
  const events = isObject(params) ? params['events'] : undefined;
  if (!Array.isArray(events)) return unparsed('no events');
  return { outcome: 'facts', facts: events.flatMap((event: unknown) => eventFacts(event, device)) };
}

function eventFacts(event: unknown, { settings }: Shelly): readonly Fact[] {
  if (!isObject(event) || typeof event['event'] !== 'string') {
    return [{ type: 'unparsed', active: true, data: { reason: 'an event that has no name', event } }];
  }
  const { component, event: name, ts } = event;
  const push = Object.hasOwn(pushNames, name) ? pushNames[name] : undefined;
  // What an input tells and nobody knows is a push of some new kind; what the system tells is not.
  const ofInput = typeof component === 'string' && component.startsWith('input:');
  if (push === undefined && (noPush.has(name) || !(ofInput || name.endsWith('_push')))) return [];
  // Before it has the time from the network, its clock counts from its own start.
  const at = typeof ts === 'number' && ts > 1_000_000_000 && ts < 1e11 ? { at: Math.round(ts * 1000), eventId: idOf(event, ts) } : {};
  return [pressFact(meaningOf(push, settings.pushes), { ...at, data: event })];
}

const idOf = ({ component, event }: JsonObject, ts: number): string => `${String(component)}:${String(event)}:${ts}`.slice(0, 200);

/** An input set up as a switch tells its state; one set up as a button has none (null). */
function statusFacts(params: JsonObject, device: Shelly): Fact[] {
  return Object.entries(params).flatMap(([component, status]): Fact[] => {
    if (!isObject(status)) return [];
    const { state, battery: power } = status;
    const index = /^input:(\d{1,3})$/.exec(component)?.[1];
    if (index !== undefined && typeof state === 'boolean') return [inputLevel(Number(index), state, device)];
    const battery = isObject(power) && typeof power['percent'] === 'number' ? batteryFact(power['percent']) : undefined;
    return battery ? [battery] : [];
  });
}

/** A contact wired to an input, pressed as the installer said how it rests. */
export function inputLevel(input: number, closed: boolean, { settings }: Shelly): Fact {
  const on = closed !== (settings.normally === 'closed');
  const more = { data: { input, closed }, mark: { of: `level:${input}`, value: { on } } };
  return on ? pressFact(meaningOf('single', settings.pushes), more) : { ...more, type: 'release', active: false };
}
