import { type Channel, channel } from 'node:diagnostics_channel';

/** Instants between two steps at which it would be worst to be cut off. */
export const failpoints = [
  /** A call stands in the record; it is not on disk, not decided, and its device was not answered. */
  'call-stored',
  /** A call is on disk; its device was not answered. */
  'call-kept',
  /** A device was answered. */
  'call-acknowledged',
  /** Incident and orders are written, not committed. */
  'decision-not-committed',
  /** The right to send an order is taken; it has not left. */
  'order-leaving',
  /** The order left; that it did stands nowhere yet. */
  'order-left',
] as const;
export type Failpoint = (typeof failpoints)[number];

/** The name under which Node tells of a failpoint to code that was loaded into the process to listen. */
export const channelOf = (name: Failpoint): string => `baiying:${name}`;

const channels = new Map<Failpoint, Channel>(failpoints.map((name) => [name, channel(channelOf(name))]));

/**
 * Tells whoever listens that the process passes this instant. The product never listens and has no setting that would:
 * `npm run torture` loads its own listener into the process that it starts, and ends or freezes it there.
 */
export function failpoint(name: Failpoint): void {
  const passed = channels.get(name);
  if (passed?.hasSubscribers) passed.publish(undefined);
}
