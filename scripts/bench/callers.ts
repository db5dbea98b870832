import { Socket } from 'node:net';
import mqtt, { type MqttClient } from 'mqtt';
import type { Voice } from './chatter.ts';
import type { Stand } from './stands/stand.ts';

/** Keys and radios as MQTT clients of the kind that devices are made with. */
export async function signIn(url: string, voice: Voice, reconnectPeriod = 0): Promise<MqttClient> {
  const { id: clientId, username, password } = voice;
  const credential = username === undefined || password === undefined ? {} : { username, password };
  const options = { clientId, ...credential, protocolVersion: 4, keepalive: 60, reconnectPeriod, connectTimeout: 2000 } as const;
  const line = await mqtt.connectAsync(url, options, true);
  line.on('connect', () => unhurried(line));
  // A line that breaks is connected again; without a listener each refusal until then would end this process.
  line.on('error', (error) => line.log('not connected: %o', error));
  unhurried(line);
  return line;
}

function unhurried({ stream }: MqttClient): void {
  if (stream instanceof Socket) stream.setNoDelay(true);
}

/** Radios of a stand that listen, and answer where that is asked for. */
export async function openRadios(stand: Stand, heard: (key: string) => void, reconnectPeriod = 0): Promise<readonly MqttClient[]> {
  const lines: MqttClient[] = [];
  for (const voice of stand.radios) {
    const line = await signIn(stand.mqtt, voice, reconnectPeriod);
    line.on('message', (_topic, order) => {
      heard(stand.keyOf(order));
      const answer = stand.answerTo?.(order);
      if (answer !== undefined) line.publish(voice.topic.replace('order', 'report'), answer, { qos: 1 });
    });
    await line.subscribeAsync(voice.topic, { qos: 1 });
    lines.push(line);
  }
  return lines;
}

export const press = (line: MqttClient, { id, topic }: Voice, count = 0): Promise<unknown> =>
  line.publishAsync(topic, JSON.stringify({ type: 'press', eventId: `${id}/${count}` }), { qos: 1 });

export const hangUp = (lines: readonly MqttClient[]): Promise<unknown> => Promise.all(lines.map((line) => line.endAsync(true)));

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));
