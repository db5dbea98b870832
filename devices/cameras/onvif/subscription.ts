import { Trouble } from '../../driver.ts';
import { child, rewrite, tag, textAt, type Xml, type XmlElement } from '../../xml.ts';
import type { Call } from './client.ts';
import { type Notification, readNotifications } from './events.ts';
import { lasting, ns, pathOf, readInstant } from './soap.ts';

/** The requests of a pull point and what their answers say (ONVIF Core 9, WS-BaseNotification). Pure. */

/** Where a subscription is asked for, and what it wants to have back with each request. */
export interface Reference {
  readonly path: string;
  /** As the camera wrote it: it goes into `To` and is never connected to. */
  readonly to: string;
  /** Reference parameters as header elements. Axis knows a subscription by nothing else. */
  readonly parameters: readonly Xml[];
}

/** Seconds that a subscription lives after we fell silent. Tapo answers 500 to a request that names no time. */
export const leaseSeconds = 60;
/** A camera that gives a year (seen) is still asked again, one that gives a second is not asked every half. */
const leaseBounds = { least: 10_000, most: leaseSeconds * 1000 };

const pullPoint = `${ns.tev}/PullPointSubscription`;
const manager = 'http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager';

const at = (reference: Reference, action: string, body: Xml): Call => ({
  path: reference.path,
  to: reference.to,
  headers: reference.parameters,
  action,
  body,
});

export const createCall = (path: string): Call => ({
  path,
  action: `${ns.tev}/EventPortType/CreatePullPointSubscriptionRequest`,
  body: tag('CreatePullPointSubscription', { xmlns: ns.tev }, tag('InitialTerminationTime', {}, lasting(leaseSeconds))),
});

export const pullCall = (reference: Reference, seconds: number): Call => {
  const body = tag('PullMessages', { xmlns: ns.tev }, tag('Timeout', {}, lasting(seconds)), tag('MessageLimit', {}, 100));
  return at(reference, `${pullPoint}/PullMessagesRequest`, body);
};

export const renewCall = (reference: Reference): Call =>
  at(reference, `${manager}/RenewRequest`, tag('Renew', { xmlns: ns.wsnt }, tag('TerminationTime', {}, lasting(leaseSeconds))));

export const unsubscribeCall = (reference: Reference): Call =>
  at(reference, `${manager}/UnsubscribeRequest`, tag('Unsubscribe', { xmlns: ns.wsnt }));

export const synchroniseCall = (reference: Reference): Call =>
  at(reference, `${pullPoint}/SetSynchronizationPointRequest`, tag('SetSynchronizationPoint', { xmlns: ns.tev }));

export const seekCall = (reference: Reference, from: number): Call =>
  at(reference, `${pullPoint}/SeekRequest`, tag('Seek', { xmlns: ns.tev }, tag('UtcTime', {}, new Date(from).toISOString())));

/** @throws Trouble garbled where the answer names no subscription */
export function readCreated(answer: XmlElement): { readonly reference: Reference; readonly lease: number } {
  const given = child(answer, 'SubscriptionReference');
  const to = textAt(given, 'Address');
  if (to === undefined) throw new Trouble('garbled', 'camera names no subscription');
  const parameters = child(given, 'ReferenceParameters')?.children ?? [];
  return {
    reference: { path: pathOf(to), to, parameters: parameters.map((each) => rewrite(each, { 'a:IsReferenceParameter': 'true' })) },
    lease: leaseOf(answer),
  };
}

export interface Pulled {
  readonly notifications: readonly Notification[];
  /** Milliseconds that the subscription still lives, bounded. */
  readonly lease: number;
  /** The camera's clock. */
  readonly clock?: number;
}

export function readPulled(answer: XmlElement): Pulled {
  if (answer.name !== 'PullMessagesResponse') throw new Trouble('garbled', `camera answers <${answer.name.slice(0, 30)}> to PullMessages`);
  const clock = readInstant(textAt(answer, 'CurrentTime'));
  return { notifications: readNotifications(answer), lease: leaseOf(answer), ...(clock === undefined ? {} : { clock }) };
}

/** By the difference alone: cameras have been seen in 1970, in 2017, an hour ahead, and with a lease of one year. */
export function leaseOf(answer: XmlElement): number {
  const [now, end] = [readInstant(textAt(answer, 'CurrentTime')), readInstant(textAt(answer, 'TerminationTime'))];
  if (now === undefined || end === undefined || end <= now) return leaseBounds.most;
  return Math.min(leaseBounds.most, Math.max(leaseBounds.least, end - now));
}

/** What outlives a crash: the subscription, so that it can be given back, and how far the camera had told. */
export interface Left {
  readonly reference: Reference;
  readonly toldUntil?: number;
}

export const writeLeft = ({ reference, toldUntil }: Left): string =>
  JSON.stringify({ path: reference.path, to: reference.to, parameters: reference.parameters.map(({ xml }) => xml), toldUntil });

export function readLeft(words: string): Left | undefined {
  const { path, to, parameters, toldUntil } = JSON.parse(words) as Record<string, unknown>;
  if (typeof path !== 'string' || typeof to !== 'string' || !Array.isArray(parameters)) return undefined;
  return {
    reference: { path, to, parameters: parameters.map((xml) => ({ xml: String(xml) })) },
    ...(typeof toldUntil === 'number' ? { toldUntil } : {}),
  };
}

/** Whether the camera keeps what it tells, so that one can ask for what was missed (GetServices, event capabilities). */
export const keepsNotifications = (abilities: Readonly<Record<string, string>>): boolean =>
  ['true', '1'].includes(abilities['PersistentNotificationStorage'] ?? '');
