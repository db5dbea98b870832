import type { DriverType } from '../../../devices/driver.ts';
import { type Instant, rfc3339 } from '../../alarm/index.ts';
import type { FieldFault } from '../../errors.ts';
import type { Drivers } from '../../ports.ts';
import { goesElsewhere, lostSecrets, openSettings, sealSettings, secretNames } from '../../sealed-settings.ts';
import type { Sealer } from '../../secrets-at-rest.ts';
import type { Device } from '../../store/register.ts';
import type { Inputs } from '../../store/register-write.ts';
import { type DeviceAnswer, type DeviceJson, deviceOut, longestTest } from './register-schemas.ts';

type In = DeviceJson<Inputs['devices']>;

/** A device's body as the store takes it, or everything that is wrong with it beyond its schema. */
export type Accepted =
  | { readonly ok: true; readonly input: Inputs['devices'] }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

export interface Accepting {
  readonly drivers: Drivers;
  readonly sealer: Sealer;
}

/**
 * Checks the driver, its settings by the driver's own schema, and the bound of the test mode. Secret settings come out sealed.
 * @param id of the device, for which its secrets are sealed
 * @param before the device that is changed: secrets that the body leaves out stay, since nobody is shown them. They are asked for
 * again where they would go elsewhere: who may change an address could otherwise have them sent to his own
 */
export function acceptDevice(
  { testUntil, ...body }: In,
  id: string,
  { drivers, sealer }: Accepting,
  now: Instant,
  before?: Device,
): Accepted {
  const until = testUntil === undefined ? undefined : Date.parse(testUntil);
  const driver = drivers.find(body.kind, body.driver);
  const secret = secretNames(driver);
  const same = before?.kind === body.kind && before.driver === body.driver ? before.settings : {};
  const kept = only(
    same,
    secret.filter((name) => !(name in (body.settings ?? {}))),
  );
  const lost = lostSecrets({ id, settings: kept }, secret, sealer);
  if (lost.length > 0) return { ok: false, faults: lost.map(doesNotOpen) };
  const settings = driver?.settings.safeParse({ ...openSettings({ id, settings: kept }, secret, sealer), ...body.settings });
  const faults = [
    ...(driver ? [] : [unknownDriver(body, drivers)]),
    ...(settings?.error?.issues ?? []).flatMap(settingFaults),
    ...(settings?.data && goesElsewhere(driver, same, settings.data) ? Object.keys(kept).map(askedAgain) : []),
    ...(until !== undefined && until > now + longestTest
      ? [{ path: 'testUntil', message: `A test ends within the hour: ${rfc3339(now + longestTest)} at the latest` }]
      : []),
  ];
  if (faults.length > 0 || settings?.data === undefined) return { ok: false, faults };
  // Nobody hears from a button on a coin cell every 90 s; what its driver knows of that is registered with it.
  const quiet = body.supervisionSeconds ?? driver?.quiet?.(settings.data);
  const supervision = quiet === undefined ? {} : { supervisionSeconds: quiet };
  const sealed = sealSettings({ id, settings: { ...settings.data, ...kept } }, secret, sealer);
  return { ok: true, input: { ...body, ...supervision, settings: sealed, ...(until === undefined ? {} : { testUntil: until }) } };
}

/** A device as anybody signed in may see it: without the settings that its driver calls secret. */
export function deviceShown(device: Device, drivers: Drivers): DeviceAnswer {
  const secret = secretNames(drivers.find(device.kind, device.driver));
  const open = Object.keys(device.settings).filter((name) => !secret.includes(name));
  return { ...deviceOut(device), settings: only(device.settings, open) };
}

const only = (settings: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => names.includes(name)));

function unknownDriver({ kind, driver }: Pick<In, 'kind' | 'driver'>, drivers: Drivers): FieldFault {
  const names = drivers
    .list()
    .filter((type) => type.kind === kind)
    .map((type) => type.name);
  return { path: 'driver', message: `A ${kind} has no driver ${driver}; there are: ${names.join(', ') || 'none'}` };
}

const askedAgain = (name: string): FieldFault => ({
  path: `settings.${name}`,
  message: 'another address must not get the password of this one: give it again',
});

const doesNotOpen = (name: string): FieldFault => ({
  path: `settings.${name}`,
  message: 'what the record holds does not open with this master.key: give it again, or restore the key of the record',
});

type Issue = NonNullable<ReturnType<DriverType['settings']['safeParse']>['error']>['issues'][number];

function settingFaults(issue: Issue): FieldFault[] {
  const at = ['settings', ...issue.path];
  const dotted = (path: readonly PropertyKey[]) => path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: dotted([...at, key]), message: 'Unknown setting of this driver' }));
  return [{ path: dotted(at), message: issue.message }];
}
