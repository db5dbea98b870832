import { type Fact, type Told, Trouble } from '../../driver.ts';
import type { Pause } from '../../supervisor.ts';
import type { SoapClient } from './client.ts';
import { factOf, openOneMotion } from './events.ts';
import { bindInput, type InputBinding } from './inputs.ts';
import { faultOf, isUnknownSubscription, ns, readInstant } from './soap.ts';
import {
  createCall,
  keepsNotifications,
  type Pulled,
  pullCall,
  type Reference,
  readCreated,
  readLeft,
  readPulled,
  renewCall,
  seekCall,
  synchroniseCall,
  unsubscribeCall,
  writeLeft,
} from './subscription.ts';

/** The event client of a camera: one pull point, kept alive, given back. Its `watch` is the power of the same name. */

export interface EventSettings {
  /** How long a question stays open at the camera. Tapo C220 closes a line on which nothing moved for 10 s. */
  readonly pullSeconds?: number;
  readonly inputs?: readonly InputBinding[];
}

export interface EventTools {
  /** Milliseconds. */
  readonly now: () => number;
  readonly pause: Pause;
}

interface Held {
  readonly reference: Reference;
  readonly madeAt: number;
  /** Half its lease, milliseconds: when it is renewed. */
  readonly half: number;
  endsAt: number;
  renewAt: number;
  synchronised: boolean;
}

const usualPull = 5;
/** Of the first question: a camera that has something to tell answers at once, one that is broken does so soon. */
const firstPull = 1;
/** After the question's own time the camera is silent: a cut cable shows within ten seconds. */
const grace = 5000;
/** A subscription this young that already fails is not the fault; a new one would fail as well. */
const young = 30_000;
const renewAgain = 40_000;
const farewell = 2000;
/** Answers that come faster than this are slowed, so that no firmware makes us turn in circles. */
const pace = { withNews: 200, empty: 1000 };
/** Beyond this its own times of events and pictures mislead whoever reads them. */
const clockTolerance = 300_000;

/** @param soap the camera's client; the subscription is kept between calls of `watch`, so that a short fault does not cost it */
export function openEvents(
  soap: SoapClient,
  settings: EventSettings,
  tools: EventTools,
): { watch(told: Told, signal: AbortSignal): Promise<void> } {
  return new Events(soap, settings, tools);
}

class Events {
  readonly #soap: SoapClient;
  readonly #settings: EventSettings;
  readonly #tools: EventTools;
  readonly #passes = openOneMotion();
  #held: Held | undefined;
  #recalled = false;
  #refused = false;
  #clockOff = false;
  /** By the camera's clock: what it told is known up to here. */
  #toldUntil: number | undefined;
  /** Events up to here were told before a Seek. */
  #seekedFrom: number | undefined;

  constructor(soap: SoapClient, settings: EventSettings, tools: EventTools) {
    this.#soap = soap;
    this.#settings = settings;
    this.#tools = tools;
  }

  async watch(told: Told, signal: AbortSignal): Promise<void> {
    try {
      await this.#knowClock(signal);
      await this.#takeBack(told, signal);
      await this.#begin(told, signal);
      this.#refused = false;
      while (!signal.aborted) await this.#turn(told, signal);
    } catch (error) {
      this.#refused = error instanceof Trouble && error.code === 'refused';
      if (!signal.aborted) throw error;
    } finally {
      if (signal.aborted) await this.#leave(told);
    }
  }

  /**
   * After a refusal the clock is asked first, which needs no password: while the camera turns away even that, none is sent
   * that it could count against the account.
   */
  async #knowClock(signal: AbortSignal): Promise<void> {
    const known = this.#soap.clockOffset() !== undefined;
    if (known && !this.#refused) return;
    try {
      await this.#soap.readClock(signal);
    } catch (error) {
      const unwilling = error instanceof Trouble && (error.code === 'refused' || faultOf(error) !== undefined);
      if (known || !unwilling) throw error;
    }
  }

  /** What a crash left at the camera takes one of its few places (Dahua has one). */
  async #takeBack(told: Told, signal: AbortSignal): Promise<void> {
    if (this.#recalled) return;
    const words = await told.memory?.recall();
    const left = words === undefined ? undefined : readLeft(words);
    if (left) {
      this.#toldUntil = left.toldUntil;
      await this.#giveUp(left.reference, signal);
    }
    this.#recalled = true;
  }

  async #begin(told: Told, signal: AbortSignal): Promise<void> {
    if (this.#held === undefined || this.#tools.now() >= this.#held.endsAt) await this.#create(told, signal);
    await this.#pullOrRenewed(firstPull, told, signal);
  }

