import type { paths } from '../api/types.generated.ts';
import type { Device } from './queries.ts';

type Body = paths['/api/v1/devices/{id}']['put']['requestBody']['content']['application/json'];
type Part = { readonly [K in keyof Body]?: Body[K] | undefined };

/** A device's body with one part changed: a PUT takes away what it does not name. `undefined` takes the part away. */
export function bodyOf(device: Device, part: Part): Body {
  const { kind, driver, name, siteId, unitId, location, plan, settings, supervisionSeconds, testUntil, exercise } = device;
  // A plan belongs to the site: elsewhere the device stands on none.
  const moved = 'siteId' in part && part.siteId !== siteId;
  const whole = {
    kind,
    driver,
    name,
    siteId,
    unitId,
    location,
    plan: moved ? undefined : plan,
    settings,
    supervisionSeconds,
    testUntil,
    exercise,
    ...part,
  };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as Body;
}
