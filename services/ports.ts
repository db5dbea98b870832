import type { Logger } from 'pino';
import type { Delivery, DeviceKind, DriverType, Fact, Letter } from '../devices/driver.ts';
import type {
  AimGrant,
  Disposition,
  Duration,
  Grade,
  Incident,
  IncidentInput,
  Instant,
  Lane,
  LinkedCamera,
  Priority,
  Signal,
} from './alarm/index.ts';
import type { FootagePiece } from './store/footage.ts';
import type { StoredOrder } from './store/orders.ts';
import type { NewSignal, Ours } from './store/signals.ts';

/** What the shell must offer the services. Main files make these; everything else is handed them. */

export type Log = Logger;

export interface Timer {
  /** Stops it; safe to call twice. */
  stop(): void;
}

/** The product's one clock. Every timer has a name, so that the log and the status page can say what is waiting. */
export interface Clock {
  now(): Instant;
  after(name: string, delay: Duration, run: () => unknown): Timer;
  every(name: string, interval: Duration, run: () => unknown): Timer;
}

/** An order that was written as already taken by this process, which may send it without asking the record until the lease ends. */
export interface TakenOrder {
  readonly order: StoredOrder;
  readonly lease: string;
  readonly until: Instant;
}

/** An order that its bearer took, and the lease under which it was sent. */
export interface SentOrder {
  readonly id: string;
  readonly lease: string;
}

/** A call that is on its way into the record. What must be asked around it can be asked meanwhile. */
export interface Coming {
  readonly signal: Signal;
  /** Whether it stands in the record for the first time; false also when it could not be written. Never rejects. */
  readonly stored: Promise<boolean>;
  /** Once that is known the record is asked as for any other: its server may have been another one then. */
  readonly settled: () => boolean;
}

/** Work that crosses rooms. A job only names a row of the record; doing it twice does nothing twice. */
export type Job =
  | {
      readonly type: 'signal';
      readonly id: string;
      readonly deviceId: string;
      readonly lane: Lane;
      readonly answers: boolean;
      readonly coming?: Coming | undefined;
    }
  | { readonly type: 'incident-clock'; readonly id: string }
  | { readonly type: 'order-clock'; readonly id: string }
  /** `again`: no bearer took it yet, so that it waits behind orders that nobody has tried. */
  | { readonly type: 'order'; readonly id: string; readonly taken?: TakenOrder | undefined; readonly again?: true }
  | { readonly type: 'orders-sent'; readonly id: string; readonly orders: readonly SentOrder[] }
  | { readonly type: 'broadcast'; readonly id: string; readonly deviceId: string }
  | { readonly type: 'receipt'; readonly id: string }
  | { readonly type: 'footage'; readonly id: string }
  | { readonly type: 'reachable'; readonly id: string }
  | { readonly type: 'webhook'; readonly id: string }
  /** Asks for nothing: it shows that the lane is walked. `by` is the process that sent it. */
  | { readonly type: 'canary'; readonly id: string; readonly by: string; readonly lane: Lane; readonly room: 'pipeline' | 'dispatch' };
export type JobType = Job['type'];
export type Handlers = { readonly [T in JobType]?: (job: Extract<Job, { type: T }>) => Promise<void> };

export interface Lanes {
  /** Sees that the job is done, soon; never throws and never waits: what the queue cannot take, the sweeper finds. */
  offer(job: Job): void;
}

/** A device as the ear knows it once its credential was checked. */
export interface Speaker {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly exercise: boolean;
}

export interface Accepted {
  readonly signalId: string;
  /** It stood in the record before: a retransmission, or a repeat folded into its activity. */
  readonly known: boolean;
}

/** How a fact came. */
export interface Hearing {
  /** `mqtt`, `http`, `supervision`. */
  readonly via: string;
  /** The bytes, where they could not be read. */
  readonly raw?: Uint8Array;
  /** It tells how things stand, not that they changed: kept, and nothing follows from it. */
  readonly standing?: boolean;
  /** What whoever took it says of it; nothing of this may come from the teller. */
  readonly ours?: Pick<Ours, 'late' | 'by'>;
}

/** The ear: resolves only after the commit, so whoever waits for it may acknowledge. */
export interface Ear {
  hear(speaker: Speaker, fact: Fact, how: Hearing): Promise<Accepted>;
  position(speaker: Speaker, position: { lat: number; lon: number; at?: number; accuracy?: number }): Promise<void>;
}

/**
 * What a call leads to while the record is away: decided from the last known register, sent without being written. The same
 * call taken in later leads to orders of the same ids, which a radio knows.
 */
