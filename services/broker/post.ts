import type { Client } from 'aedes';
import type { Delivery, Letter } from '../../devices/driver.ts';
import { seconds } from '../alarm/index.ts';
import type { Clock } from '../ports.ts';
import type { Connections } from './connections.ts';

/** A client that does not take a letter in this time is frozen; the order's own clock then asks for the next bearer. */
const patience = seconds(3);
/** Bytes that may wait in a client's socket before it counts as frozen. */
const backlog = 262_144;

/** Hands a letter to every connection of the device that listens for it, here on this broker. */
export async function handOver(connections: Connections, clock: Clock, deviceId: string, letter: Letter): Promise<Delivery> {
  const clients = connections.listening(deviceId, letter.topic);
  if (clients.length === 0) {
    const reason = connections.online(deviceId) ? `connected but not subscribed to ${letter.topic}` : 'not connected';
    return { outcome: 'unreachable', reason };
  }
  const results = await Promise.all(clients.map((client) => publishTo(client, clock, letter)));
  return results.some(Boolean) ? { outcome: 'sent' } : { outcome: 'unreachable', reason: 'the connection does not take messages' };
}

function publishTo(client: Client, clock: Clock, letter: Letter): Promise<boolean> {
  if (client.conn.writableLength > backlog) {
    client.close();
    return Promise.resolve(false);
  }
  return new Promise((resolve) => {
    const late = clock.after('letter to a client', patience, () => resolve(false));
    // A subscription that stands hears news without the flag (MQTT-3.3.1-9). And what is retained is a state: of a session that is kept
    // Aedes would queue each of them, and tell a key on its return how calls stood that are long over.
    const { topic, payload } = letter;
    const qos = letter.retain ? 0 : letter.qos;
    client.publish({ cmd: 'publish', topic, payload, qos, retain: false, dup: false }, (error) => {
      late.stop();
      // Aedes keeps the error of a failed write to itself and closes the client.
      resolve(!error && !client.closed);
    });
  });
}
