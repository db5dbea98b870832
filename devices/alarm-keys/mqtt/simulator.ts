import { randomUUID } from 'node:crypto';
import { writeInstant } from '../../payload.ts';
import type { PressGrade } from '../../press.ts';
import { connect, readLetter, type Sent, type SimulatedDevice, type Visible, visible } from '../../simulator.ts';
import { type ReceiptLetter, receiptLetter } from './payload.ts';

export interface SimulatedKey extends Visible {
  readonly id: string;
  /** A press; without a grade the payload names none. The same `eventId` twice is a retransmission. */
  press(grade?: PressGrade, eventId?: string): Promise<Sent>;
  release(): Promise<Sent>;
  test(): Promise<Sent>;
  tamper(): Promise<Sent>;
  /** @param percent left */
  battery(percent: number): Promise<Sent>;
  heartbeat(): Promise<Sent>;
  /** Any bytes on `event`, or on another channel of the key. */
  raw(payload: string | Uint8Array, channel?: string): Promise<Sent>;
  /** What the key's lamp shows; undefined while it is dark. */
  lastReceipt(): ReceiptLetter | undefined;
  readonly receipts: readonly ReceiptLetter[];
}

export interface KeyOptions extends SimulatedDevice {
  /** Repeats `run` until the returned function is called. Without it the key sends no heartbeat of its own. */
  readonly every?: (milliseconds: number, run: () => void) => () => void;
}

const heartbeatEvery = 30_000;

/** A key that keeps the contract to the letter. Promises resolve on PUBACK. */
export async function simulateKey(options: KeyOptions): Promise<SimulatedKey> {
  const receipts: ReceiptLetter[] = [];
  const line = await connect(options, 'key', ['receipt'], (_channel, payload, own) => {
    if (payload.byteLength === 0) return;
    const letter = receiptLetter.safeParse(readLetter(payload));
    if (letter.success) receipts.push(letter.data);
    else own.inBackground(() => Promise.reject(new Error(`receipt is not of the contract: ${letter.error.message}`)));
  });
  const event = (type: string, more: object = {}, eventId: string = randomUUID()) =>
    line.tell('event', { type, eventId, at: writeInstant(line.now()), ...more });
  const stopBeating = options.every?.(heartbeatEvery, () => line.inBackground(() => event('heartbeat')));
  const shown = visible(line);
  return {
    ...shown,
    id: options.id,
    press: (grade, eventId) => event('press', grade === undefined ? {} : { grade }, eventId),
    release: () => event('release'),
    test: () => event('test'),
    tamper: () => event('tamper'),
    battery: (percent) => event('battery', { battery: percent }),
    heartbeat: () => event('heartbeat'),
    raw: (payload, channel = 'event') => line.publish(channel, payload),
    lastReceipt: () => receipts.at(-1),
    receipts,
    vanish: () => {
      stopBeating?.();
      return shown.vanish();
    },
    close: () => {
      stopBeating?.();
      return shown.close();
    },
  };
}
