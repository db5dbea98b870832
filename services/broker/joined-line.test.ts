import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Message } from '../../devices/driver.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { quiet } from '../store/testing.ts';
import { type Left, openLine } from './joined-line.ts';

const patience = { timeout: 20_000, interval: 20 };

/** A broker of others, and our line to it. */
async function join(hear: (message: Message) => Promise<Left | undefined>) {
  const broker = await Aedes.createBroker();
  const acknowledged: number[] = [];
  broker.on('ack', (packet) => void acknowledged.push(packet.messageId ?? 0));
  const server = createServer((socket) => void broker.handle(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stood: boolean[] = [];
  const line = openLine(
    { clock: manualClock(), log: quiet, hear, stood: (up) => void stood.push(up) },
    { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, clientId: 'us', filters: ['keys/+/event'] },
  );
  onTestFinished(async () => {
    await line.close();
    await new Promise<void>((resolve) => broker.close(resolve));
    server.close();
  });
  await vi.waitFor(() => expect(line.up).toBe(true), patience);
  const say = (payload: string) =>
    new Promise<void>((resolve, reject) =>
      broker.publish({ cmd: 'publish', topic: 'keys/one/event', payload, qos: 1, retain: false, dup: false }, (error) =>
        error ? reject(error) : resolve(),
      ),
    );
  return { line, stood, acknowledged, say };
}

test('messages are kept side by side and acknowledged in the order of arrival', async () => {
  const keep = new Map<string, () => void>();
  const at = await join(
    ({ payload }) => new Promise((resolve) => void keep.set(Buffer.from(payload).toString(), () => resolve(undefined))),
  );
  await Promise.all([at.say('first'), at.say('second')]);
  await vi.waitFor(() => expect([...keep.keys()]).toEqual(['first', 'second']), patience);
  keep.get('second')?.();
  expect(at.acknowledged).toEqual([]);
  keep.get('first')?.();
  await vi.waitFor(() => expect(at.acknowledged).toHaveLength(2), patience);
});

test('what could not be kept is not acknowledged and comes again', async () => {
  const heard: string[] = [];
  const at = await join(async ({ payload }) => {
    heard.push(Buffer.from(payload).toString());
    if (heard.length === 1) throw new Error('the disk is full');
    return undefined;
  });
  await at.say('press');
  await vi.waitFor(() => expect(heard).toEqual(['press', 'press']), patience);
  await vi.waitFor(() => expect(at.acknowledged).toHaveLength(1), patience);
  await vi.waitFor(() => expect(at.stood).toEqual([true, false, true]), patience);
});

test('what is left holds up nothing behind it, and is acknowledged once it is known', async () => {
  const heard: string[] = [];
  const known = Promise.withResolvers<void>();
  const at = await join(async ({ payload }) => {
    heard.push(Buffer.from(payload).toString());
    return heard.length === 1 ? { known: known.promise } : undefined;
  });
  for (const payload of ['of nobody', 'second', 'third']) await at.say(payload);
  await vi.waitFor(() => expect(at.acknowledged).toHaveLength(2), patience);
  known.resolve();
  await vi.waitFor(() => expect(at.acknowledged).toHaveLength(3), patience);
  expect([heard, at.stood]).toEqual([['of nobody', 'second', 'third'], [true]]);
});

test('a letter that cannot leave now is not sent later', async () => {
  const at = await join(() => Promise.resolve(undefined));
  const letter = { topic: 'radios/one/order', payload: '{}', qos: 1, retain: false, expiresAt: 0 } as const;
  expect(await at.line.publish(letter)).toBe(true);
  await at.line.close();
  expect(await at.line.publish(letter)).toBe(false);
});
