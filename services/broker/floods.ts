import { type DeviceKind, type Duration, type Instant, minutes, seconds } from '../alarm/index.ts';

/**
 * Devices that send far more than their kind can have to say: broken, or taken over. Whoever keeps it up is cut off and
 * kept out for a while that doubles with every time. Each begins with room for all that a hand could ever press, so the
 * first call of a connection always passes; and nothing that may call for help is kept out for longer than seconds.
 */
export interface Floods {
  /** Counts one message. @returns for how long the device is kept out, where this one is too many */
  count(device: Sender): Duration | undefined;
  /** Whether its login is refused now. */
  keptOut(deviceId: string): boolean;
}

export interface Sender {
  readonly id: string;
  readonly kind: DeviceKind;
  /** It speaks for others too. */
  readonly bridge: boolean;
}

/** Messages a second that a device may keep up; 0 bounds nothing. */
export interface FloodBounds {
  readonly key: number;
  readonly camera: number;
  readonly radio: number;
  readonly loudspeaker: number;
  readonly bridge: number;
}

interface Bucket {
  /** Messages that may still come at once. */
  room: number;
  at: Instant;
  times: number;
  outUntil: Instant;
}

/** So many seconds' worth may come at once. */
const burst = 10;
const first = { calls: seconds(1), others: seconds(10) };
const longest = { calls: seconds(10), others: minutes(10) };
/** Whoever kept within the bound for this long begins anew. */
const forgiven = minutes(30);
const mostKept = 20_000;

export function openFloods(bounds: FloodBounds, now: () => Instant): Floods {
  const buckets = new Map<string, Bucket>();

  /** A bucket that is full and forgiven again says nothing. */
  function prune(at: Instant): void {
    for (const [id, bucket] of buckets) if (at - Math.max(bucket.at, bucket.outUntil) > forgiven) buckets.delete(id);
  }

  return {
    count({ id, kind, bridge }) {
      const perSecond = bounds[bridge ? 'bridge' : kind];
      if (perSecond === 0) return undefined;
      const [at, most] = [now(), perSecond * burst];
      const bucket = buckets.get(id) ?? { room: most, at, times: 0, outUntil: 0 };
      if (!buckets.has(id)) {
        if (buckets.size >= mostKept) prune(at);
        buckets.set(id, bucket);
      }
      bucket.room = Math.min(most, bucket.room + ((at - bucket.at) / 1000) * perSecond) - 1;
      bucket.at = at;
      // What was on its way when its connection ended is not counted again.
      if (bucket.room >= 0 || at < bucket.outUntil) return undefined;
      if (at - bucket.outUntil > forgiven) bucket.times = 0;
      const calls = bridge || kind === 'key' || kind === 'radio' ? 'calls' : 'others';
      const out = Math.min(first[calls] * 2 ** bucket.times, longest[calls]);
      Object.assign(bucket, { room: most, times: bucket.times + 1, outUntil: at + out });
      return out;
    },
    keptOut: (deviceId) => now() < (buckets.get(deviceId)?.outUntil ?? 0),
  };
}
