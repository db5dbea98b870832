import { type PublishPlace, Trouble } from '../../driver.ts';
import { childrenOf, tag, textAt, type XmlContent, type XmlElement } from '../../xml.ts';
import type { Call, SoapClient } from './client.ts';
import { ns, type Service } from './soap.ts';

/**
 * Sets a camera up to publish its events to our broker itself (ONVIF Core, "Event Broker"; Profile M). Heard from then on
 * as a camera of driver `mqtt`, which costs one connection of its own and no questions of ours.
 */

export interface BrokerSetting {
  readonly address: string;
  readonly topicPrefix: string;
  readonly username?: string;
  /** As the camera says: `Offline`, `Connecting`, `Connected`. */
  readonly status?: string;
}

const ask = (path: string, name: string, ...content: readonly XmlContent[]): Call => ({
  path,
  action: `${ns.tev}/${name}`,
  body: tag(name, { xmlns: ns.tev }, ...content),
});

/** What the camera publishes to now. @throws Trouble unsupported where it knows no event broker */
export async function listBrokers(soap: SoapClient, signal?: AbortSignal): Promise<readonly BrokerSetting[]> {
  const { path } = await brokerService(soap, signal);
  return readBrokers(await soap.call(ask(path, 'GetEventBrokers'), signal));
}

/**
 * Has the camera publish to `place` (its password is never given back, so it is written anew each time), and takes away what it published under the same prefix elsewhere: a broker that
 * moved must not leave the camera knocking at the old door.
 * @returns what the camera then says of it
 * @throws Trouble unsupported, busy where it has no place for another broker
 */
export async function setBroker(soap: SoapClient, place: PublishPlace, signal?: AbortSignal): Promise<BrokerSetting> {
  const { path, abilities } = await brokerService(soap, signal);
  checkProtocol(place.address, abilities);
  const before = readBrokers(await soap.call(ask(path, 'GetEventBrokers'), signal));
  for (const old of before.filter((each) => each.topicPrefix === place.topicPrefix && !same(each.address, place.address))) {
    await soap.call(ask(path, 'DeleteEventBroker', tag('Address', {}, old.address)), signal);
  }
  const left = before.filter((each) => each.topicPrefix !== place.topicPrefix && !same(each.address, place.address));
  const most = Number(abilities['MaxEventBrokers']);
  if (left.length >= most) throw new Trouble('busy', `camera publishes to ${left.length} brokers and has no place for another`);
  await soap.call(ask(path, 'AddEventBroker', brokerXml(place)), signal);
  const now = readBrokers(await soap.call(ask(path, 'GetEventBrokers'), signal)).find((each) => same(each.address, place.address));
  if (now?.topicPrefix !== place.topicPrefix) throw new Trouble('garbled', 'camera took the broker and does not list it');
  return now;
}

/** @throws Trouble */
export async function removeBroker(soap: SoapClient, address: string, signal?: AbortSignal): Promise<void> {
  const { path } = await brokerService(soap, signal);
  await soap.call(ask(path, 'DeleteEventBroker', tag('Address', {}, address)), signal);
}

/** The order of the elements is that of the schema (EventBrokerConfig); QoS 1, since a press must not be lost on the way. */
const brokerXml = ({ address, topicPrefix, username, password }: PublishPlace) =>
  tag(
    'EventBroker',
    {},
    tag('Address', {}, address),
    tag('TopicPrefix', {}, topicPrefix),
    tag('UserName', {}, username),
    tag('Password', {}, password),
    tag('QoS', {}, 1),
  );

const readBrokers = (answer: XmlElement): BrokerSetting[] =>
  childrenOf(answer, 'EventBroker').map((broker) => {
    const [username, status] = [textAt(broker, 'UserName'), textAt(broker, 'Status')];
    return {
      address: textAt(broker, 'Address') ?? '',
      topicPrefix: textAt(broker, 'TopicPrefix') ?? '',
      ...(username === undefined ? {} : { username }),
      ...(status === undefined ? {} : { status }),
    };
  });

async function brokerService(soap: SoapClient, signal: AbortSignal | undefined): Promise<Service> {
  const service = (await soap.services(signal)).get(ns.tev);
  if (service && Number(service.abilities['MaxEventBrokers']) > 0) return service;
  throw new Trouble('unsupported', 'camera cannot publish its events over MQTT itself');
}

function checkProtocol(address: string, abilities: Service['abilities']): void {
  const wanted = URL.parse(address)?.protocol.replace(':', '') ?? '';
  const known = abilities['EventBrokerProtocols']?.trim().split(/\s+/);
  if (known === undefined || known.includes(wanted)) return;
  throw new Trouble('unsupported', `camera publishes over ${known.join(', ').slice(0, 100)} and not over ${wanted}`);
}

/** Cameras write the address again in their own way: with a slash at its end, with the usual port. */
function same(one: string, other: string): boolean {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  if (!a || !b) return one === other;
  const port = (url: URL): string => url.port || { 'mqtt:': '1883', 'mqtts:': '8883', 'ws:': '80', 'wss:': '443' }[url.protocol] || '';
  const path = (url: URL): string => (url.pathname === '/' ? '' : url.pathname);
  return a.protocol === b.protocol && a.hostname === b.hostname && port(a) === port(b) && path(a) === path(b);
}
