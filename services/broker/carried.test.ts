import { expect, test } from 'vitest';
import { zigbeeKey } from '../../devices/alarm-keys/zigbee2mqtt/driver.ts';
import { erase } from '../../devices/erase.ts';
import type { Device } from '../store/register-view.ts';
import { quiet } from '../store/testing.ts';
import { openCarried } from './carried.ts';
import { openRecall } from './recall.ts';

const erased = erase(zigbeeKey);
const drivers = { find: () => erased, list: () => [erased] };

const button = (id: string, topic: string, more: object = {}): Device =>
  ({
    id,
    kind: 'key',
    driver: 'zigbee2mqtt',
    name: id,
    exercise: false,
    settings: { topic, bridge: 'gateway', actions: {}, ...more },
  }) as Device;

function carried(behind: () => readonly Device[]) {
  const register = { devicesBehind: (id: string) => (id === 'gateway' ? [...behind()] : []), inExercise: () => false };
  const made: string[] = [];
  const recallOf = (id: string) => {
    made.push(id);
    return openRecall({ now: () => 0 }, async () => []);
  };
  const { to, stranger } = openCarried({ register, drivers, log: quiet }, 'gateway', recallOf);
  return { heardBy: (topic: string) => to(topic).map(({ speaker }) => speaker.id), made, stranger };
}

test.each([
  ['zigbee2mqtt/counter', ['counter']],
  ['zigbee2mqtt/counter/availability', ['counter']],
  ['zigbee2mqtt/counter/set', []],
  ['zigbee2mqtt/counter2', []],
  ['zigbee2mqtt', []],
  ['zigbee2mqtt/vault', ['vault', 'vault-too']],
  ['zigbee2mqtt/broken', []],
])('%s is of %j', (topic, ids) => {
  const keys = [
    button('counter', 'zigbee2mqtt/counter'),
    button('vault', 'zigbee2mqtt/vault'),
    button('vault-too', 'zigbee2mqtt/vault'),
    button('broken', 'zigbee2mqtt/broken', { actions: 7 }),
  ];
  expect(carried(() => keys).heardBy(topic)).toEqual(ids);
});

test('follows the register, and what is known of a button outlives a change of its settings', () => {
  let keys = [button('counter', 'zigbee2mqtt/a')];
  const { heardBy, made } = carried(() => keys);
  expect(heardBy('zigbee2mqtt/a')).toEqual(['counter']);
  keys = [button('counter', 'zigbee2mqtt/b')];
  expect([heardBy('zigbee2mqtt/a'), heardBy('zigbee2mqtt/b')]).toEqual([[], ['counter']]);
  expect(made).toEqual(['counter']);
  keys = [];
  expect(heardBy('zigbee2mqtt/b')).toEqual([]);
});

test('a topic of nobody is told once', () => {
  const { stranger } = carried(() => []);
  expect(['lamp', 'lamp', 'stove', 'lamp'].map(stranger)).toEqual([true, false, true, false]);
});