  async #turn(told: Told, signal: AbortSignal): Promise<void> {
    await this.#renewWhenDue(told, signal);
    await this.#pullOrRenewed(this.#settings.pullSeconds ?? usualPull, told, signal);
  }

  /** Pulls; where the camera does not want to know the subscription any more, once more with a new one. */
  async #pullOrRenewed(seconds: number, told: Told, signal: AbortSignal): Promise<void> {
    try {
      await this.#pull(seconds, told, signal);
    } catch (error) {
      const held = this.#held;
      const old = held !== undefined && this.#tools.now() - held.madeAt >= young;
      if (held === undefined || faultOf(error) === undefined || !(old || isUnknownSubscription(error))) throw error;
      if (error instanceof Trouble && error.code === 'refused') throw error;
      if (!isUnknownSubscription(error)) await this.#giveUp(held.reference, signal);
      await this.#create(told, signal);
      await this.#pull(firstPull, told, signal);
    }
  }

  async #pull(seconds: number, told: Told, signal: AbortSignal): Promise<void> {
    const { now, pause } = this.#tools;
    const held = this.#held;
    if (!held) throw new Trouble('garbled', 'there is no subscription');
    const asked = now();
    const pulled = readPulled(
      await this.#soap.call({ ...pullCall(held.reference, seconds), milliseconds: seconds * 1000 + grace }, signal),
    );
    held.endsAt = now() + pulled.lease;
    told.alive();
    this.#judgeClock(pulled, told);
    await this.#tell(pulled, told);
    if (await this.#synchronise(held, pulled, signal)) return;
    const least = pulled.notifications.length > 0 ? pace.withNews : pace.empty;
    const left = asked + least - now();
    if (left > 0) await pause(left, signal);
  }

  async #tell(pulled: Pulled, told: Told): Promise<void> {
    const now = this.#tools.now();
    const facts = pulled.notifications.flatMap((each): Fact[] => {
      if ('skipped' in each) return [];
      const { event } = each;
      const at = readInstant(event.utc);
      const toldBefore = this.#seekedFrom !== undefined && event.operation !== 'Initialized' && at !== undefined && at <= this.#seekedFrom;
      const fact = toldBefore ? undefined : factOf(event);
      return fact === undefined ? [] : [bindInput(fact, this.#settings.inputs ?? [])];
    });
    const news = facts.filter((fact) => this.#passes(fact, now));
    if (news.length > 0) await told.hear(news);
    if (pulled.clock !== undefined) this.#toldUntil = pulled.clock;
  }

  /** Asks how things stand, once for each subscription, of cameras that do not tell it of themselves. */
  async #synchronise(held: Held, { notifications }: Pulled, signal: AbortSignal): Promise<boolean> {
    if (held.synchronised) return false;
    held.synchronised = true;
    if (notifications.some((each) => 'event' in each && each.event.operation === 'Initialized')) return false;
    return await this.#ask(synchroniseCall(held.reference), signal);
  }

  #judgeClock({ clock }: Pulled, told: Told): void {
    if (clock === undefined) return;
    const off = clock - this.#tools.now();
    const isOff = Math.abs(off) > clockTolerance;
    if (isOff === this.#clockOff) return;
    this.#clockOff = isOff;
    const detail = `camera's clock is ${Math.round(Math.abs(off) / 60_000)} minutes ${off < 0 ? 'behind' : 'ahead'}`;
    told.hindered(isOff ? { code: 'misconfigured', detail } : undefined);
  }

  async #create(told: Told, signal: AbortSignal): Promise<void> {
    this.#held = undefined;
    const { abilities, path } = await this.#service(signal);
    const { reference, lease } = await this.#subscribe(path, signal);
    const now = this.#tools.now();
    this.#held = { reference, madeAt: now, half: lease / 2, endsAt: now + lease, renewAt: now + lease / 2, synchronised: false };
    await this.#note(told);
    this.#seekedFrom = keepsNotifications(abilities) ? this.#toldUntil : undefined;
    if (this.#seekedFrom !== undefined) await this.#ask(seekCall(reference, this.#seekedFrom), signal);
  }

  async #service(signal: AbortSignal) {
    const service = (await this.#soap.services(signal)).get(ns.tev);
    if (service) return service;
    this.#soap.forget();
    throw new Trouble('unsupported', 'camera has no event service');
  }

  async #subscribe(path: string, signal: AbortSignal) {
    try {
      return readCreated(await this.#soap.call(createCall(path), signal));
    } catch (error) {
      // The path may have moved with new firmware.
      if (error instanceof Trouble && (error.code === 'unsupported' || error.code === 'garbled')) this.#soap.forget();
      throw error;
    }
  }

  /** A renewal that fails is not the end: the camera may prolong by itself, and if not the next question says so. */
  async #renewWhenDue(told: Told, signal: AbortSignal): Promise<void> {
    const held = this.#held;
    const now = this.#tools.now();
    if (held === undefined || now < held.renewAt) return;
    held.renewAt = now + renewAgain;
    if (!(await this.#ask(renewCall(held.reference), signal))) return;
    held.renewAt = now + held.half;
    await this.#note(told);
  }

  /** Something that the camera may refuse to do; whether it did it. */
  async #ask(call: Parameters<SoapClient['call']>[0], signal: AbortSignal | undefined, milliseconds?: number): Promise<boolean> {
    try {
      await this.#soap.call({ ...call, ...(milliseconds === undefined ? {} : { milliseconds }) }, signal);
      return true;
    } catch (error) {
      if (error instanceof Trouble) return false;
      throw error;
    }
  }

  #giveUp(reference: Reference, signal: AbortSignal | undefined): Promise<boolean> {
    return this.#ask(unsubscribeCall(reference), signal, farewell);
  }

  async #note(told: Told): Promise<void> {
    const until = this.#toldUntil;
    await told.memory?.keep(
      this.#held && writeLeft({ reference: this.#held.reference, ...(until === undefined ? {} : { toldUntil: until }) }),
    );
  }

  async #leave(told: Told): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    await this.#giveUp(held.reference, undefined);
    await this.#note(told);
  }
}