export interface FirstOrders {
  /**
   * Undefined for what nobody runs for. `send` begins sending; called once the call is on a disk. Where no disk takes it, `withdraw`
   * forgets it: the key says it again, and somebody must run then.
   */
  decide(signal: NewSignal): { readonly unitIds: readonly string[]; send(): void; withdraw(): void } | undefined;
  /** The record is back: it knows better who is engaged, and what is open. */
  forget(): Promise<void>;
}

/** How it stands with a record that may be away, at the process that hears the devices. */
export interface RecordAway {
  /** Since when it takes nothing; undefined while it does. */
  readonly since: Instant | undefined;
  /** Signals that wait for it on this machine's disk. */
  readonly waiting: number;
  /** For whom units were sent since then. */
  readonly sentFor: readonly { readonly deviceId: string; readonly at: Instant; readonly unitIds: readonly string[] }[];
}

/** Sends at once and writes nothing; what cannot be sent is logged. */
export interface Speedy {
  order(order: StoredOrder): void;
  receipt(incident: Incident): void;
}

/** Hands a letter to the broker that holds the device's connection, in this process or another. */
export interface Post {
  post(deviceId: string, letter: Letter): Promise<Delivery>;
}

export interface NewIncident {
  readonly kind: string;
  readonly priority: Priority;
  readonly note: string;
  readonly by: string;
  readonly siteId?: string;
  readonly cameraId?: string;
  readonly location?: { readonly lat: number; readonly lon: number };
  readonly exercise?: boolean;
}

/** What people do to incidents, run through the same rules and the same transaction as signals. */
export interface Desk {
  /** Opens what an operator saw. */
  open(incident: NewIncident): Promise<Incident>;
  /** @throws Fault `not-found`, or `incident-closed` where a closed incident cannot take the act */
  act(incidentId: string, input: DeskInput): Promise<Incident>;
  /** Orders of one incident were handed to their bearers. Those whose lease another process took over stay as they are. */
  sent(orders: readonly SentOrder[]): Promise<void>;
  /** An order moved: told by the bearer (dispatch) or withdrawn by an operator. */
  order(orderId: string, news: OrderNews): Promise<void>;
  /** What the cameras of an incident gave: into the record and onto its timeline, each once however often it is told. */
  cameras(incidentId: string, news: readonly CameraNews[]): Promise<void>;
}
export type DeskInput = Extract<
  IncidentInput,
  { type: 'acknowledged' | 'taken' | 'handed-on' | 'step' | 'units-ordered' | 'broadcast-requested' | 'noted' | 'loudspeaker' | 'closed' }
>;
export type OrderNews =
  | { readonly type: 'undeliverable'; readonly final: boolean; readonly why: string }
  | { readonly type: 'cancelled'; readonly by: string };

export type CameraNews =
  | {
      readonly type: 'called-up';
      readonly cameras: readonly (LinkedCamera & { readonly gives: { readonly still: boolean; readonly clip: boolean } })[];
    }
  | { readonly type: 'turned'; readonly cameraId: string; readonly preset: string; readonly grant: AimGrant }
  | { readonly type: 'not-turned'; readonly cameraId: string; readonly reason: 'camera-held' | 'camera-not-turned'; readonly why: string }
  /** `last`: no more of this kind is to come from this camera. */
  | { readonly type: 'attached'; readonly piece: FootagePiece; readonly last: boolean }
  | {
      readonly type: 'missing';
      readonly cameraId: string;
      readonly what: 'still' | 'clip';
      readonly reason: 'picture-missing' | 'clip-missing' | 'disk-nearly-full';
      readonly why: string;
    };

/** News that processes tell each other: something of this topic changed. Lost news costs time, never truth. */
export interface Hub {
  tell(topic: string, about?: string): void;
  listen(topic: string, hear: (about: string) => void): Timer;
}

/** `at-rest`: registered, and nobody acts. `unavailable`: the detail says why. */
export interface DemoState {
  readonly state: 'absent' | 'starting' | 'alive' | 'ending' | 'at-rest' | 'unavailable';
  readonly detail?: string;
  /** It goes to rest by itself then. */
  readonly endsAt?: Instant;
}

/** The county of simulated devices, started and ended while the product runs. */
export interface DemoSwitch {
  state(): Promise<DemoState>;
  /** Begins to start it. @throws Fault `demo-unavailable` */
  start(): Promise<DemoState>;
  /** Begins to send its devices home and to take it out of the register. @throws Fault `demo-unavailable` */
  end(): Promise<DemoState>;
}

/** Finds a driver type by device kind and name. Only main files know the whole catalogue. */
export interface Drivers {
  find(kind: DeviceKind, name: string): DriverType | undefined;
  list(): readonly DriverType[];
}

export type { Disposition, Grade };
