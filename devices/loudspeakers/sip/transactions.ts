import type { After } from '../../web-door.ts';
import { ackOfRefusal } from './dialog.ts';
import { keyOf, type SipRequest, type SipResponse } from './message.ts';

/** Client transactions over UDP, RFC 3261 17.1: what is not answered is sent again, and after 64 times T1 given up. */

/** Milliseconds, 17.1.1.1 and 17.1.2.2. */
export const t1 = 500;
export const t2 = 4000;
export const givenUpAfter = 64 * t1;

export interface Transaction {
  /** Sends nothing more; late answers are still heard. */
  readonly quiet: () => void;
}

export interface Transactions {
  /** `hear` is told every answer once the transaction had it, provisional ones too, and `undefined` when none came at all. */
  readonly start: (request: SipRequest, hear: (response: SipResponse | undefined) => void) => Transaction;
  /** An answer from the network; one that belongs to nothing is passed over. */
  readonly hear: (response: SipResponse) => void;
  /** Ends all timers. */
  readonly end: () => void;
}

interface Open extends Transaction {
  readonly request: SipRequest;
  readonly hear: (response: SipResponse | undefined) => void;
  final: boolean;
  proceeding: () => void;
}

/** The timers of one request; `proceeding` when a provisional answer came. */
function retransmit(
  request: SipRequest,
  send: (request: SipRequest) => void,
  after: After,
  giveUp: () => void,
): Pick<Open, 'quiet' | 'proceeding'> {
  const isInvite = request.method === 'INVITE';
  let interval = t1;
  let cancel = after(interval, again);
  const cancelAll = after(givenUpAfter, () => {
    cancel();
    giveUp();
  });
  function again(): void {
    send(request);
    interval = isInvite ? interval * 2 : Math.min(interval * 2, t2);
    cancel = after(interval, again);
  }
  const quiet = (): void => {
    cancel();
    cancelAll();
  };
  return {
    quiet,
    proceeding: () => {
      // An INVITE that has arrived is not sent again; its answer takes as long as someone needs (17.1.1.2).
      if (isInvite) quiet();
      else interval = t2;
    },
  };
}

export function openTransactions(send: (request: SipRequest) => void, after: After): Transactions {
  const open = new Map<string, Open>();
  return {
    start: (request, hear) => {
      const timers = retransmit(request, send, after, () => hear(undefined));
      open.set(keyOf(request), { request, hear, final: false, ...timers });
      send(request);
      return { quiet: timers.quiet };
    },
    hear: (response) => {
      const found = open.get(keyOf(response));
      if (!found) return;
      if (response.status < 200) {
        if (found.final) return;
        found.proceeding();
        return found.hear(response);
      }
      found.quiet();
      const isInvite = found.request.method === 'INVITE';
      if (isInvite && response.status >= 300) send(ackOfRefusal(found.request, response));
      // Every 2xx of an INVITE is told: each wants an ACK (13.2.2.4).
      if (found.final && !(isInvite && response.status < 300)) return;
      found.final = true;
      found.hear(response);
    },
    end: () => {
      for (const each of open.values()) each.quiet();
      open.clear();
    },
  };
}
