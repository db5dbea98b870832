import type { Device, DriverType } from './driver.ts';

/** Stored settings that the driver's schema no longer takes. The message names each fault with its path. */
export class SettingsFault extends Error {
  constructor(driver: string, deviceId: string, detail: string) {
    super(`settings of ${deviceId} do not fit driver ${driver}: ${detail}`);
    this.name = 'SettingsFault';
  }
}

/**
 * Lets drivers with settings of different types stand in one list: the erased type takes any settings and checks them
 * with the driver's schema before the driver sees them. A schema must therefore accept its own output.
 * @throws SettingsFault from `open`, `publishes` and `subscribes`; `decode` answers `unparsed` instead, since a key may have spoken
 */
export function erase<Settings extends Record<string, unknown>>(type: DriverType<Settings>): DriverType {
  const checked = new WeakMap<object, Settings>();
  const narrow = (device: Device): Device<Settings> => {
    let settings = checked.get(device.settings);
    if (!settings) {
      const parsed = type.settings.safeParse(device.settings);
      if (!parsed.success) {
        const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(settings)'}: ${issue.message}`);
        throw new SettingsFault(`${type.kind}/${type.name}`, device.id, faults.join('; '));
      }
      settings = parsed.data;
      checked.set(device.settings, settings);
    }
    return { id: device.id, kind: device.kind, settings };
  };
  const { name, kind, title, settings, dialect, discover, quiet, answersOverHttp } = type;
  const open: DriverType['open'] = (give, device) => type.open(give, narrow(device));
  const erased: DriverType = {
    ...{ name, kind, title, settings, open },
    ...(discover === undefined ? {} : { discover }),
    ...(answersOverHttp && { answersOverHttp }),
    ...(quiet === undefined ? {} : { quiet: (given) => quiet(narrow({ id: '', kind, settings: given }).settings) }),
  };
  if (!dialect) return erased;
  const judge = dialect.judge?.bind(dialect);
  return {
    ...erased,
    dialect: {
      publishes: (device) => dialect.publishes(narrow(device)),
      subscribes: (device) => dialect.subscribes(narrow(device)),
      ...(judge === undefined ? {} : { judge: (fact, known, device) => judge(fact, known, narrow(device)) }),
      ...(dialect.carries === undefined ? {} : { carries: dialect.carries }),
      decode: (message, device) => {
        try {
          return dialect.decode(message, narrow(device));
        } catch (error) {
          if (error instanceof SettingsFault) return { outcome: 'unparsed', reason: error.message };
          throw error;
        }
      },
    },
  };
}
