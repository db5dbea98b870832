import type { DriverType, Found } from '../../devices/driver.ts';
import { type Duration, type Instant, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { messageOf } from '../log.ts';
import type { Clock, Drivers, Hub, Log } from '../ports.ts';
import type { Db } from '../store/connect.ts';
import { putEvents } from '../store/events.ts';
import type { Device, Register } from '../store/register-view.ts';
import { hostOf } from './cameras.ts';

export interface DiscoveryDeps {
  /** `store.desk` */
  readonly db: Db;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Log;
  readonly drivers: Drivers;
  readonly register: Pick<Register, 'cameras'>;
}

export interface Wanted {
  readonly length: Duration;
  /** All that are up when absent. */
  readonly interfaces?: readonly string[];
  /** Name of a driver; all that can search when absent. */
  readonly driver?: string;
}

export interface Seen extends Found {
  readonly driver: string;
  readonly kind: string;
  /** The registered device at one of its addresses. */
  readonly deviceId?: string;
}

export interface Search {
  readonly items: readonly Seen[];
  /** What went wrong with a driver's search; the others go on. */
  readonly troubles: readonly { readonly driver: string; readonly detail: string }[];
}

/** A driver that does not end by itself is left behind after this. */
const grace: Duration = seconds(3);

/**
 * Asks every driver that can to search the network. Each device found is an event `baiying.device.found.v1` at once, so that
 * a page can show them as they come. One search runs at a time: two would ask every device twice.
 */
export function openDiscovery(deps: DiscoveryDeps): (wanted: Wanted, by: string) => Promise<Search> {
  let running = false;
  return async (wanted, by) => {
    if (running) throw new Fault('overloaded', 'A search is running already; its findings come on the stream');
    running = true;
    try {
      return await search(deps, wanted, by);
    } finally {
      running = false;
    }
  };
}

async function search(deps: DiscoveryDeps, wanted: Wanted, by: string): Promise<Search> {
  const types = deps.drivers.list().filter(({ name, discover }) => discover && (wanted.driver === undefined || name === wanted.driver));
  if (types.length === 0) throw new Fault('not-implemented', 'No driver here can search the network');
  const registered = new Map(deps.register.cameras().flatMap((device) => placesOf(device).map((place) => [place, device.id] as const)));
  const items = new Map<string, Seen>();
  const troubles: { driver: string; detail: string }[] = [];
  const told: Promise<void>[] = [];
  const found = (type: DriverType, device: Found): void => {
    const deviceId = device.addresses
      .flatMap(placesIn)
      .map((place) => registered.get(place))
      .find((id) => id !== undefined);
    const seen: Seen = { ...device, driver: type.name, kind: type.kind, ...(deviceId === undefined ? {} : { deviceId }) };
    const key = `${type.name} ${device.urn}`;
    if (!items.has(key)) told.push(tell(deps, seen, by, deps.clock.now()));
    items.set(key, seen);
  };
  await Promise.all(
    types.map(async (type) => {
      try {
        for (const device of await within(deps.clock, wanted, type, (one) => found(type, one))) found(type, device);
      } catch (error) {
        troubles.push({ driver: type.name, detail: error instanceof Error ? messageOf(error) : String(error) });
      }
    }),
  );
  await Promise.all(told);
  return { items: [...items.values()], troubles };
}

async function within(clock: Clock, wanted: Wanted, type: DriverType, found: (device: Found) => void): Promise<readonly Found[]> {
  const end = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = clock.after('search of the network', wanted.length + grace, () => {
    end.abort();
    reject(new Error('the search did not end in time'));
  });
  const { length: milliseconds, interfaces } = wanted;
  const asked = type.discover?.({ milliseconds, found, signal: end.signal, ...(interfaces === undefined ? {} : { interfaces }) });
  return Promise.race([asked ?? [], late]).finally(() => timer.stop());
}

async function tell({ db, hub, log }: DiscoveryDeps, seen: Seen, by: string, at: Instant): Promise<void> {
  try {
    await putEvents(db, [{ type: 'baiying.device.found.v1', subject: `discovery/${seen.urn}`, at, data: { ...seen, by } }]);
    hub.tell('events');
  } catch (error) {
    log.warn({ err: error }, 'a device that was found could not be told on the stream');
  }
}

/** Several cameras stand behind one address of a router, each on a port of its own. */
const placeIn = ({ protocol, hostname, port }: URL): string => `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;

/** What an address that was found may be registered as: with its port, and as a bare host. */
function placesIn(address: string): readonly string[] {
  const url = URL.parse(address);
  return url ? [placeIn(url), url.hostname] : [address];
}

function placesOf({ settings }: Device): readonly string[] {
  const { address } = settings;
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url && /^https?:$/.test(url.protocol)) return [placeIn(url)];
  const host = hostOf(settings);
  return host === undefined ? [] : [host];
}
