import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { expect, onTestFinished, test, vi } from 'vitest';
import { mqttKey } from '../../devices/alarm-keys/mqtt/driver.ts';
import { erase } from '../../devices/erase.ts';
import { seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import type { Device, Register } from '../store/register-view.ts';
import { quiet } from '../store/testing.ts';
import { joinBroker } from './joined.ts';
import { openTurns } from './turns.ts';

const patience = { timeout: 20_000, interval: 20 };
const erased = erase(mqttKey);
const key = (id: string) => ({ id, kind: 'key', driver: 'mqtt', name: id, exercise: false, settings: {} }) as unknown as Device;

/** The product, joined to a broker of others, with a record that can be away. */
async function city() {
  const broker = await Aedes.createBroker();
  const acknowledged: number[] = [];
  broker.on('ack', (packet) => void acknowledged.push(packet.messageId ?? 0));
  const server = createServer((socket) => void broker.handle(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const clock = manualClock();
  const [registered, inRecord] = [new Map([['known', key('known')]]), new Map<string, Device>()];
  const record = { away: true, asked: 0 };
  const heard: string[] = [];
  const up: boolean[] = [];
  const joined = await joinBroker({
    ...{ clock, log: quiet, lanes: { offer: () => undefined }, drivers: { find: () => erased, list: () => [erased] } },
    ...{ silence: { heard: () => undefined }, troubles: { note: () => undefined }, turns: openTurns(), drill: () => false },
    ...{ reached: () => undefined, stopping: () => false, observeJoined: (all) => void up.push(all) },
    settings: { brokerId: 'one', join: { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` } },
    ear: {
      hear: async ({ id }, { eventId = '' }) => {
        heard.push(`${id} ${eventId}`);
        return { signalId: eventId, known: false };
      },
      position: () => Promise.resolve(),
    },
    register: {
      device: (id: string) => registered.get(id),
      inExercise: () => false,
      deviceOrLoad: async (id: string) => {
        record.asked += 1;
        if (record.away) throw new Fault('record-unavailable');
        return registered.get(id) ?? inRecord.get(id);
      },
    } as unknown as Register,
  });
  onTestFinished(async () => {
    await joined?.close();
    await new Promise<void>((resolve) => broker.close(resolve));
    server.close();
  });
  await vi.waitFor(() => expect(up.at(-1)).toBe(true), patience);
  up.length = 0;
  const press = (id: string, eventId: string) =>
    new Promise<void>((resolve, reject) => {
      const payload = JSON.stringify({ type: 'press', eventId });
      const done = (error?: Error) => (error ? reject(error) : resolve());
      broker.publish({ cmd: 'publish', topic: `keys/${id}/event`, payload, qos: 1, retain: false, dup: false }, done);
    });
  return { clock, heard, acknowledged, inRecord, record, press, up };
}

test('a device that nobody can be asked for now stops no other, and is heard once the record is back', async () => {
  const { clock, heard, acknowledged, inRecord, record, press, up } = await city();
  await press('new', 'of the new one');
  await press('new', 'of the new one again');
  const presses = Array.from({ length: 25 }, (_unused, index) => `${index}`);
  for (const eventId of presses) await press('known', eventId);
  await vi.waitFor(() => expect(acknowledged).toHaveLength(25), patience);
  expect(heard).toEqual(presses.map((eventId) => `known ${eventId}`));
  expect(record.asked).toBeLessThanOrEqual(2);

  await clock.advance(seconds(1));
  expect(heard).toHaveLength(25);
  inRecord.set('new', key('new'));
  record.away = false;
  await clock.advance(seconds(1));
  await vi.waitFor(() => expect(acknowledged).toHaveLength(27), patience);
  expect(heard.slice(25)).toEqual(['new of the new one', 'new of the new one again']);
  expect(up).toEqual([]);
});

test('of those that nobody can be asked for only so many wait as leave room on the line', async () => {
  const { clock, heard, acknowledged, record, press, up } = await city();
  for (let count = 0; count < 8; count += 1) await press(`stranger-${count}`, `${count}`);
  await vi.waitFor(() => expect(acknowledged).toHaveLength(3), patience);
  await press('known', 'at last');
  await vi.waitFor(() => expect(acknowledged).toHaveLength(4), patience);
  record.away = false;
  await clock.advance(seconds(1));
  await vi.waitFor(() => expect(acknowledged).toHaveLength(9), patience);
  expect([heard, up]).toEqual([['known at last'], []]);
});
