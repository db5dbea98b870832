import { describe, expect, test } from 'vitest';
import { childrenOf, readXml, textAt } from '../../xml.ts';
import { openSoap } from './client.ts';
import { listBrokers, removeBroker, setBroker } from './event-broker.ts';
import { ns } from './soap.ts';

/** A Profile M camera, as far as its event brokers go. */
function cameraWith(abilities: string, brokers: Record<string, string>[] = []) {
  const sent: string[] = [];
  const answer = (name: string, body: ReturnType<typeof childrenOf>[number]): string => {
    if (name === 'GetServices') {
      return `<Service><Namespace>${ns.tev}</Namespace><XAddr>http://x/e</XAddr><Capabilities><Capabilities ${abilities}/></Capabilities></Service>`;
    }
    if (name === 'DeleteEventBroker')
      brokers.splice(
        brokers.findIndex(({ Address }) => Address === textAt(body, 'Address')),
        1,
      );
    if (name === 'AddEventBroker') {
      const fields = childrenOf(body, 'EventBroker')[0]?.children ?? [];
      const { Password: _never, ...kept } = Object.fromEntries(fields.map((field) => [field.name, field.text]));
      brokers.push({ ...kept, Status: 'Connecting' });
    }
    const xml = (broker: Record<string, string>) =>
      Object.entries(broker)
        .map(([key, value]) => `<${key}>${value}</${key}>`)
        .join('');
    return name === 'GetEventBrokers' ? brokers.map((broker) => `<EventBroker>${xml(broker)}</EventBroker>`).join('') : '';
  };
  const soap = openSoap(
    { base: 'http://192.0.2.1', username: 'u', password: 'p' },
    {
      now: () => 0,
      send: async (_door, { body }) => {
        const read = readXml(String(body));
        const asked = 'root' in read ? childrenOf(read.root, 'Body')[0]?.children[0] : undefined;
        if (!asked) throw new Error('no request');
        sent.push(asked.name);
        const text = `<s:Envelope xmlns:s="${ns.soap}"><s:Body><Answer>${answer(asked.name, asked)}</Answer></s:Body></s:Envelope>`;
        return { status: 200, headers: {}, challenges: [], body: Buffer.from(text) };
      },
    },
  );
  return { soap, sent, brokers };
}

const able = 'MaxEventBrokers="2" EventBrokerProtocols="mqtt mqtts"';
const place = { address: 'mqtts://broker.example:8883', topicPrefix: 'cameras/c1', username: 'c1', password: 's<>&' };

describe('a camera that publishes itself', () => {
  test('is told our broker, its prefix and its credential, and says so', async () => {
    const { soap, brokers } = cameraWith(able);
    expect(await setBroker(soap, place)).toEqual({
      address: place.address,
      topicPrefix: 'cameras/c1',
      username: 'c1',
      status: 'Connecting',
    });
    expect(brokers).toMatchObject([{ QoS: '1', UserName: 'c1' }]);
    expect(await listBrokers(soap)).toHaveLength(1);
  });
  test('loses the broker that it had under the same prefix, and keeps those of others', async () => {
    const other = { Address: 'mqtt://vms', TopicPrefix: 'vms' };
    const { soap, brokers } = cameraWith(able, [other, { Address: 'mqtt://old:1883', TopicPrefix: 'cameras/c1' }]);
    await setBroker(soap, place);
    expect(brokers.map(({ Address }) => Address)).toEqual(['mqtt://vms', place.address]);
  });
  test('the same address, however the camera writes it, is changed and not removed', async () => {
    const { soap, sent } = cameraWith(able, [{ Address: 'mqtts://broker.example/', TopicPrefix: 'cameras/c1' }]);
    await setBroker(soap, place);
    expect(sent).not.toContain('DeleteEventBroker');
  });
  test.each([
    ['without the power', 'MaxEventBrokers="0"', [], 'unsupported'],
    ['that says nothing of it', '', [], 'unsupported'],
    ['with another protocol', 'MaxEventBrokers="1" EventBrokerProtocols="mqtt"', [], 'unsupported'],
    ['whose places are taken', 'MaxEventBrokers="1"', [{ Address: 'mqtt://vms', TopicPrefix: 'vms' }], 'busy'],
  ])('one %s is not set up', async (_name, abilities, brokers, code) => {
    const { soap, sent } = cameraWith(abilities, brokers);
    await expect(setBroker(soap, place)).rejects.toMatchObject({ code });
    expect(sent).not.toContain('AddEventBroker');
  });
  test('can be taken back', async () => {
    const { soap, brokers } = cameraWith(able, [{ Address: place.address, TopicPrefix: 'cameras/c1' }]);
    await removeBroker(soap, place.address);
    expect(brokers).toEqual([]);
  });
});
