import type { DriverType } from '../../driver.ts';
import { onceADay } from '../../maker-settings.ts';
import { decodeChirpstack, eventTopic, judgeChirpstack } from './payload.ts';
import { type ChirpstackSettings, chirpstackSettings } from './settings.ts';

/** A LoRaWAN button behind ChirpStack 4. */
export const chirpstackKey: DriverType<ChirpstackSettings> = {
  name: 'chirpstack',
  kind: 'key',
  title: { zh: '一键报警按钮（LoRaWAN，ChirpStack）', en: 'Alarm key (LoRaWAN over ChirpStack)' },
  settings: chirpstackSettings,
  quiet: () => onceADay,
  dialect: {
    publishes: ({ settings }) => [eventTopic(settings, '#')],
    subscribes: () => [],
    decode: decodeChirpstack,
    judge: judgeChirpstack,
  },
  open: () => ({}),
};
