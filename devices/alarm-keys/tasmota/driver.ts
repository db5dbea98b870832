import type { DriverType } from '../../driver.ts';
import { decodeTasmota, judgeTasmota, type TasmotaSettings, tasmotaSettings, topicOf } from './payload.ts';

/** Anything that runs Tasmota, with its buttons and switches detached from its relays. */
export const tasmotaKey: DriverType<TasmotaSettings> = {
  name: 'tasmota',
  kind: 'key',
  title: { zh: '一键报警按钮（Tasmota）', en: 'Alarm key (Tasmota)' },
  settings: tasmotaSettings,
  dialect: {
    // It describes itself to home automation on topics that all of them share; nobody may listen there.
    publishes: ({ settings }) => [topicOf(settings, 'stat', '#'), topicOf(settings, 'tele', '#'), 'tasmota/discovery/#', 'homeassistant/#'],
    subscribes: ({ settings }) => [topicOf(settings, 'cmnd', '#')],
    decode: decodeTasmota,
    judge: judgeTasmota,
  },
  open: () => ({}),
};
