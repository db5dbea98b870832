import type { DriverType } from '../../driver.ts';
import { type AxisSettings, axisSettings, decodeAxis, judgeAxis } from './payload.ts';

/** A key wired to a port of an Axis camera, speaker or I/O module that publishes its events over MQTT by itself. */
export const axisKey: DriverType<AxisSettings> = {
  name: 'axis',
  kind: 'key',
  title: { zh: '接入安讯士设备的报警按钮（MQTT）', en: 'Alarm key wired to an Axis device (MQTT)' },
  settings: axisSettings,
  dialect: {
    publishes: ({ settings }) => [`${settings.topic}/#`],
    subscribes: ({ settings }) => [`${settings.topic}/#`],
    decode: decodeAxis,
    judge: judgeAxis,
  },
  open: () => ({}),
};
