import { axisKey } from './alarm-keys/axis/driver.ts';
import { bridgeKey } from './alarm-keys/bridge/driver.ts';
import { chirpstackKey } from './alarm-keys/chirpstack/driver.ts';
import { esphomeKey } from './alarm-keys/esphome/driver.ts';
import { hikvisionKey } from './alarm-keys/hikvision/driver.ts';
import { mqttKey } from './alarm-keys/mqtt/driver.ts';
import { shellyKey } from './alarm-keys/shelly/driver.ts';
import { tasmotaKey } from './alarm-keys/tasmota/driver.ts';
import { zigbeeKey } from './alarm-keys/zigbee2mqtt/driver.ts';
import { mqttCamera } from './cameras/mqtt/driver.ts';
import { onvifCamera } from './cameras/onvif/driver.ts';
import type { DeviceKind, DriverType } from './driver.ts';
import { erase } from './erase.ts';
import { axisLoudspeaker } from './loudspeakers/axis/driver.ts';
import { bound } from './loudspeakers/bindings.ts';
import { dahuaLoudspeaker } from './loudspeakers/dahua/driver.ts';
import { hikvisionLoudspeaker } from './loudspeakers/hikvision/driver.ts';
import { mqttLoudspeaker } from './loudspeakers/mqtt/driver.ts';
import { onvifLoudspeaker } from './loudspeakers/onvif/driver.ts';
import { rtpLoudspeaker } from './loudspeakers/rtp/driver.ts';
import { sipLoudspeaker } from './loudspeakers/sip/driver.ts';
import { mqttRadio } from './radios/mqtt/driver.ts';
import { phoneRadio } from './radios/phone/driver.ts';
import { webhookRadio } from './radios/webhook/driver.ts';

/** Every driver type of the product. A driver that does not stand here does not exist. */
export const catalogue: readonly DriverType[] = [
  erase(mqttKey),
  erase(shellyKey),
  erase(zigbeeKey),
  erase(chirpstackKey),
  erase(tasmotaKey),
  erase(esphomeKey),
  erase(axisKey),
  erase(hikvisionKey),
  erase(bridgeKey),
  erase(mqttCamera),
  erase(onvifCamera),
  erase(mqttRadio),
  erase(phoneRadio),
  erase(webhookRadio),
  erase(mqttLoudspeaker),
  erase(rtpLoudspeaker),
  erase(onvifLoudspeaker),
  erase(axisLoudspeaker),
  erase(dahuaLoudspeaker),
  erase(hikvisionLoudspeaker),
  erase(sipLoudspeaker),
].map(bound);

export const drivers = {
  find: (kind: DeviceKind, name: string): DriverType | undefined => catalogue.find((type) => type.kind === kind && type.name === name),
  list: (): readonly DriverType[] => catalogue,
};
