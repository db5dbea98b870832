import { z } from 'zod';
import type { Device, DriverType } from '../driver.ts';

/**
 * What the installer binds to any loudspeaker, whatever it speaks: the product reads it, no driver does. It stands among the
 * settings, so that the form, the check and the sheet of devices have it like every other one.
 */

const id = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and -');
const shape = {
  ear: id.exactOptional().meta({
    title: 'Camera that hears it',
    description: 'A camera beside it with a microphone: what is said is recorded there and compared, so that a broadcast is proved.',
  }),
  fallback: id.exactOptional().meta({
    title: 'Loudspeaker to use instead',
    description: 'Another way to the same place. A warning that failed here is tried there, before the nearest loudspeaker.',
  }),
};

type Settings = Readonly<Record<string, unknown>>;

/** A loudspeaker's type that takes the bindings, too; its driver never sees them. Types of other devices are as they were. */
export function bound(type: DriverType): DriverType {
  if (type.kind !== 'loudspeaker' || !(type.settings instanceof z.ZodObject)) return type;
  const kept = new WeakMap<Settings, Record<string, unknown>>();
  const own = (settings: Settings): Record<string, unknown> => {
    const known = kept.get(settings);
    if (known) return known;
    const rest = Object.fromEntries(Object.entries(settings).filter(([name]) => !Object.hasOwn(shape, name)));
    kept.set(settings, rest);
    return rest;
  };
  const bare = (device: Device): Device => ({ ...device, settings: own(device.settings) });
  const { dialect, quiet } = type;
  return {
    ...type,
    settings: type.settings.safeExtend(shape),
    open: (give, device) => type.open(give, bare(device)),
    ...(quiet === undefined ? {} : { quiet: (settings) => quiet(own(settings)) }),
    ...(dialect === undefined
      ? {}
      : {
          dialect: {
            ...dialect,
            publishes: (device) => dialect.publishes(bare(device)),
            subscribes: (device) => dialect.subscribes(bare(device)),
            decode: (message, device) => dialect.decode(message, bare(device)),
          },
        }),
  };
}
