import { heardFact, nothing } from '../../branch.ts';
import type { Heard } from '../../driver.ts';
import { presenceFact } from '../../maker-settings.ts';
import { readObject } from '../../payload.ts';

/** `online` and `offline`, as a plain word or as `{"state":"online"}`: both are in use (Zigbee2MQTT before and after 1.30). */
export function decodeState(payload: Uint8Array): Heard {
  if (payload.byteLength > 256) return nothing('no state');
  const text = new TextDecoder().decode(payload).trim();
  const read = text.startsWith('{') ? readObject(payload) : { object: { state: text } };
  const state = 'object' in read ? read.object['state'] : undefined;
  return state === 'online' || state === 'offline'
    ? heardFact(presenceFact(state === 'online'))
    : nothing('state is neither online nor offline');
}
