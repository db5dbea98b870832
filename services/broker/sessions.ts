import { Readable } from 'node:stream';
import type { Aedes, Client, Subscription } from 'aedes';

/** What is used here of the persistence that Aedes keeps in memory. */
interface Kept {
  subscriptionsByClient(client: { readonly id: string }): Promise<readonly Subscription[]>;
  outgoingStream(client: { readonly id: string }): AsyncIterable<{ readonly cmd: string; readonly messageId?: number }>;
}

/** Stands among the subscriptions of a session that has none, so that Aedes knows it again. Nobody may subscribe to it. */
export const keptSession: Subscription = { topic: '$session', qos: 0 };

/** Names that are remembered; a county has no more devices than this, and each has one session. */
const mostSessions = 30_000;

/**
 * What Aedes 1.2.0 leaves out of a session that goes on after a broken connection. A client that is told that there is no
 * session throws away what it had under way (MQTT 3.1.1, 3.2.2.2), and with it a press: Aedes says so to everyone without
 * subscriptions, as a key may be. And what is sent a second time says so (3.3.1-1).
 */
export function keepSessions(aedes: Aedes): void {
  const sessions = new Set<string>();
  aedes.on('clientReady', ({ id, clean, version }: Client & { readonly clean: boolean; readonly version: number }) => {
    sessions.delete(id);
    // MQTT 3.1 knows no word for it.
    if (!clean && version === 4) sessions.add(id);
    const [oldest] = sessions;
    if (oldest !== undefined && sessions.size > mostSessions) sessions.delete(oldest);
  });

  const { persistence } = aedes as unknown as { persistence: Kept };
  const subscriptions = persistence.subscriptionsByClient.bind(persistence);
  persistence.subscriptionsByClient = async (client) => {
    const found = await subscriptions(client);
    return found.length === 0 && sessions.has(client.id) ? [keptSession] : found;
  };
  const outgoing = persistence.outgoingStream.bind(persistence);
  persistence.outgoingStream = (client) => Readable.from(repeated(outgoing(client)));
}

async function* repeated(outgoing: ReturnType<Kept['outgoingStream']>) {
  for await (const packet of outgoing) yield packet.cmd === 'publish' && packet.messageId !== undefined ? { ...packet, dup: true } : packet;
}
