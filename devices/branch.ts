import type { DeviceKind, Fact, Heard } from './driver.ts';

/** The native topics: `<kind>/<device id>/<channel>`, each device in a branch of its own. */

const stems: Readonly<Record<DeviceKind, string>> = { key: 'keys', camera: 'cameras', radio: 'radios', loudspeaker: 'loudspeakers' };

export interface Owner {
  readonly id: string;
  readonly kind: DeviceKind;
}

export const topicOf = (owner: Owner, channel: string): string => `${stems[owner.kind]}/${owner.id}/${channel}`;

/** The channel of a topic in the owner's branch; undefined for any other topic. */
export function channelOf(owner: Owner, topic: string): string | undefined {
  const prefix = topicOf(owner, '');
  return topic.startsWith(prefix) ? topic.slice(prefix.length) : undefined;
}

/** `<kind>/<id>/status`: the plain word `online` from the device, `offline` from its last will. */
export function decodeStatus(payload: Uint8Array): Heard {
  const text = payload.byteLength > 16 ? '' : new TextDecoder().decode(payload).trim();
  if (text !== 'online' && text !== 'offline') return { outcome: 'nothing', reason: 'status is neither online nor offline' };
  return heardFact({ type: text, active: true, data: {} });
}

export const heardFact = (fact: Fact): Heard => ({ outcome: 'fact', fact });
export const unparsed = (reason: string): Heard => ({ outcome: 'unparsed', reason });
export const nothing = (reason: string): Heard => ({ outcome: 'nothing', reason });
