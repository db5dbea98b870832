import { Trouble } from '../../driver.ts';
import { answerChallenge, chooseChallenge, parseChallenges } from '../../web-digest.ts';
import { type Law, payloadTypes } from '../g711.ts';
import { type Codec, writeSdp } from '../sdp.ts';
import { type Datagram, openUdp, openUdpPair, type UdpPair, type UdpSocket } from '../udp.ts';
import { type Answering, openAnswering } from './answering.ts';
import { type CallPlan, type Destination, destinationOf, troubleOfStatus } from './answers.ts';
import {
  ackOf,
  answerTo,
  type Caller,
  cancelOf,
  type Dialog,
  dialogOf,
  ownAllow,
  ownContact,
  randomName,
  writeInDialog,
  writeInvite,
} from './dialog.ts';
import { callIdOf, type Header, headersOf, placeOf, readSip, type SipRequest, type SipResponse, writeHost, writeSip } from './message.ts';
import { openTransactions, type Transactions } from './transactions.ts';

/** One page as a call that we make, RFC 3261. Everything goes to the configured host, whatever the loudspeaker calls itself. */

/** How long a call that is over stays reachable, for what was on its way: late answers must be acknowledged and ended. */
export const lingering = 8000;
const mostChallenges = 2;

/** Where the outcome of an INVITE goes. */
interface Tell {
  readonly resolve: (to: Destination) => void;
  readonly reject: (error: unknown) => void;
  readonly rings: () => void;
}

/** One call, from INVITE to BYE. Constructs nothing that runs: `open` does. */
export class Call {
  readonly plan: CallPlan;
  readonly broken = new AbortController();
  readonly #caller: Caller;
  readonly #socket: UdpSocket;
  readonly #rtp: UdpPair;
  readonly #transactions: Transactions;
  readonly #answering: Answering;
  readonly #codecs: readonly Codec[];
  #sequence = 0;
  #version = 1;
  #dialog: Dialog | undefined;
  #destination: Destination | undefined;
  #authorization: ((method: string, uri: string) => Header) | undefined;
  #over = false;

