import { z } from 'zod';
import type { DriverType } from '../../driver.ts';
import { deviceTopic } from '../../maker-settings.ts';
import { judgeChange } from '../../repeats.ts';
import { decodeState } from './payload.ts';

const settings = z.strictObject({
  topic: deviceTopic.meta({
    title: 'Base topic',
    description: 'zigbee2mqtt as it comes, application of ChirpStack, or what a bridged broker puts before all.',
  }),
});

/** A gateway that speaks for keys which have no connection of their own; it is itself none. */
export const bridgeKey: DriverType<z.infer<typeof settings>> = {
  name: 'bridge',
  kind: 'key',
  title: { zh: '报警按钮网关（Zigbee2MQTT、ChirpStack 等）', en: 'Gateway of alarm keys (Zigbee2MQTT, ChirpStack and others)' },
  settings,
  dialect: {
    publishes: (device) => [`${device.settings.topic}/bridge/state`],
    subscribes: (device) => [`${device.settings.topic}/#`],
    decode: (message) => decodeState(message.payload),
    judge: judgeChange,
    carries: true,
  },
  open: () => ({}),
};
