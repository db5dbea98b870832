import { expect, onTestFinished, test } from 'vitest';
import { simulateAxis } from '../../devices/alarm-keys/axis/simulator.ts';
import { simulateChirpstack } from '../../devices/alarm-keys/chirpstack/simulator.ts';
import { simulateEsphome } from '../../devices/alarm-keys/esphome/simulator.ts';
import { type SimulatedShelly, simulateShelly, simulateShellyPlus } from '../../devices/alarm-keys/shelly/simulator.ts';
import { simulateTasmota } from '../../devices/alarm-keys/tasmota/simulator.ts';
import { simulateZigbee2Mqtt } from '../../devices/alarm-keys/zigbee2mqtt/simulator.ts';
import { openStation, orderOn, registerCrew, type Station } from './rig.ts';

/** How often the record was told a key's press: repeats that stand in one incident count, what was known before does not. */
const presses = async (at: Station, deviceId: string): Promise<number> =>
  (await at.api<{ items: { deviceId: string; type: string }[] }>('GET', '/signals?limit=500')).items.filter(
    (signal) => signal.deviceId === deviceId && signal.type === 'press',
  ).length;

const ends = <T extends { close(): Promise<void> }>(simulated: T): T => {
  onTestFinished(() => simulated.close().catch(() => undefined));
  return simulated;
};

test('a Shelly that says its last push again, restarts, and is pushed while nobody listens is heard once for each push', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const topic = 'shellies/shellyix3-10521CF2C2C2';
  await at.register('key', 'key-1', { siteId: 'hospital', driver: 'shelly', settings: { topic } });
  let shelly: SimulatedShelly = ends(await simulateShelly({ ...at.door('key-1'), topic }));
  await shelly.push();
  expect(await orderOn(at, near)).toMatchObject({ kind: 'emergency', site: { id: 'hospital' } });
  await shelly.update();
  await shelly.update();
  expect(await presses(at, 'key-1')).toBe(1);

  // The station restarts: the record still knows the count.
  await at.restart();
  shelly = ends(await simulateShelly({ ...at.door('key-1'), topic }, { event: 'S', count: 1 }));
  await shelly.update();
  expect(await presses(at, 'key-1')).toBe(1);

  // A push while the line is down shows in the count; a restart of the Shelly shows none.
  await shelly.line.vanish();
  shelly.pushUnheard('L');
  shelly = ends(await shelly.restart({ power: false }));
  expect(await presses(at, 'key-1')).toBe(2);
  shelly = ends(await shelly.restart({ power: true }));
  await shelly.update();
  expect(await presses(at, 'key-1')).toBe(2);
  await shelly.push();
  expect(await presses(at, 'key-1')).toBe(3);
  expect(await at.incidents()).toHaveLength(1);

  // Not one topic beyond its own: the connection is cut, as of any device.
  await expect(shelly.line.say('shellies/another/input_event/0', { event: 'S', event_cnt: 9 })).rejects.toThrow();
});

test('a later Shelly tells the halves of a push too, and may send one again: it is heard once', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const topic = 'shellyplusi4-a8032ab0c018';
  await at.register('key', 'key-1', { siteId: 'hospital', driver: 'shelly', settings: { topic, pushes: { double: 'assist' } } });
  const shelly = ends(await simulateShellyPlus({ ...at.door('key-1'), topic, now: () => at.clock.now() }));
  expect(await at.incidents()).toHaveLength(0);
  const pushedAt = at.clock.now();
  await shelly.push(0, 'double_push', pushedAt);
  expect(await orderOn(at, near)).toMatchObject({ kind: 'assist' });
  await shelly.push(0, 'double_push', pushedAt);
  expect(await presses(at, 'key-1')).toBe(1);
  await shelly.push(1, 'single_push', pushedAt + 500);
  expect(await presses(at, 'key-1')).toBe(2);
});

