import { z } from 'zod';
import { topicOf } from '../../branch.ts';
import type { DriverType } from '../../driver.ts';
import { decodeLoudspeaker, encodePlay, encodeStop } from './payload.ts';

const settings = z.strictObject({});

/** Longer than any broadcast may wait, so that a loudspeaker that was off cannot get the play without its stop. */
const stopKept = 60 * 60 * 1000;

/** A loudspeaker that speaks the native dialect. It may not publish broadcasts, not even to itself. */
export const mqttLoudspeaker: DriverType<z.infer<typeof settings>> = {
  name: 'mqtt',
  kind: 'loudspeaker',
  title: { zh: '广播音柱（MQTT）', en: 'Loudspeaker (MQTT)' },
  settings,
  dialect: {
    publishes: (device) => ['report', 'status'].map((channel) => topicOf(device, channel)),
    subscribes: (device) => [topicOf(device, '#')],
    decode: decodeLoudspeaker,
  },
  open: (give, device) => ({
    play: (announcement) =>
      give.post(device.id, {
        topic: topicOf(device, 'play'),
        payload: encodePlay(announcement),
        qos: 1,
        retain: false,
        expiresAt: announcement.expiresAt,
        signed: true,
      }),
    stop: (broadcastId) =>
      give.post(device.id, {
        topic: topicOf(device, 'stop'),
        payload: encodeStop(broadcastId),
        qos: 1,
        retain: false,
        expiresAt: give.now() + stopKept,
        signed: true,
      }),
  }),
};
