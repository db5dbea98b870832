import type { DriverType } from '../../driver.ts';
import { decodeEsphome, type EsphomeSettings, esphomeSettings, judgeEsphome, quiet } from './payload.ts';

/** A key built with ESPHome: a binary sensor on a contact, or an event entity. */
export const esphomeKey: DriverType<EsphomeSettings> = {
  name: 'esphome',
  kind: 'key',
  title: { zh: '一键报警按钮（ESPHome）', en: 'Alarm key (ESPHome)' },
  settings: esphomeSettings,
  quiet,
  dialect: {
    // It describes itself to home automation on topics that all of them share; nobody may listen there.
    publishes: ({ settings }) => [`${settings.topic}/#`, 'homeassistant/#', 'esphome/discover/#'],
    subscribes: ({ settings }) => [`${settings.topic}/#`],
    decode: decodeEsphome,
    judge: judgeEsphome,
  },
  open: () => ({}),
};
