import { randomInt } from 'node:crypto';
import { digestGuard, type Guard } from '../../digest-guard.ts';
import { type Law, payloadTypes } from '../g711.ts';
import { systemTimer, type Timer } from '../pace.ts';
import { openRecorder, type Recorder, type Recording } from '../recorder.ts';
import { type Direction, writeSdp } from '../sdp.ts';
import { type Datagram, openUdp, openUdpPair, type UdpPair, type UdpSocket } from '../udp.ts';
import { answerTo, newBranch } from './dialog.ts';
import { callIdOf, type Header, headerOf, headersOf, readSip, type SipRequest, type SipResponse, uriOf, writeSip } from './message.ts';

/**
 * `rings` never answers, `late` answers when it is called off, `lossy` drops every first copy of what it gets, `elsewhere`
 * describes another host for the sound, `mute` takes the call without sound, `wideband` only with another codec.
 */
export type SipFault = 'none' | 'busy' | 'rings' | 'late' | 'silent' | 'lossy' | 'elsewhere' | 'mute' | 'wideband' | 'unknown-number';

export interface SipSpeakerOptions {
  readonly username?: string;
  readonly password?: string;
  /** Asks for the credential as an exchange does (407). */
  readonly proxy?: boolean;
  readonly codec?: Law;
  readonly fault?: SipFault;
  readonly timer?: Timer;
}

export interface SimulatedSipLoudspeaker {
  readonly sound: Recording;
  readonly port: number;
  /** Methods in order of arrival, repeats included. */
  readonly heard: readonly string[];
  /** Statuses that our own requests got. */
  readonly answers: readonly number[];
  /** Whether a call is up. */
  readonly talking: boolean;
  /** The last INVITE. */
  readonly invite: SipRequest | undefined;
  hangUp(): void;
  /** Asks anew for the sound, as telephones do for a session timer or for hold. */
  reinvite(direction: Direction): void;
  close(): void;
}

interface Talk {
  readonly invite: SipRequest;
  readonly port: number;
  acknowledged: boolean;
}

class SipSpeaker implements SimulatedSipLoudspeaker {
  readonly heard: string[] = [];
  readonly answers: number[] = [];
  invite: SipRequest | undefined;
  readonly #recorder: Recorder;
  readonly #options: SipSpeakerOptions;
  readonly #guard: Guard | undefined;
  readonly #seen = new Set<string>();
  readonly #tag = `speaker-${randomInt(1e9)}`;
  #socket: UdpSocket | undefined;
  #rtp: UdpPair | undefined;
  #talk: Talk | undefined;
  #ringing: Talk | undefined;
  #sequence = 100;

  constructor(options: SipSpeakerOptions) {
    const { username, password = '', timer = systemTimer } = options;
    this.#options = options;
    this.#guard = username === undefined ? undefined : digestGuard({ username, password, realm: 'sip' });
    this.#recorder = openRecorder(timer.now);
  }

  get sound(): Recording {
    return this.#recorder;
  }

  async open(): Promise<this> {
    const failed = (): void => undefined;
    this.#rtp = await openUdpPair({ address: '127.0.0.1', failed, hear: ({ bytes }) => this.#recorder.hearRtp(bytes) });
    this.#socket = await openUdp({ address: '127.0.0.1', failed, hear: (datagram) => this.#hear(datagram) });
    return this;
  }

  get port(): number {
    return this.#socket?.port ?? 0;
  }

  get talking(): boolean {
    return this.#talk !== undefined;
  }