  private constructor(plan: CallPlan, socket: UdpSocket, rtp: UdpPair) {
    this.plan = plan;
    this.#socket = socket;
    this.#rtp = rtp;
    const fromHost = plan.fromHost ?? writeHost(socket.address);
    const { to, autoAnswer } = plan;
    this.#caller = { local: socket, from: `sip:${plan.fromUser}@${fromHost}`, to, callId: randomName(), tag: randomName(), autoAnswer };
    this.#transactions = openTransactions((request) => this.#send(request), plan.timer.after);
    this.#answering = openAnswering({
      caller: this.#caller,
      after: plan.timer.after,
      renegotiate: (request) => this.#renegotiate(request),
      hungUp: () => this.#hungUp(),
    });
    const other: Law = plan.codec === 'PCMA' ? 'PCMU' : 'PCMA';
    this.#codecs = [plan.codec, other].map((law) => ({ law, payloadType: payloadTypes[law] }));
  }

  /** @throws Trouble */
  static async open(plan: CallPlan): Promise<Call> {
    let call: Call | undefined;
    const failed = (trouble: Trouble): void => call?.broken.abort(trouble);
    const hear = (datagram: Datagram): void => call?.hear(datagram);
    const socket = await openUdp({ address: plan.localAddress, failed, hear });
    try {
      call = new Call(plan, socket, await openUdpPair({ address: plan.localAddress, failed }));
      return call;
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  #send(request: SipRequest): void {
    // The Contact's port where it is the same host, and nobody stands in between (12.2.1.1).
    const direct = this.#dialog && this.#dialog.routes.length === 0 ? placeOf(this.#dialog.target) : undefined;
    const port = direct?.host === this.plan.address ? direct.port : this.plan.port;
    this.#socket.send(writeSip(request), port, this.plan.address);
  }

  #offer(): string {
    const { address } = this.#socket;
    const offer = { address, port: this.#rtp.rtp.port, codecs: this.#codecs, direction: 'sendrecv' as const };
    return writeSdp({ ...offer, session: 1, version: this.#version });
  }

  /** Calls until someone answers. @throws Trouble, or the reason of `signal` */
  async invite(signal: AbortSignal): Promise<Destination> {
    const { promise, reject, resolve } = Promise.withResolvers<Destination>();
    let rang = false;
    const cancelWait = this.plan.timer.after(this.plan.answerWithin, () =>
      reject(new Trouble('silent', rang ? 'it rings and nobody answers: switch on its automatic answer' : 'no answer to the call')),
    );
    const abort = (): void => reject(signal.reason);
    const broken = (): void => reject(this.broken.signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    this.broken.signal.addEventListener('abort', broken, { once: true });
    const withdraw = this.#call({ resolve, reject, rings: () => (rang = true) });
    try {
      return await promise;
    } catch (error) {
      withdraw();
      throw error;
    } finally {
      cancelWait();
      signal.removeEventListener('abort', abort);
      this.broken.signal.removeEventListener('abort', broken);
    }
  }

  /** Sends the INVITE, again with a credential where one is asked for. The answer takes it back, at any moment (9.1). */
  #call(tell: Tell): () => void {
    let state: 'calling' | 'ringing' | 'final' = 'calling';
    let withdrawn = false;
    let [challenges, invite] = [0, this.#nextInvite()];
    const hear = (response: SipResponse | undefined): void => {
      if (!response) return tell.reject(new Trouble('silent', 'no answer to the call'));
      if (response.status < 200) {
        if (response.status > 100) tell.rings();
        if (state === 'calling' && withdrawn) this.#cancel(invite);
        state = 'ringing';
      } else if (response.status < 300) {
        state = 'final';
        this.#accepted(invite, response, withdrawn, tell);
      } else {
        const wanted = withdrawn ? undefined : this.#credential(response, challenges);
        if (wanted === undefined) {
          state = 'final';
          return tell.reject(troubleOfStatus(response.status));
        }
        challenges += 1;
        state = 'calling';
        invite = this.#nextInvite();
        current = this.#transactions.start(invite, hear);
      }
    };
    let current = this.#transactions.start(invite, hear);
    return () => {
      withdrawn = true;
      current.quiet();
      if (state === 'ringing') this.#cancel(invite);
    };
  }

  #nextInvite(): SipRequest {
    this.#sequence += 1;
    return writeInvite(this.#caller, this.#sequence, this.#offer(), this.#authorization?.('INVITE', this.#caller.to));
  }

  #cancel(invite: SipRequest): void {
    this.#transactions.start(cancelOf(invite), () => undefined);
  }

  /** Remembers how to answer the challenge; undefined where that is of no use. */
  #credential(response: SipResponse, challenges: number): true | undefined {
    const { username, password = '' } = this.plan;
    if ((response.status !== 401 && response.status !== 407) || username === undefined || challenges >= mostChallenges) return undefined;
    const [asks, answers] = response.status === 407 ? ['proxy-authenticate', 'proxy-authorization'] : ['www-authenticate', 'authorization'];
    const found = headersOf(response, asks).flatMap(parseChallenges);
    const stale = found.some((each) => each.params['stale']?.toLowerCase() === 'true');
    const challenge = chooseChallenge(found, false);
    if (!challenge || (this.#authorization && !stale)) return undefined;
    this.#authorization = (method, uri) => [answers, answerChallenge(challenge, { username, password }, { method, uri })];
    return true;
  }

  /** Every 2xx is acknowledged, also one that comes too late; that one is ended at once (9.1, 15). */
  #accepted(invite: SipRequest, response: SipResponse, withdrawn: boolean, tell: Tell): void {
    const first = this.#dialog === undefined;
    const dialog = dialogOf(this.#caller, invite, response);
    this.#dialog ??= dialog;
    this.#send(ackOf(dialog));
    if (!first) return;
    if (withdrawn) return void this.#bye();
    try {
      this.#destination = destinationOf(response.body, this.plan);
      tell.resolve(this.#destination);
    } catch (error) {
      void this.#bye();
      tell.reject(error);
    }
  }

  sendSound(packet: Uint8Array): void {
    if (this.#destination) this.#rtp.rtp.send(packet, this.#destination.port, this.#destination.address);
  }

  hear({ bytes, address, port }: Datagram): void {
    if (address !== this.plan.address) return;
    const message = readSip(bytes);
    if (!message || (message.kind === 'response' && callIdOf(message) !== this.#caller.callId)) return;
    if (message.kind === 'response') this.#transactions.hear(message);
    else this.#answering.serve(message, (answer) => this.#socket.send(writeSip(answer), port, this.plan.address));
  }

  #hungUp(): void {
    this.#over = true;
    this.broken.abort(new Trouble('unreachable', 'the loudspeaker hung up'));
  }

  /** A new offer inside the call (14.2); without one the answer offers what we have. */
  #renegotiate(request: SipRequest): SipResponse {
    try {
      if (request.body !== '') this.#destination = destinationOf(request.body, this.plan);
    } catch (error) {
      this.broken.abort(error);
      if (error instanceof Trouble && error.code === 'unsupported') return answerTo(request, 488);
    }
    this.#version += 1;
    const body = request.method === 'INVITE' || request.body !== '' ? this.#offer() : '';
    return answerTo(request, 200, { headers: [ownContact(this.#caller), ownAllow], body });
  }

  /** Resolves with whether it was answered: then nothing is on its way any more. */
  #bye(): Promise<boolean> {
    const dialog = this.#dialog;
    if (!dialog || this.#over) return Promise.resolve(false);
    this.#over = true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    let challenges = 0;
    const start = (): void => {
      this.#sequence += 1;
      const bye = writeInDialog(dialog, 'BYE', this.#sequence, this.#authorization?.('BYE', dialog.target));
      this.#transactions.start(bye, (response) => {
        if (response && response.status < 200) return;
        if (!response || !this.#credential(response, challenges)) return resolve(response !== undefined);
        challenges += 1;
        start();
      });
    };
    start();
    return promise;
  }

  /** Ends the call; what is still on its way is dealt with for a while. */
  async hangUp(): Promise<void> {
    const cancel = this.plan.timer.after(lingering, () => this.#dispose());
    if (!(await this.#bye())) return;
    cancel();
    this.#dispose();
  }

  #dispose(): void {
    this.#answering.end();
    this.#transactions.end();
    this.#socket.close();
    this.#rtp.close();
  }
}
