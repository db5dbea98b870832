import { Trouble } from '../../driver.ts';
import { childrenOf, tag, textAt, type XmlElement } from '../../xml.ts';
import { type Kept, kept } from './kept.ts';
import { askDevice } from './node-onvif.ts';
import { cannot, namespaces, type Reach, tokensOf } from './reach.ts';

/** Outputs and inputs of a camera: contacts that a horn or a lamp hangs on, and those that a key is wired to. */

export interface Relay {
  readonly token: string;
  /** What the contact is at rest; `active` is the other. */
  readonly rest: 'open' | 'closed';
}

export interface Relays {
  readonly list: Kept<readonly Relay[]>;
  /** @throws Trouble */
  set(token: string, closed: boolean, signal?: AbortSignal): Promise<void>;
}

export function openRelays(reach: Reach): Relays {
  const list = kept(reach.now, (signal) => listRelays(reach, signal));
  return {
    list,
    set: async (token, closed, signal) => {
      const relay = (await list.get(signal)).find((each) => each.token === token);
      if (!relay) {
        list.forget();
        throw new Trouble('misconfigured', 'camera has no output of that token');
      }
      const state = closed === (relay.rest === 'open') ? 'active' : 'inactive';
      await setState(reach, token, state, signal);
    },
  };
}

/** The device service has them since the beginning; some makers moved them to DeviceIO and left that one empty. */
async function listRelays(reach: Reach, signal: AbortSignal | undefined): Promise<Relay[]> {
  const other = await reach.way(namespaces.tmd, signal);
  try {
    const relays = childrenOf(await askDevice(reach.device(signal)).relays(), 'RelayOutputs').flatMap(readRelay);
    if (relays.length > 0 || !other) return relays;
  } catch (error) {
    if (!other || !cannot(error)) throw error;
  }
  return childrenOf(await askIo(reach, other.path, namespaces.tmd, 'GetRelayOutputs', signal), 'RelayOutputs').flatMap(readRelay);
}

function readRelay(element: XmlElement): Relay[] {
  const token = element.attributes['token'];
  if (token === undefined) return [];
  return [{ token, rest: textAt(element, 'Properties', 'IdleState')?.toLowerCase() === 'closed' ? 'closed' : 'open' }];
}

async function setState(reach: Reach, token: string, state: 'active' | 'inactive', signal: AbortSignal | undefined): Promise<void> {
  const content = [tag('RelayOutputToken', {}, token), tag('LogicalState', {}, state)];
  const { path } = reach.device(signal);
  try {
    await askIo(reach, path, namespaces.tds, 'SetRelayOutputState', signal, ...content);
  } catch (error) {
    const other = cannot(error) ? await reach.way(namespaces.tmd, signal) : undefined;
    if (!other) throw error;
    await askIo(reach, other.path, namespaces.tmd, 'SetRelayOutputState', signal, ...content);
  }
}

/** Tokens of the digital inputs; none where the camera has no DeviceIO service. @throws Trouble */
export async function listInputs(reach: Reach, signal?: AbortSignal): Promise<string[]> {
  const way = await reach.way(namespaces.tmd, signal);
  return way ? tokensOf(await askIo(reach, way.path, namespaces.tmd, 'GetDigitalInputs', signal), 'DigitalInputs') : [];
}

const askIo = (
  reach: Reach,
  path: string,
  namespace: string,
  name: string,
  signal: AbortSignal | undefined,
  ...content: Parameters<typeof tag>[2][]
): Promise<XmlElement> =>
  reach.soap.call({ path, action: `${namespace}/${name}`, body: tag(name, { xmlns: namespace }, ...content) }, signal);
