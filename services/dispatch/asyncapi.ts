import { z } from 'zod';

/** AsyncAPI 3 document of what goes over MQTT and the event stream, made from the schemas that check the traffic. */

export interface ChannelMessage {
  /** Name within its channel, for example `press`. */
  readonly name: string;
  readonly title?: string;
  /** The schema that checks it; absent for payloads that are no JSON, such as `online`. */
  readonly schema?: z.ZodType;
  readonly contentType?: string;
  readonly examples?: readonly unknown[];
}

export interface Channel {
  /** Name of the channel in the document, for example `key-event`. */
  readonly name: string;
  /** The topic or path, parameters in braces: `keys/{id}/event`. */
  readonly address: string;
  readonly description: string;
  /** What the parameters of the address stand for, save `id`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** `receive`: Baiying hears it. `send`: Baiying says it. */
  readonly action: 'receive' | 'send';
  /** What carries it; `mqtt` when not said. */
  readonly server?: 'mqtt' | 'http';
  readonly qos?: 0 | 1;
  readonly retain?: boolean;
  readonly messages: readonly ChannelMessage[];
}

export interface AsyncApiInfo {
  readonly version: string;
  /** Where this was asked for, with its port. */
  readonly http: string;
  /** The machine that the broker is looked for on, unless the reader knows better. */
  readonly mqtt: string;
}

export function asyncApi(channels: readonly Channel[], info: AsyncApiInfo): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Baiying',
      version: info.version,
      description:
        'Messages between Baiying and devices (MQTT 3.1.1, JSON in UTF-8, 16 KiB at most, user name = device id) and the stream of events.',
    },
    defaultContentType: 'application/json',
    servers: {
      mqtt: {
        host: '{host}:{port}',
        protocol: 'mqtt',
        protocolVersion: '3.1.1',
        variables: {
          host: { default: info.mqtt, description: 'Where the broker listens' },
          port: { default: '1883', description: 'BAIYING_MQTT_PORT, or BAIYING_MQTTS_PORT with TLS' },
        },
        security: [{ $ref: '#/components/securitySchemes/device' }],
      },
      http: { host: info.http, protocol: 'http', security: [{ $ref: '#/components/securitySchemes/bearer' }] },
    },
    channels: Object.fromEntries(channels.map((channel) => [channel.name, described(channel)])),
    operations: Object.fromEntries(channels.map((channel) => [`${channel.action}-${channel.name}`, operation(channel)])),
    components: {
      messages: Object.fromEntries(
        channels.flatMap((channel) => channel.messages.map((message) => [messageId(channel, message), messageObject(message)])),
      ),
      securitySchemes: {
        device: { type: 'userPassword', description: 'User name: device id; password: its secret' },
        bearer: { type: 'http', scheme: 'bearer', description: 'Session token or API key' },
      },
    },
  };
}

const messageId = (channel: Channel, message: ChannelMessage): string => `${channel.name}.${message.name}`;

function described(channel: Channel) {
  const parameters = [...channel.address.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
    name,
    { description: name === 'id' ? 'Device id, [a-z0-9-]{1,64}' : (channel.parameters?.[name] ?? name) },
  ]);
  return {
    address: channel.address,
    description: channel.description,
    servers: [{ $ref: `#/servers/${channel.server ?? 'mqtt'}` }],
    ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) }),
    messages: Object.fromEntries(
      channel.messages.map((message) => [message.name, { $ref: `#/components/messages/${messageId(channel, message)}` }]),
    ),
  };
}

function operation(channel: Channel) {
  const carried = (channel.server ?? 'mqtt') === 'mqtt';
  return {
    action: channel.action,
    channel: { $ref: `#/channels/${channel.name}` },
    summary: channel.description,
    messages: channel.messages.map((message) => ({ $ref: `#/channels/${channel.name}/messages/${message.name}` })),
    ...(carried && { bindings: { mqtt: { qos: channel.qos ?? 0, retain: channel.retain ?? false, bindingVersion: '0.2.0' } } }),
  };
}

function messageObject({ name, title, schema, contentType, examples }: ChannelMessage) {
  return {
    name,
    ...(title !== undefined && { title }),
    contentType: contentType ?? 'application/json',
    // AsyncAPI 3 schemas are a superset of JSON Schema draft 07. What a sender may leave out is what a reader fills in.
    payload: schema ? z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' }) : { type: 'string' },
    ...(examples && { examples: examples.map((payload) => ({ payload })) }),
  };
}
