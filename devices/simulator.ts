import { Socket } from 'node:net';
import mqtt, { type MqttClient } from 'mqtt';
import { topicOf } from './branch.ts';
import type { DeviceKind } from './driver.ts';

/** The line of a simulated device: real MQTT 3.1.1, as the contract asks of a device. */

export interface SimulatedDevice {
  /** `mqtt://host:port`, or `mqtts://`, `ws://`. */
  readonly url: string;
  readonly id: string;
  readonly secret: string;
  /** Milliseconds UTC; the device's own clock, which may be wrong on purpose. */
  readonly now?: () => number;
  /** Milliseconds until it tries again after a lost connection. Default 1000. */
  readonly reconnectAfter?: number;
  /** For a certificate authority of one's own (PEM), with `mqtts://`. */
  readonly ca?: string;
}

/** One message that left, and when the broker answered for it. */
export interface Sent {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly sentAt: number;
  /** Set when PUBACK came. */
  acknowledgedAt?: number;
}

export interface Line {
  readonly now: () => number;
  /** The newest messages, oldest first, up to ten thousand. */
  readonly ledger: readonly Sent[];
  /** What went wrong in the background: lost connections, answers that could not be sent. */
  readonly faults: readonly string[];
  /** Sends with QoS 1; resolves on PUBACK, and waits for a new connection when there is none. Rejects when the line ends first. */
  publish(channel: string, payload: string | Uint8Array, retain?: boolean): Promise<Sent>;
  /** The same for a JSON body. */
  tell(channel: string, body: object): Promise<Sent>;
  /** Does something that nobody waits for; its failure goes to `faults`. */
  inBackground(work: () => Promise<unknown>): void;
  /** Cuts the line without a word, so that the broker publishes the last will. */
  vanish(): Promise<void>;
  /** Says `offline` and leaves. */
  close(): Promise<void>;
}

/** Gets the line too, since a retained letter comes before `connect` has returned it. */
type Hear = (channel: string, payload: Uint8Array, line: Line) => void;

const keepAlive = 30;
const reconnectAfter = 1000;
const ledgerLength = 10_000;
const ended = (): Error => new Error('the line has ended');

/**
 * Connects as the device, subscribes to `channels`, says `online`, and does the same after each reconnect.
 * @throws when the first connection fails: no broker, or a credential it does not take
 */
export async function connect(
  device: SimulatedDevice,
  kind: DeviceKind,
  channels: readonly string[],
  hear: Hear = () => undefined,
): Promise<Line> {
  const owner = { id: device.id, kind };
  const status = topicOf(owner, 'status');
  const client = mqtt.connect(device.url, {
    protocolVersion: 4,
    clientId: device.id,
    username: device.id,
    password: device.secret,
    keepalive: keepAlive,
    reconnectPeriod: device.reconnectAfter ?? reconnectAfter,
    will: { topic: status, payload: Buffer.from('offline'), qos: 1, retain: true },
    ...(device.ca === undefined ? {} : { ca: device.ca }),
  });
  const line = makeLine(client, owner, device.now ?? Date.now);
  client.on('connect', () => hurry(client));
  client.on('message', (topic, payload) => hear(topic.slice(topicOf(owner, '').length), payload, line));
  try {
    await firstConnection(client);
    for (const channel of channels) await subscribe(client, topicOf(owner, channel));
    await line.publish('status', 'online', true);
  } catch (error) {
    await line.vanish();
    throw error;
  }
  client.on('connect', () => line.inBackground(() => line.publish('status', 'online', true)));
  return line;
}

function firstConnection(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
  });
}

/** The client library gives no option for it, and Nagle's delay would stand in every measurement. */
function hurry(client: MqttClient): void {
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
}

async function subscribe(client: MqttClient, topic: string): Promise<void> {
  const grants = await client.subscribeAsync(topic, { qos: 1 });
  if (grants.some((grant) => grant.qos > 2)) throw new Error(`broker refused the subscription to ${topic}`);
}

function makeLine(client: MqttClient, owner: { id: string; kind: DeviceKind }, now: () => number): Line {
  const ledger: Sent[] = [];
  const faults: string[] = [];
  const waiting = new Set<(error: Error) => void>();
  let open = true;
  const note = (error: unknown): void => void faults.push(error instanceof Error ? error.message : String(error));
  client.on('error', note);

  const publish: Line['publish'] = async (channel, payload, retain = false) => {
    if (!open) throw ended();
    const sent: Sent = { topic: topicOf(owner, channel), payload, sentAt: now() };
    ledger.push(sent);
    if (ledger.length > ledgerLength) ledger.shift();
    const bytes = typeof payload === 'string' ? payload : Buffer.from(payload);
    // The client forgets the callbacks of messages under way when it is ended by force.
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.add(reject);
    client.publish(sent.topic, bytes, { qos: 1, retain }, (error) => (error ? reject(error) : resolve()));
    try {
      await promise;
    } finally {
      waiting.delete(reject);
    }
    sent.acknowledgedAt = now();
    return sent;
  };

  const end = async (force: boolean): Promise<void> => {
    if (!open) return;
    open = false;
    await client.endAsync(force);
    for (const reject of waiting) reject(ended());
  };

  return {
    now,
    ledger,
    faults,
    publish,
    tell: (channel, body) => publish(channel, JSON.stringify(body)),
    inBackground: (work) => void work().catch(note),
    vanish: () => end(true),
    close: async () => {
      if (open && client.connected) await publish('status', 'offline', true);
      await end(!client.connected);
    },
  };
}

/** What a simulator shows of its line. */
export type Visible = Pick<Line, 'ledger' | 'faults' | 'vanish' | 'close'>;
export const visible = ({ ledger, faults, vanish, close }: Line): Visible => ({ ledger, faults, vanish, close });

/** JSON of a letter; a simulated device trusts its server no more than a real one may. */
export function readLetter(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}
