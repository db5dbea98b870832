import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import type { Letter, Message } from '../../devices/driver.ts';
import { type Duration, seconds } from '../alarm/index.ts';
import type { Clock, Log } from '../ports.ts';

export interface LineSettings {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM of who vouches for the broker's certificate, where the machine does not know him. */
  readonly ca?: string | undefined;
  /** The same after every start: the broker keeps for this name what comes while we are away. */
  readonly clientId: string;
  readonly filters: readonly string[];
}

/** A message about which nothing can be decided yet. It is acknowledged once `known` resolves; what comes after it does not wait for that. */
export interface Left {
  readonly known: Promise<unknown>;
}

export interface LineDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the message needs no more keeping by the broker, or is left for now; rejects when it must be sent again. */
  readonly hear: (message: Message) => Promise<Left | undefined>;
  /** Told whenever the line is there with all its subscriptions, and when it is gone. */
  readonly stood: (up: boolean) => void;
}

/** A connection to a broker that is not ours, tried again for ever. */
export interface Line {
  readonly up: boolean;
  /** Resolves to whether the broker took the letter in time; one that it did not take is not sent later. */
  publish(letter: Letter): Promise<boolean>;
  close(): Promise<void>;
}

const [soonest, seldom] = [250, 30_000];
const keepAlive = 15;
const patience: Duration = seconds(3);
/** Messages under way at once; the next ones are left on the line. */
const mostAtOnce = 1000;

/**
 * Opens it and does not wait for it. MQTT 3.1.1, a session that is kept, QoS 1 at most. mqtt.js handles one message after the
 * other when their acknowledgement must wait, and a station's presses would queue for one commit each; so a message is
 * taken from it as if it needed none, and acknowledged here, in the order of arrival (MQTT 3.1.1, 4.6) but for what was left.
 */
export function openLine(deps: LineDeps, { filters, ...settings }: LineSettings): Line {
  const { log } = deps;
  const client = mqtt.connect(settings.url, {
    ...(settings.username === undefined ? {} : { username: settings.username }),
    ...(settings.password === undefined ? {} : { password: settings.password }),
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    ...{ protocolVersion: 4, clientId: settings.clientId, clean: false, keepalive: keepAlive, connectTimeout: 10_000 },
    ...{ reconnectPeriod: soonest, reconnectOnConnackError: true, resubscribe: false, queueQoSZero: false },
  });
  const place = new URL(settings.url).host;
  let up = false;
  const stood = (now: boolean) => {
    if (now === up) return;
    up = now;
    if (up) log.info({ broker: place, as: settings.clientId }, 'joined the broker');
    else log.warn({ broker: place, as: settings.clientId }, 'the connection to the joined broker broke; it is tried again');
    deps.stood(up);
  };
  client.on('connect', () => {
    client.options.reconnectPeriod = soonest;
    client.subscribe([...filters], { qos: 1 }, (error, granted = []) => {
      const refused = granted.filter(({ qos }) => qos > 2).map(({ topic }) => topic);
      if (!error && refused.length === 0) return stood(true);
      log.error({ err: error, refused, broker: place }, 'the joined broker does not let us hear the devices');
      client.stream.destroy();
    });
  });
  client.on('reconnect', () => {
    client.options.reconnectPeriod = Math.min(seldom, (client.options.reconnectPeriod ?? soonest) * 2);
  });
  client.on('close', () => stood(false));
  client.on('error', (error) => log.warn({ err: error, broker: place }, 'the joined broker refuses us or cannot be reached'));
  hearAndAcknowledge(client, deps);
  return {
    get up() {
      return up;
    },
    publish: (letter) => publish(client, deps.clock, letter),
    close: () => client.endAsync(true),
  };
}

function hearAndAcknowledge(client: MqttClient, { hear, log }: LineDeps): void {
  const owed = new WeakMap<object, number>();
  client.on('packetreceive', (packet) => {
    if (packet.cmd !== 'publish' || packet.qos !== 1 || packet.messageId === undefined) return;
    owed.set(packet, packet.messageId);
    packet.qos = 0;
  });
  let before: Promise<void> = Promise.resolve();
  let underWay = 0;
  client.handleMessage = (packet: IPublishPacket, next) => {
    const { stream } = client;
    const [id, earlier] = [owed.get(packet), before];
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    underWay += 1;
    // Numbers are used again on the next connection, so each answer goes where its message came from.
    const acknowledge = () => {
      if (id !== undefined && !stream.destroyed) stream.write(Buffer.from([0x40, 2, id >> 8, id & 255]));
    };
    const again = (error: unknown) => {
      log.warn({ err: error, topic: packet.topic }, 'a message of the joined broker could not be kept; the broker is to send it again');
      stream.destroy();
    };
    before = hear({ topic: packet.topic, payload, retain: packet.retain, stored: packet.retain })
      .then(async (left) => {
        await earlier;
        if (left) left.known.then(acknowledge, again);
        else acknowledge();
      })
      .catch(again)
      .finally(() => {
        underWay -= 1;
      });
    if (underWay < mostAtOnce) next();
    else before.then(() => next(), next);
  };
}

function publish(client: MqttClient, clock: Clock, { topic, payload, qos, retain }: Letter): Promise<boolean> {
  if (!client.connected) return Promise.resolve(false);
  return new Promise((resolve) => {
    client.publish(topic, payload, { qos, retain }, (error) => {
      late.stop();
      resolve(!error);
    });
    const id = client.getLastMessageId();
    const late = clock.after('letter to the joined broker', patience, () => {
      if (qos > 0) client.removeOutgoingMessage(id);
      resolve(false);
    });
  });
}
