import type { z } from 'zod';
import type { Aim, Preset, StreamAddress } from './camera-powers.ts';
import type { Announcement, Sound, Speaking, Spoken } from './sound-powers.ts';
import type { TroubleCode } from './trouble.ts';

export type { Aim, Preset, StreamAddress } from './camera-powers.ts';
export type { Announcement, Sound, Speaking, Spoken } from './sound-powers.ts';
export { Trouble, type TroubleCode, troubleCodes } from './trouble.ts';

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
  /** Set where the device says the same again and again: see `Dialect.judge`. */
  readonly mark?: Mark;
  /** Somebody had kept it, a broker or the device: it tells how things stand, and perhaps stood long ago. Never read out of the payload. */
  readonly retained?: true;
}

/** How one input, button or property of a device stands, as it was told; kept in the record beside the fact. */
export interface Mark {
  /** Which one; unique within the device. */
  readonly of: string;
  readonly value: Readonly<Record<string, string | number | boolean>>;
}

/** What the record knows of a mark. */
export interface Known {
  readonly value: Mark['value'];
  /** Milliseconds since it was last kept, as news or as state. */
  readonly age: number;
  /** Milliseconds since it was last told, kept or not. */
  readonly quiet: number;
  /** It was told over this very connection. A device cannot restart without losing its connection; behind a bridge it can. */
  readonly sameLine: boolean;
}

/**
 * What a marked fact is in the light of what was known: `news` goes to the rules, `state` is kept and nothing follows from
 * it, a `repeat` is not kept. The fact may be another than the one decoded: an empty event whose counter has moved is a press.
 */
export type Judgement =
  | { readonly outcome: 'news'; readonly fact: Fact }
  | { readonly outcome: 'state'; readonly fact: Fact }
  | { readonly outcome: 'repeat' };

/** What a message from a device turned out to be. Only `unparsed` is a failure, and of a key it is an alarm. */
export type Heard =
  | { readonly outcome: 'fact'; readonly fact: Fact }
  | { readonly outcome: 'facts'; readonly facts: readonly Fact[] }
  | { readonly outcome: 'position'; readonly lat: number; readonly lon: number; readonly at?: number; readonly accuracy?: number }
  /** `secret`: its bytes may hold somebody's code and are not kept. */
  | { readonly outcome: 'unparsed'; readonly reason: string; readonly secret?: true }
  | { readonly outcome: 'nothing'; readonly reason: string };

/** A message that a device published, as the broker got it. */
export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** As the device set it, which asks that the message be kept; what it means by that is for its driver to say. */
  readonly retain: boolean;
  /** It comes out of another broker's store: it was published at some time before we listened. */
  readonly stored?: boolean;
}

/**
 * Power of a device heard through the broker: which topics are its own, and what its messages mean. Topics are exact or
 * end in `/#`; a device may publish and subscribe only here. A device whose settings name a `bridge` (a device id) has no
 * connection of its own: what that device's connection publishes on these topics is this one's.
 */
export interface Dialect<Settings> {
  publishes(device: Device<Settings>): readonly string[];
  subscribes(device: Device<Settings>): readonly string[];
  decode(message: Message, device: Device<Settings>): Heard;
  /** Tells news from repetition, for facts with a mark; where absent every fact is news. Pure; `known` is undefined at first sight. */
  judge?(fact: Fact & { readonly mark: Mark }, known: Known | undefined, device: Device<Settings>): Judgement;
  /** Its connection brings the messages of other devices: those whose settings name it as their `bridge`. */
  readonly carries?: true;
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
  /** The station's word, to be signed on its way: the payload is a JSON object. See signature.ts. */
  readonly signed?: true;
}

/** A letter whose topic begins so is for the open pages of a unit's phones: it wakes them, and they read what is meant from the record. */
export const pagesTopic = 'pages/';

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

/** Where a watched device's news goes while it is watched. */
export interface Told {
  /** Facts in the order in which the device told them; resolves when they are in the record. */
  readonly hear: (facts: readonly Fact[]) => Promise<void>;
  /** The device answered just now, though it had nothing to tell. */
  readonly alive: () => void;
  /** What stands in the way although the connection holds, for example a clock that is off; undefined when it is over. */
  readonly hindered: (why: { readonly code: TroubleCode; readonly detail: string } | undefined) => void;
  /** A few words that outlive this process: what a crash would leave behind at the device, such as a subscription. Never rejects. */
  readonly memory?: {
    recall(): Promise<string | undefined>;
    keep(words: string | undefined): Promise<void>;
  };
}

