import { z } from 'zod';
import type { Device, DriverType } from '../devices/driver.ts';
import { Fault } from './errors.ts';
import type { Drivers, Log } from './ports.ts';
import { places, type Sealer } from './secrets-at-rest.ts';
import type { Store } from './store/connect.ts';
import { isSealed, plainSecrets, putSealed } from './store/plain-secrets.ts';

/**
 * Passwords and keys among the settings of devices. The record, the register in memory and the API hold each one sealed;
 * it is opened where a driver is given its device, and nowhere else.
 */

type Settings = Readonly<Record<string, unknown>>;
type Holder = { readonly id: string; readonly settings: Settings };

type Described = Pick<DriverType, 'settings'>;
/** `secret`: is kept sealed. `way`: decides where the secrets of the device go, or how. */
type Mark = 'secret' | 'way';

/** The settings that a driver calls secret: `secret: true` in its schema. */
export const secretNames = (driver: Described | undefined): readonly string[] => marked(driver, 'secret');

function marked(driver: Described | undefined, mark: Mark): readonly string[] {
  if (!(driver?.settings instanceof z.ZodObject)) return [];
  return Object.entries(driver.settings.shape).flatMap(([name, field]) => (bears(field, mark) ? [name] : []));
}

function bears(field: unknown, mark: Mark): boolean {
  if (!(field instanceof z.ZodType)) return false;
  const wrapped = field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodExactOptional;
  return field.meta()?.[mark] === true || (wrapped && bears(field.unwrap(), mark));
}

/** Whether a secret that was kept from `before` would now go elsewhere, or in another way: by what the driver marks `way: true`. */
export const goesElsewhere = (driver: Described | undefined, before: Settings, now: Settings): boolean =>
  marked(driver, 'way').some((name) => wayOf(before[name]) !== wayOf(now[name]));

/** Of a URL the scheme, host and port: where on the device a request goes is harmless. What is off might as well not be said. */
function wayOf(value: unknown): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url !== null && url.host !== '') return `${url.protocol}//${url.host}`;
  return value === false ? undefined : JSON.stringify(value);
}

/** As they are stored: each secret as `{ sealed }`. What is sealed already stays as it is. */
export function sealSettings({ id, settings }: Holder, names: readonly string[], sealer: Sealer): Record<string, unknown> {
  const closed = ([name, value]: [string, unknown]): [string, unknown] => [
    name,
    names.includes(name) && typeof value === 'string' ? { sealed: sealer.seal(value, places.setting(id, name)) } : value,
  ];
  return Object.fromEntries(Object.entries(settings).map(closed));
}

/**
 * As the driver reads them: only what it calls secret is opened.
 * @throws Fault `internal` when one was sealed with another master key, or for another device
 */
export function openSettings({ id, settings }: Holder, names: readonly string[], sealer: Sealer): Record<string, unknown> {
  const opened = ([name, value]: [string, unknown]): [string, unknown] => [
    name,
    names.includes(name) && isSealed(value) ? sealer.unseal(value.sealed, places.setting(id, name)) : value,
  ];
  return Object.fromEntries(Object.entries(settings).map(opened));
}

/** Those that do not open: sealed under a master key that was lost, or for another device. They can only be given again. */
export const lostSecrets = ({ id, settings }: Holder, names: readonly string[], sealer: Sealer): string[] =>
  Object.entries(settings).flatMap(([name, value]) => (opens({ id, settings: { [name]: value } }, names, sealer) ? [] : [name]));

function opens(holder: Holder, names: readonly string[], sealer: Sealer): boolean {
  try {
    openSettings(holder, names, sealer);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

/** The drivers, each of them given its devices with their secrets opened. */
export function sealedDrivers(drivers: Drivers, sealer: Sealer): Drivers {
  const types = drivers.list().map((type) => openingFirst(type, openerOf(type, sealer)));
  return { find: (kind, name) => types.find((type) => type.kind === kind && type.name === name), list: () => types };
}

function openerOf(type: DriverType, sealer: Sealer): (device: Device) => Device {
  const names = secretNames(type);
  const known = new WeakMap<Settings, Record<string, unknown>>();
  return (device) => {
    if (!Object.values(device.settings).some(isSealed)) return device;
    const settings = known.get(device.settings) ?? openSettings(device, names, sealer);
    known.set(device.settings, settings);
    return { id: device.id, kind: device.kind, settings };
  };
}

function openingFirst(type: DriverType, opened: (device: Device) => Device): DriverType {
  const { dialect } = type;
  const open: DriverType['open'] = (give, device) => type.open(give, opened(device));
  if (!dialect) return { ...type, open };
  const judge = dialect.judge?.bind(dialect);
  return {
    ...type,
    open,
    dialect: {
      ...dialect,
      publishes: (device) => dialect.publishes(opened(device)),
      subscribes: (device) => dialect.subscribes(opened(device)),
      decode: (message, device) => dialect.decode(message, opened(device)),
      ...(judge === undefined ? {} : { judge: (fact, before, device) => judge(fact, before, opened(device)) }),
    },
  };
}

const lot = 500;

/** Seals what an earlier version stored readable. A start that was cut short goes on where it stopped. */
export async function sealStored({ desk: db }: Pick<Store, 'desk'>, drivers: Drivers, sealer: Sealer, log: Log): Promise<void> {
  const names = [...new Set(drivers.list().flatMap(secretNames))];
  let sealed = 0;
  let after = '';
  for (;;) {
    const devices = await plainSecrets(db, names, after, lot);
    for (const device of devices) {
      const secret = secretNames(drivers.find(device.kind, device.driver));
      const settings = sealSettings(device, secret, sealer);
      if (JSON.stringify(settings) === JSON.stringify(device.settings)) continue;
      await putSealed(db, device, settings);
      sealed += 1;
    }
    after = devices.at(-1)?.id ?? after;
    if (devices.length < lot) break;
  }
  if (sealed > 0) log.info({ devices: sealed }, 'passwords of devices that stood readable in the record were sealed');
}
