import mqtt from 'mqtt';

/** The line of a simulated device of some maker: real MQTT 3.1.1 on topics of its own. */

export interface MakerDevice {
  /** `mqtt://host:port`. */
  readonly url: string;
  /** User name; the id under which it, or its bridge, is registered. */
  readonly id: string;
  readonly secret: string;
  readonly will?: { readonly topic: string; readonly payload: string };
}

export interface MakerLine {
  /** Resolves when the broker has taken it (PUBACK), or with QoS 0 when it has left. */
  say(topic: string, payload: string | Uint8Array | object, how?: { readonly qos?: 0 | 1; readonly retain?: boolean }): Promise<void>;
  /** Asks for a filter; true when the broker granted it. */
  listen(filter: string): Promise<boolean>;
  readonly heard: readonly { readonly topic: string; readonly payload: string }[];
  connected(): boolean;
  /** Cuts the line, so that the broker publishes the last will. */
  vanish(): Promise<void>;
  close(): Promise<void>;
}

/** @throws when the broker is not there or does not take the credential */
export async function connectMaker(device: MakerDevice): Promise<MakerLine> {
  const heard: { topic: string; payload: string }[] = [];
  const client = await mqtt.connectAsync(
    device.url,
    {
      protocolVersion: 4,
      username: device.id,
      password: device.secret,
      keepalive: 30,
      reconnectPeriod: 0,
      ...(device.will === undefined
        ? {}
        : { will: { topic: device.will.topic, payload: Buffer.from(device.will.payload), qos: 0, retain: true } }),
    },
    false,
  );
  client.on('message', (topic, payload) => heard.push({ topic, payload: payload.toString('utf8') }));
  return {
    async say(topic, payload, { qos = 1, retain = false } = {}) {
      const bytes = payload instanceof Uint8Array ? Buffer.from(payload) : typeof payload === 'string' ? payload : JSON.stringify(payload);
      // The client keeps what was not acknowledged for a next connection; here there is none.
      const { promise: lost, reject } = Promise.withResolvers<never>();
      const cut = () => reject(new Error('the line was cut before an answer came'));
      client.once('close', cut);
      await Promise.race([client.publishAsync(topic, bytes, { qos, retain }), lost]).finally(() => client.off('close', cut));
    },
    listen: (filter) =>
      new Promise((resolve) => {
        client.subscribe(filter, { qos: 1 }, (error, grants) => resolve(!error && (grants ?? []).every((grant) => grant.qos <= 2)));
      }),
    heard,
    connected: () => client.connected,
    vanish: () => client.endAsync(true),
    close: () => client.endAsync(!client.connected),
  };
}