/** What a device says of itself. */
export interface Description {
  readonly maker?: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly serial?: string;
  /** Its clock less ours, milliseconds; absent when it does not tell. */
  readonly clockOffset?: number;
  /** Names of its media profiles, inputs, relays, presets, as far as it lists them. */
  readonly profiles?: readonly string[];
  readonly inputs?: readonly string[];
  readonly relays?: readonly string[];
}

/** Where a device is to publish what it tells: a broker of ours, and who it is there. */
export interface PublishPlace {
  /** `mqtt://host:port`, or `mqtts`, `ws`, `wss`. */
  readonly address: string;
  /** Everything that it publishes stands below it, for example `cameras/<id>`. */
  readonly topicPrefix: string;
  readonly username: string;
  readonly password: string;
}

/** The powers a driver may have; each is one function of one meaning, and absent where the device cannot. */
export interface Powers {
  readonly order?: (order: OrderToSend) => Promise<Delivery>;
  /** A loudspeaker that finds the words itself. */
  readonly play?: (announcement: Announcement) => Promise<Delivery>;
  readonly stop?: (broadcastId: string) => Promise<Delivery>;
  /** A loudspeaker that takes sound: sends it at the speed of speech and answers when it is over. Never rejects. */
  readonly speak?: (sound: Sound, speaking: Speaking) => Promise<Spoken>;
  readonly receipt?: (receipt: Receipt) => Promise<Delivery>;
  /**
   * A device that is not heard through the broker: connects, listens, and tells until aborted. Runs until it fails; the
   * supervisor waits and starts it again, so there is no back-off in here.
   * @throws Trouble
   */
  readonly watch?: (told: Told, signal: AbortSignal) => Promise<void>;
  /**
   * Has the device publish to a broker of ours by itself, in place of what it was set to before; answers with what it then
   * says of that. @throws Trouble
   */
  readonly publish?: (place: PublishPlace, signal: AbortSignal) => Promise<{ readonly status?: string }>;
  /** @throws Trouble */
  readonly describe?: (signal: AbortSignal) => Promise<Description>;
  /** A whole JPEG, by the device's own still picture. @throws Trouble */
  readonly snapshot?: (signal: AbortSignal) => Promise<Uint8Array>;
  /** @throws Trouble */
  readonly stream?: (signal: AbortSignal) => Promise<StreamAddress>;
  /** @throws Trouble */
  readonly presets?: (signal: AbortSignal) => Promise<readonly Preset[]>;
  /** @throws Trouble */
  readonly aim?: (aim: Aim, signal: AbortSignal) => Promise<void>;
  /** Closes or opens an output of the device, for example of a horn or a lamp. @throws Trouble */
  readonly relay?: (token: string, closed: boolean, signal: AbortSignal) => Promise<void>;
}

/** A device that was found on the network and is perhaps not registered yet. */
export interface Found {
  /** The device's own lasting name, for example an ONVIF endpoint reference. */
  readonly urn: string;
  /** Service addresses as it announced them. */
  readonly addresses: readonly string[];
  readonly name?: string;
  readonly maker?: string;
  readonly model?: string;
  /** The interface of ours that heard it. */
  readonly via: string;
}

export interface Search {
  readonly milliseconds: number;
  /** Names of network interfaces; all that are up when absent. */
  readonly interfaces?: readonly string[];
  readonly found: (device: Found) => void;
  readonly signal: AbortSignal;
}

export interface DriverType<Settings = Record<string, unknown>> {
  /** Unique within its kind, for example `mqtt`. */
  readonly name: string;
  readonly kind: DeviceKind;
  readonly title: { readonly zh: string; readonly en: string };
  /**
   * Marked by `.meta`: `secret: true` is kept sealed and shown to nobody. `way: true` decides where the secrets go, or how: where
   * such a setting changes, those that were kept are asked for again.
   */
  readonly settings: z.ZodType<Settings>;
  readonly dialect?: Dialect<Settings>;
  /**
   * Seconds for which such a device may say nothing at all and be well, where that is not what is usual for its kind: a
   * button on a coin cell speaks once a day. Registered with the device unless the installer names another.
   */
  readonly quiet?: (settings: Settings) => number | undefined;
  /** Gives the powers of one device. Constructs only; starts nothing. */
  readonly open: (give: Give, device: Device<Settings>) => Powers;
  /** What is asked of such a device is answered for it by the system behind it, through `POST /signals`. */
  readonly answersOverHttp?: true;
  /** Looks for devices of this type on the network; resolves when the time is over, with every one that answered. @throws Trouble */
  readonly discover?: (search: Search) => Promise<readonly Found[]>;
}
