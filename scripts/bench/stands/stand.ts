import type { Voice } from '../chatter.ts';

/** A system under measurement that takes presses of keys and gives orders to radios, as far as it can. */
export interface Stand {
  readonly name: string;
  readonly mqtt: string;
  readonly keys: readonly Voice[];
  readonly cameras: readonly Voice[];
  /** Where orders arrive; `topic` is the filter to subscribe. */
  readonly radios: readonly Voice[];
  /** Which key's press an order is for. */
  keyOf(order: Buffer): string;
  /** What a radio must answer; nothing where nobody reads answers. */
  answerTo?(order: Buffer): string;
  /** Of everything that belongs to it. */
  pids(): readonly number[];
  /** kill -9 of what takes presses and decides, which is started again at once on the same addresses. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface Needs {
  readonly keys: number;
  readonly cameras: number;
  /** Each key at a protected place of its own, so that each opens an incident of its own. */
  readonly sites: boolean;
  /** Of the product's process. */
  readonly env?: Readonly<Record<string, string>>;
}

export const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_unused, index) => make(index));

/** Voices of a broker that asks nobody who it is; the radio hears the presses themselves. */
export const strangers = ({ keys, cameras }: Needs): Pick<Stand, 'keys' | 'cameras' | 'radios' | 'keyOf'> => ({
  keys: numbered(keys, (index) => ({ id: `key-${index}`, topic: `keys/key-${index}/event` })),
  cameras: numbered(cameras, (index) => ({ id: `camera-${index}`, topic: `cameras/camera-${index}/event` })),
  radios: [{ id: 'radio-0', topic: 'keys/+/event' }],
  keyOf: (press) => (JSON.parse(press.toString()) as { eventId: string }).eventId.split('/')[0] ?? '',
});
