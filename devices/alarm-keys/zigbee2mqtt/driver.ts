import type { DriverType } from '../../driver.ts';
import { onceADay } from '../../maker-settings.ts';
import { decodeZigbee, judgeZigbee } from './payload.ts';
import { type ZigbeeSettings, zigbeeSettings } from './settings.ts';

/** A Zigbee button or keypad behind Zigbee2MQTT (output `json`, which is its default). */
export const zigbeeKey: DriverType<ZigbeeSettings> = {
  name: 'zigbee2mqtt',
  kind: 'key',
  title: { zh: '一键报警按钮（Zigbee2MQTT）', en: 'Alarm key (Zigbee2MQTT)' },
  settings: zigbeeSettings,
  quiet: () => onceADay,
  dialect: {
    publishes: ({ settings }) => [settings.topic, `${settings.topic}/availability`],
    subscribes: () => [],
    decode: decodeZigbee,
    judge: judgeZigbee,
  },
  open: () => ({}),
};
