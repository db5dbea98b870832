import type { DriverType } from '../../driver.ts';
import { onceADay } from '../../maker-settings.ts';
import { judgeShelly } from './judge.ts';
import { decodeShelly } from './payload.ts';
import { type ShellySettings, shellySettings } from './settings.ts';

/** A Shelly of either generation as a key: a Button, an i3 or i4 behind a button, any relay whose input is a key. */
export const shellyKey: DriverType<ShellySettings> = {
  name: 'shelly',
  kind: 'key',
  title: { zh: '一键报警按钮（Shelly）', en: 'Alarm key (Shelly)' },
  settings: shellySettings,
  quiet: ({ power }) => (power === 'battery' ? onceADay : undefined),
  dialect: {
    // The first generation announces itself on a topic that all of them share; nobody may listen there.
    publishes: ({ settings }) => [`${settings.topic}/#`, 'shellies/announce'],
    subscribes: ({ settings }) => [`${settings.topic}/#`, 'shellies/command'],
    decode: decodeShelly,
    judge: judgeShelly,
  },
  open: () => ({}),
};
