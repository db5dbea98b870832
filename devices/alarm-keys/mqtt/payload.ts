import { z } from 'zod';
import { channelOf, decodeStatus, unparsed } from '../../branch.ts';
import type { Device, Heard, Message, Receipt } from '../../driver.ts';
import { writeInstant } from '../../payload.ts';
import { decodePress } from '../../press.ts';

/** What the key's lamp is told: `keys/<id>/receipt`. */
export const receiptLetter = z
  .object({
    incidentId: z.string(),
    state: z.enum(['received', 'acknowledged', 'dispatched', 'arrived', 'closed']),
    at: z.iso.datetime(),
  })
  .meta({ title: 'Receipt for a key' });
export type ReceiptLetter = z.infer<typeof receiptLetter>;

export function encodeReceipt(receipt: Receipt): string {
  const letter: ReceiptLetter = { incidentId: receipt.incidentId, state: receipt.state, at: writeInstant(receipt.at) };
  return JSON.stringify(letter);
}

/** A key that speaks on a channel nobody knows may be set up wrongly and pressed rightly: it is `unparsed`, never nothing. */
export function decodeKey(message: Message, device: Pick<Device, 'id' | 'kind'>): Heard {
  const channel = channelOf(device, message.topic);
  switch (channel) {
    case 'event':
      return decodePress(message.payload);
    case 'status':
      return decodeStatus(message.payload);
    default:
      return unparsed(`unknown topic ${message.topic.slice(0, 200)}`);
  }
}
