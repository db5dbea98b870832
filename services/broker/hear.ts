import type { Heard, Message } from '../../devices/driver.ts';
import { closed } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Ear, Log } from '../ports.ts';
import type { Identity } from './connections.ts';
import { wellFormed, within } from './topics.ts';

export interface HearDeps {
  readonly ear: Ear;
  readonly log: Log;
}

/**
 * What a device said, decoded and put into the record. Resolves after the commit, so the broker may acknowledge.
 * @throws Fault `role-missing` for a topic outside the device's branch, `record-unavailable` when nothing could be stored
 */
export async function hear({ ear, log }: HearDeps, identity: Identity, message: Message): Promise<void> {
  const { speaker, device, dialect, publishes, standing } = identity;
  if (!wellFormed(message.topic) || !publishes.some((grant) => within(message.topic, grant))) {
    throw new Fault('role-missing', `${speaker.id} may not publish to ${message.topic}`);
  }
  const heard: Heard = dialect.decode(message, device);
  switch (heard.outcome) {
    case 'fact':
      await ear.hear(speaker, heard.fact, { via: 'mqtt', standing: !standing.isNews(heard.fact) });
      return;
    case 'position':
      await ear.position(speaker, heard);
      return;
    case 'nothing':
      return;
    case 'unparsed':
      log.warn(
        { deviceId: speaker.id, topic: message.topic, reason: heard.reason, bytes: message.payload.byteLength },
        'message of a device cannot be read',
      );
      // Whoever pressed a key meant something; a camera or a loudspeaker that stammers did not call for help. A cut-off
      // message that still shows the word was sent under threat, and its site must not notice either.
      if (speaker.kind === 'key' || message.topic.endsWith('/emergency')) {
        const grade = Buffer.from(message.payload).includes('duress') ? { grade: 'duress' as const } : {};
        await ear.hear(
          speaker,
          { type: 'unparsed', ...grade, active: true, data: { reason: heard.reason, topic: message.topic } },
          { via: 'mqtt', raw: message.payload.subarray(0, rawKept) },
        );
      }
      return;
    default:
      closed(heard);
  }
}

/** Bytes of an unreadable message that are kept for whoever must find out what the device meant. */
const rawKept = 16_384;
