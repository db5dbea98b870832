import { type SimulatedKey, simulateKey } from '../../devices/alarm-keys/mqtt/simulator.ts';
import { type SimulatedRadio, simulateRadio } from '../../devices/radios/mqtt/simulator.ts';
import { eachOf, type OperatorDesk } from './desk.ts';

export const units = ['unit-0', 'unit-1'] as const;

/** Where a device signs in, and with what. */
export type DeviceDoor = Readonly<Record<'url' | 'id' | 'secret', string>>;

/** Registers one device more. */
export async function registerDevice(desk: OperatorDesk, mqtt: string, body: Readonly<Record<string, unknown>>): Promise<DeviceDoor> {
  const { device, secret = '' } = await desk.ask<{ device: { id: string }; secret?: string }>('POST', '/devices', body);
  return { url: mqtt, id: device.id, secret };
}

/** Two units with radios, and keys at a site each, connected. */
export interface County {
  readonly keys: readonly SimulatedKey[];
  readonly radios: readonly (SimulatedRadio & { readonly unitId: string })[];
  doorOf(id: string): DeviceDoor;
  stop(): Promise<void>;
}

const location = { lat: 30.1, lon: 120.1 };
const atOnce = 8;

/** @param doors where the devices connect, each to one of these */
export async function raiseCounty(desk: OperatorDesk, doors: readonly string[], keyCount: number): Promise<County> {
  const numbers = Array.from({ length: keyCount }, (_unused, index) => index);
  await desk.ask('POST', '/stations', { id: 'station', name: 'Station', location });
  for (const id of units)
    await desk.ask('POST', '/units', { id, name: id, tier: 'city', stationId: 'station', gridIds: [], deviceIds: [], status: 'available' });
  await eachOf(numbers, atOnce, (index) =>
    desk.ask('POST', '/sites', {
      id: `site-${index}`,
      name: `Site ${index}`,
      kind: 'bank',
      stationId: 'station',
      address: '',
      location,
      contacts: [],
    }),
  );
  const rows = [
    ...numbers.map((index) => `key-${index},key,mqtt,Key ${index},site-${index},`),
    ...units.map((id) => `radio-${id},radio,mqtt,Radio,,${id}`),
  ];
  const csv = ['id,kind,driver,name,siteId,unitId', ...rows].join('\n');
  const { items } = await desk.ask<{ items: readonly { device: { id: string }; secret: string }[] }>(
    'POST',
    '/devices/import',
    csv,
    'text/csv',
  );
  const secrets = new Map(items.map(({ device, secret }) => [device.id, secret]));
  const [first = ''] = doors;
  const device = (id: string, door = first) => ({ url: door, id, secret: secrets.get(id) ?? '' });
  const at = (index: number) => doors[index % doors.length];
  const radios = await eachOf(units, atOnce, async (unitId) => {
    const radio = await simulateRadio(device(`radio-${unitId}`, at(units.indexOf(unitId))));
    return { ...radio, unitId };
  });
  const keys = await eachOf(numbers, atOnce, (index) => simulateKey(device(`key-${index}`, at(index))));
  return {
    keys,
    radios,
    doorOf: (id) => device(id),
    stop: async () => void (await eachOf([...keys, ...radios], atOnce, (one) => one.vanish())),
  };
}
