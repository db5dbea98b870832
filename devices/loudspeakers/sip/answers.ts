import { Trouble } from '../../driver.ts';
import type { Law } from '../g711.ts';
import type { Timer } from '../pace.ts';
import { type Codec, g711Of, namesOf, parseSdp, type SdpMedia } from '../sdp.ts';
import type { AutoAnswer } from './dialog.ts';

/** What is wanted of a call, and what the loudspeaker's answers to it mean. Pure. */

export interface CallPlan {
  /** Of the loudspeaker or of the exchange before it. */
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  /** `sip:` addresses. */
  readonly to: string;
  readonly fromUser: string;
  readonly fromHost?: string;
  readonly username?: string;
  readonly password?: string;
  readonly codec: Law;
  readonly autoAnswer: AutoAnswer;
  /** Addresses beside `address` to which sound may go. */
  readonly mediaHosts: readonly string[];
  /** Milliseconds. */
  readonly answerWithin: number;
  readonly timer: Timer;
}

export interface Destination {
  readonly codec: Codec;
  readonly address: string;
  readonly port: number;
}

/** Where the sound goes by the loudspeaker's description. @throws Trouble */
export function destinationOf(sdp: string, plan: Pick<CallPlan, 'address' | 'mediaHosts'>): Destination {
  const media = parseSdp(sdp).media.find((each) => each.type === 'audio');
  if (!media || media.port === 0) throw new Trouble('unsupported', 'the loudspeaker takes the call without sound');
  const [codec] = g711Of(media);
  if (!codec) throw new Trouble('unsupported', `the loudspeaker takes no G.711, only ${namesOf(media)}`);
  if (!listens(media)) throw new Trouble('busy', 'the loudspeaker put the call on hold');
  const allowed = media.address !== undefined && plan.mediaHosts.includes(media.address);
  return { codec, address: allowed && media.address !== undefined ? media.address : plan.address, port: media.port };
}

/** Hold is also told by an address of zeros, as RFC 2543 had it. */
const listens = (media: SdpMedia): boolean =>
  (media.direction === 'sendrecv' || media.direction === 'recvonly') && media.address !== '0.0.0.0';

/** What a refusal means (21.4 to 21.6). */
export function troubleOfStatus(status: number): Trouble {
  if (status === 486 || status === 600 || status === 603) return new Trouble('busy', `the loudspeaker is busy (${status})`);
  if (status === 401 || status === 407 || status === 403) return new Trouble('refused', `user name or password not taken (${status})`);
  if (status === 404 || status === 484 || status === 604) return new Trouble('misconfigured', `nobody is known by this number (${status})`);
  if (status === 415 || status === 488 || status === 606)
    return new Trouble('unsupported', `the loudspeaker does not take G.711 (${status})`);
  if (status >= 300 && status < 400) return new Trouble('misconfigured', `the call is sent elsewhere (${status}), which is not followed`);
  return new Trouble('unreachable', `the call was refused (${status})`);
}