  #hear({ bytes, port }: Datagram): void {
    const message = readSip(bytes);
    if (!message) return;
    if (message.kind === 'response') {
      this.answers.push(message.status);
      if (message.status === 200 && headerOf(message, 'cseq').endsWith('INVITE')) this.#request('ACK');
      return;
    }
    this.heard.push(message.method);
    const { fault } = this.#options;
    const copy = `${message.method} ${headerOf(message, 'via')}`;
    const first = !this.#seen.has(copy);
    this.#seen.add(copy);
    if (fault === 'silent' || (fault === 'lossy' && first)) return;
    this.#serve(message, port);
  }

  #send(message: SipRequest | SipResponse, port: number): void {
    this.#socket?.send(writeSip(message), port, '127.0.0.1');
  }

  #serve(request: SipRequest, port: number): void {
    const reply = (status: number, headers: Header[] = [], body = ''): void =>
      this.#send(answerTo(request, status, { headers, body, ...(status === 100 ? {} : { tag: this.#tag }) }), port);
    switch (request.method) {
      case 'INVITE':
        return this.#ring({ invite: request, port, acknowledged: false }, reply);
      case 'ACK':
        if (this.#talk && callIdOf(request) === callIdOf(this.#talk.invite)) this.#talk.acknowledged = true;
        return;
      case 'CANCEL':
        reply(this.#ringing ? 200 : 481);
        return this.#calledOff();
      case 'BYE': {
        const known = this.#talk && callIdOf(request) === callIdOf(this.#talk.invite);
        if (known) this.#talk = undefined;
        return reply(known ? 200 : 481);
      }
      default:
        return reply(405);
    }
  }

  #ring(talk: Talk, reply: (status: number, headers?: Header[], body?: string) => void): void {
    const { fault, proxy = false } = this.#options;
    const [asks, answers, status] = proxy
      ? (['proxy-authenticate', 'proxy-authorization', 407] as const)
      : (['www-authenticate', 'authorization', 401] as const);
    const { invite } = talk;
    const authorization = headerOf(invite, answers) || undefined;
    const challenges = this.#guard?.({ method: 'INVITE', url: invite.uri, authorization });
    if (challenges) return reply(status, [[asks, challenges[0] ?? '']]);
    this.invite = invite;
    const taken = this.#talk && callIdOf(this.#talk.invite) !== callIdOf(invite);
    if (fault === 'busy' || taken) return reply(486);
    if (fault === 'unknown-number') return reply(404);
    reply(100);
    reply(180);
    if (fault === 'rings' || fault === 'late') this.#ringing = talk;
    else this.#accept(talk);
  }

  #accept(talk: Talk): void {
    const { fault, timer = systemTimer } = this.#options;
    this.#talk = talk;
    const contact: Header = ['contact', `<sip:speaker@127.0.0.1:${this.port}>`];
    const body = this.#description('sendrecv').replace(/m=audio \d+/, (line) => (fault === 'mute' ? 'm=audio 0' : line));
    const answer = answerTo(talk.invite, 200, { tag: this.#tag, headers: [contact], body });
    const again = (): void => {
      this.#send(answer, talk.port);
      timer.after(500, () => {
        if (!talk.acknowledged && this.#talk === talk) again();
      });
    };
    again();
  }

  #calledOff(): void {
    const talk = this.#ringing;
    this.#ringing = undefined;
    if (!talk) return;
    if (this.#options.fault === 'late') return this.#accept(talk);
    this.#send(answerTo(talk.invite, 487, { tag: this.#tag }), talk.port);
  }

  #description(direction: Direction): string {
    const { fault, codec = 'PCMA' } = this.#options;
    const codecs = [{ law: codec, payloadType: payloadTypes[codec] }];
    const address = fault === 'elsewhere' ? '192.0.2.77' : '127.0.0.1';
    const sdp = writeSdp({ address, port: this.#rtp?.rtp.port ?? 0, codecs, direction, session: 7, version: this.#sequence });
    return fault === 'wideband' ? sdp.replace(/RTP\/AVP \d+/, 'RTP/AVP 9').replace(/a=rtpmap:.*/, 'a=rtpmap:9 G722/8000') : sdp;
  }

  /** A request of our own inside the call that is up. */
  #request(method: string, body = ''): void {
    const talk = this.#talk;
    if (!talk) return;
    if (method !== 'ACK') this.#sequence += 1;
    const { invite } = talk;
    const headers: Header[] = [
      ['via', `SIP/2.0/UDP 127.0.0.1:${this.port};branch=${newBranch()}`],
      ['from', `${headerOf(invite, 'to')};tag=${this.#tag}`],
      ['to', headerOf(invite, 'from')],
      ['call-id', callIdOf(invite)],
      ['cseq', `${this.#sequence} ${method}`],
      ['max-forwards', '70'],
      ...(body === '' ? [] : [['content-type', 'application/sdp'] as const]),
    ];
    const uri = uriOf(headersOf(invite, 'contact')[0] ?? '');
    this.#send({ kind: 'request', method, uri, headers, body }, talk.port);
  }

  hangUp(): void {
    this.#request('BYE');
    this.#talk = undefined;
  }

  reinvite(direction: Direction): void {
    this.#request('INVITE', this.#description(direction));
  }

  close(): void {
    this.#socket?.close();
    this.#rtp?.close();
  }
}

/** A loudspeaker that is called by SIP over UDP and answers by itself, on a free port of this machine. */
export const simulateSipLoudspeaker = (options: SipSpeakerOptions = {}): Promise<SimulatedSipLoudspeaker> => new SipSpeaker(options).open();