test('one Zigbee2MQTT speaks for its registered buttons only, whatever else it says', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  await at.register('key', 'gateway', { siteId: 'hospital', driver: 'bridge', settings: { topic: 'zigbee2mqtt' } });
  await at.register('key', 'other-gateway', { driver: 'bridge', settings: { topic: 'zigbee2mqtt' } });
  const button = (name: string, bridge: string) => ({
    siteId: 'hospital',
    driver: 'zigbee2mqtt',
    settings: { topic: `zigbee2mqtt/${name}`, bridge },
  });
  await at.register('key', 'counter', button('counter', 'gateway'));
  // Started with a large message of all its devices, and the cached state of a button.
  const zigbee = ends(await simulateZigbee2Mqtt(at.door('gateway'), { counter: { battery: 100, sos: false } }));
  const other = ends(await simulateZigbee2Mqtt(at.door('other-gateway')));
  await zigbee.report('thermometer', { temperature: 21 });
  expect(await at.incidents()).toHaveLength(0);

  await zigbee.push('counter', 'emergency', { battery: 100 });
  expect(await orderOn(at, near)).toMatchObject({ kind: 'emergency', site: { id: 'hospital' } });
  expect(await presses(at, 'counter')).toBe(1);

  // Another gateway with the same topics is not this button's, and hears nothing of it.
  await other.push('counter', 'emergency');
  expect(await presses(at, 'counter')).toBe(1);
  expect(other.line.heard).toEqual([]);
  expect(zigbee.line.connected() && other.line.connected()).toBe(true);

  // Registered while its gateway is connected.
  await zigbee.push('vault', 'emergency');
  await at.register('key', 'vault', button('vault', 'gateway'));
  await zigbee.push('vault', 'hold');
  await at.until(async () => expect(await at.incidents()).toHaveLength(2));
  expect(await presses(at, 'vault')).toBe(1);

  // What cannot be read on a button's topic is a call for help, of that button.
  await zigbee.line.say('zigbee2mqtt/vault', '{"action":"emer');
  await at.until(async () => {
    const incident = (await at.incidents()).find(({ deviceId }) => deviceId === 'vault');
    expect((await at.incident(incident?.id ?? '')).signals.map(({ type }) => type)).toEqual(['press', 'unparsed']);
  });
  // A key behind a gateway is not called silent after 90 s.
  expect(await at.api('GET', '/devices/vault')).toMatchObject({ supervisionSeconds: 86_400 });
  await zigbee.available('vault', 'offline');
  await at.until(async () => expect(await at.api('GET', '/devices/vault')).toMatchObject({ state: 'offline' }));
  await zigbee.available('vault', 'online');
  await at.until(async () => expect(await at.api('GET', '/devices/vault')).toMatchObject({ state: 'online' }));
});

test('a LoRaWAN button behind ChirpStack is heard once for each frame, also when the network sends it again', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near']);
  const application = '6a1c5b0e-7f1d-4c39-9a52-0d9d0c7f2b11';
  const devEui = '24e124535b316056';
  await at.register('key', 'network', { driver: 'bridge', settings: { topic: 'application' } });
  await at.register('key', 'button', {
    siteId: 'hospital',
    driver: 'chirpstack',
    settings: { application, devEui, bridge: 'network', model: 'milesight-ws101' },
  });
  const open = async () => ends(await simulateChirpstack({ ...at.door('network'), application, now: () => at.clock.now() }));
  let lora = await open();
  const frame = { fCnt: 0, fPort: 85, bytes: [0xff, 0x2e, 0x01] };
  await lora.event(devEui, 'join', { devAddr: '01a2b3c4' });
  await lora.up(devEui, { fCnt: 0, fPort: 85, bytes: [0x01, 0x75, 0x64] });
  await lora.up('24e1240000000000', frame);
  expect(await at.incidents()).toHaveLength(0);

  await lora.up(devEui, { ...frame, fCnt: 1, deduplicationId: 'one' });
  expect(await orderOn(at, near)).toMatchObject({ kind: 'emergency' });
  await lora.up(devEui, { ...frame, fCnt: 1, deduplicationId: 'one' });
  await lora.up(devEui, { ...frame, fCnt: 1 });
  expect(await presses(at, 'button')).toBe(1);

  await at.restart();
  lora = await open();
  await lora.up(devEui, { ...frame, fCnt: 1 });
  expect(await presses(at, 'button')).toBe(1);
  // The same count under another address is another push.
  await lora.up(devEui, { ...frame, fCnt: 1, devAddr: '01ffffff' });
  expect(await presses(at, 'button')).toBe(2);
  expect(await at.incidents()).toHaveLength(1);
});

test.each(['tasmota', 'esphome', 'axis'] as const)(
  'a key of %s, with the descriptions that it publishes besides, is heard once for each push',
  async (maker) => {
    const at = await openStation();
    const [near] = await registerCrew(at, ['near']);
    const topics = { tasmota: 'tasmota_49A3BC', esphome: 'counter-node', axis: 'axis/ACCC8E000001' } as const;
    const topic = topics[maker];
    await at.register('key', 'key-1', { siteId: 'hospital', driver: maker, settings: { topic } });
    const options = { ...at.door('key-1'), topic, now: () => at.clock.now() };
    const push = await {
      async tasmota() {
        const button = ends(await simulateTasmota(options));
        await button.report({ Switch1: 'OFF' });
        return () => button.button(1, 'SINGLE');
      },
      async esphome() {
        const node = ends(await simulateEsphome(options));
        return async () => {
          await node.state(true);
          await node.state(false);
        };
      },
      async axis() {
        const device = ends(await simulateAxis({ ...options, ports: { 1: false } }));
        await device.event('onvif:Device/axis:Sensor/PIR', { source: { sensor: '0' }, data: { state: '1' } });
        return async () => {
          await device.port(1, true);
          await device.port(1, false);
        };
      },
    }[maker]();
    expect(await at.incidents()).toHaveLength(0);
    await push();
    expect(await orderOn(at, near)).toMatchObject({ kind: 'emergency', site: { id: 'hospital' } });
    await push();
    await at.until(async () => expect(await presses(at, 'key-1')).toBe(2));
    expect(await at.incidents()).toHaveLength(1);
  },
);
