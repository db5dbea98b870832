import type { After } from '../../web-door.ts';
import { answerTo, type Caller, ownAllow } from './dialog.ts';
import { callIdOf, headerOf, keyOf, paramOf, type SipRequest, type SipResponse } from './message.ts';
import { t1, t2 } from './transactions.ts';

/** What the loudspeaker asks of us during a call, RFC 3261 17.2: each request is answered once, and its repeats alike. */

export interface Answering {
  readonly serve: (request: SipRequest, reply: (answer: SipResponse) => void) => void;
  /** Ends the repeating of an answer that nobody acknowledged. */
  readonly end: () => void;
}

export interface AnsweringParts {
  readonly caller: Caller;
  readonly after: After;
  /** A new offer inside the call, or a wish for ours. */
  readonly renegotiate: (request: SipRequest) => SipResponse;
  readonly hungUp: () => void;
}

/** More than any call needs; the oldest are forgotten. */
const mostRemembered = 50;

export function openAnswering({ caller, after, renegotiate, hungUp }: AnsweringParts): Answering {
  const answered = new Map<string, SipResponse>();
  let stopRepeating = (): void => undefined;

  function answer(request: SipRequest): SipResponse {
    const ours = callIdOf(request) === caller.callId && paramOf(headerOf(request, 'to'), 'tag') === caller.tag;
    if (!ours) return answerTo(request, 481, { tag: caller.tag });
    switch (request.method) {
      case 'BYE':
        hungUp();
        return answerTo(request, 200);
      case 'INVITE':
      case 'UPDATE':
        return renegotiate(request);
      case 'OPTIONS':
      case 'INFO':
      case 'NOTIFY':
        return answerTo(request, 200, { headers: [ownAllow] });
      default:
        return answerTo(request, 405, { headers: [ownAllow] });
    }
  }

  /** A 2xx to an INVITE is repeated until its ACK comes (13.3.1.4). */
  function untilAcknowledged(send: () => void): void {
    stopRepeating();
    let interval = t1;
    const again = (): void => {
      send();
      interval = Math.min(interval * 2, t2);
      cancel = after(interval, again);
    };
    let cancel = after(interval, again);
    stopRepeating = () => cancel();
  }

  return {
    end: () => stopRepeating(),
    serve: (request, reply) => {
      if (request.method === 'ACK') return stopRepeating();
      const key = keyOf(request);
      const known = answered.get(key);
      const given = known ?? answer(request);
      answered.set(key, given);
      const [oldest] = answered.keys();
      if (answered.size > mostRemembered && oldest !== undefined) answered.delete(oldest);
      reply(given);
      if (!known && request.method === 'INVITE' && given.status === 200) untilAcknowledged(() => reply(given));
    },
  };
}
