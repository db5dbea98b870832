import type { z } from 'zod';

/**
 * The contract between the product and hardware. A driver type describes itself in one exported value (name, settings,
 * powers); the config check, the console's form and the docs page read that value. A driver knows no incident.
 */

export type DeviceKind = 'key' | 'camera' | 'radio' | 'loudspeaker';

/** A device as its driver sees it: what the installer registered, with settings already checked by the driver's schema. */
export interface Device<Settings = Record<string, unknown>> {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly settings: Settings;
}

export const factTypes = [
  'press',
  'release',
  'test',
  'tamper',
  'battery',
  'heartbeat',
  'unparsed',
  'motion',
  'line-crossing',
  'intrusion',
  'audio-alarm',
  'digital-input',
  'object',
  'video-loss',
  'report',
  'playback',
  'online',
  'offline',
  'silence',
] as const;
export type FactType = (typeof factTypes)[number];

/** One fact that a device told, decoded and checked. Unknown fields of the payload are kept in `data`. */
export interface Fact {
  readonly type: FactType;
  readonly grade?: 'emergency' | 'assist' | 'duress';
  readonly active: boolean;
  /** The device's own clock, milliseconds since 1970 UTC; absent when it has none or it cannot be read. */
  readonly at?: number;
  readonly eventId?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a message from a device turned out to be. Only `unparsed` is a failure, and of a key it is an alarm. */
export type Heard =
  | { readonly outcome: 'fact'; readonly fact: Fact }
  | { readonly outcome: 'position'; readonly lat: number; readonly lon: number; readonly at?: number; readonly accuracy?: number }
  | { readonly outcome: 'unparsed'; readonly reason: string }
  | { readonly outcome: 'nothing'; readonly reason: string };

/** A message that a device published, as the broker got it. */
export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
}

/**
 * Power of a device heard through the broker: which topics are its own, and what its messages mean. Topics are exact or
 * end in `/#`; a device may publish and subscribe only here.
 */
export interface Dialect<Settings> {
  publishes(device: Device<Settings>): readonly string[];
  subscribes(device: Device<Settings>): readonly string[];
  decode(message: Message, device: Device<Settings>): Heard;
}

/** An order on its way to a unit. Instants are milliseconds UTC; `priority` as in GB/T 28181. */
export interface OrderToSend {
  readonly orderId: string;
  readonly incidentId: string;
  readonly priority: 1 | 2 | 3 | 4;
  readonly kind: string;
  readonly text: string;
  readonly exercise: boolean;
  readonly site?: { readonly id: string; readonly name: string; readonly address: string };
  readonly location?: { readonly lat: number; readonly lon: number };
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What a loudspeaker is asked to say. `volume` in percent; `repeat` is how many times it is said. */
export interface Announcement {
  readonly broadcastId: string;
  readonly text?: string;
  readonly audioUrl?: string;
  readonly lang: 'zh' | 'en';
  readonly repeat: number;
  readonly volume?: number;
  readonly priority: 1 | 2 | 3 | 4;
  readonly expiresAt: number;
}

/** What the key's own lamp is told. */
export interface Receipt {
  readonly incidentId: string;
  readonly state: 'received' | 'acknowledged' | 'dispatched' | 'arrived' | 'closed';
  readonly at: number;
}

/** What is known after a send. "No error" is not delivery: each outcome says how far the message is known to have come. */
export type Delivery =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'unreachable'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string };

/** A message for a device that is heard through the broker. `channel` is the topic below the device's own branch. */
export interface Letter {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
  /** Kept for the device until it asks, and replaced by the next one of its topic. */
  readonly retain: boolean;
  readonly expiresAt: number;
}

/** A POST to a system outside. Headers are sent as given; `body` goes out as UTF-8. */
export interface HttpCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The status that came back, or why none did (address refused, no connection, deadline passed). */
export type HttpAnswer = { readonly status: number } | { readonly error: string };

/** The few functions a driver may call. A driver gets these and nothing else of the product. */
export interface Give {
  /** The product's clock, milliseconds UTC: when a letter is written, when a request is signed. */
  readonly now: () => number;
  /** Posts with a deadline, follows no redirect and refuses forbidden addresses. Never rejects. */
  readonly request: (call: HttpCall) => Promise<HttpAnswer>;
  /** Hands a letter to the broker that holds the device's connection. Resolves when that is known to have worked or not. */
  readonly post: (deviceId: string, letter: Letter) => Promise<Delivery>;
}

/** The powers a driver may have; each is one function of one meaning, and absent where the device cannot. */
export interface Powers {
  readonly order?: (order: OrderToSend) => Promise<Delivery>;
  readonly play?: (announcement: Announcement) => Promise<Delivery>;
  readonly stop?: (broadcastId: string) => Promise<Delivery>;
  readonly receipt?: (receipt: Receipt) => Promise<Delivery>;
}

export interface DriverType<Settings = Record<string, unknown>> {
  /** Unique within its kind, for example `mqtt`. */
  readonly name: string;
  readonly kind: DeviceKind;
  readonly title: { readonly zh: string; readonly en: string };
  readonly settings: z.ZodType<Settings>;
  readonly dialect?: Dialect<Settings>;
  /** Gives the powers of one device. Constructs only; starts nothing. */
  readonly open: (give: Give, device: Device<Settings>) => Powers;
}
