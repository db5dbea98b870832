/** Cameras that answered on the network, as the page needs them. */

export interface FoundCamera {
  /** The device's own lasting name. */
  readonly urn: string;
  readonly kind: string;
  readonly driver: string;
  /** The address that is used for it. */
  readonly address: string;
  readonly name: string;
  readonly face: string;
  /** Registered already, as this. */
  readonly deviceId?: string;
}

const textIn = (data: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = data[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Of the answer's item or the event's data, which are the same. */
export function foundOf(data: Readonly<Record<string, unknown>>): FoundCamera {
  const addresses = Array.isArray(data['addresses']) ? data['addresses'].map(String) : [];
  // IPv4 first: a link-local address of IPv6 holds only on the wire where it was heard.
  const address = addresses.find((one) => !one.includes('[')) ?? addresses[0] ?? '';
  const deviceId = textIn(data, 'deviceId');
  const face = [textIn(data, 'maker'), textIn(data, 'model')].filter((part) => part !== undefined).join(' ');
  return {
    ...{
      urn: textIn(data, 'urn') ?? address,
      kind: textIn(data, 'kind') ?? 'camera',
      driver: textIn(data, 'driver') ?? 'onvif',
      address,
      face,
    },
    name: textIn(data, 'name') ?? (face === '' ? hostOf(address) : face),
    ...(deviceId === undefined ? {} : { deviceId }),
  };
}

export const hostOf = (address: string): string => URL.parse(address)?.host ?? address;

/** Each once, in the order of their addresses; the later word replaces the earlier. */
export function merged(before: readonly FoundCamera[], more: readonly FoundCamera[]): readonly FoundCamera[] {
  const byName = new Map([...before, ...more].map((camera) => [camera.urn, camera]));
  return [...byName.values()].sort((a, b) => a.address.localeCompare(b.address, undefined, { numeric: true }));
}

/** What was found, in portions that a server answers within a minute. */
export function* portions<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
