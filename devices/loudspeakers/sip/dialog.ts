import { randomBytes } from 'node:crypto';
import { type Header, headerOf, headersOf, paramOf, placeOf, type SipRequest, type SipResponse, uriOf, writeHost } from './message.ts';

/** The messages of one page: INVITE, ACK, CANCEL, BYE, and answers to what the loudspeaker asks. Pure, apart from random names. */

export type AutoAnswer = 'all' | 'call-info' | 'alert-info' | 'answer-mode' | 'none';

export interface Caller {
  readonly local: { readonly address: string; readonly port: number };
  /** `sip:…` of us and of the loudspeaker. */
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly tag: string;
  readonly autoAnswer: AutoAnswer;
}

export const randomName = (): string => randomBytes(12).toString('hex');
/** The magic beginning tells that it is unique (8.1.1.7). */
export const newBranch = (): string => `z9hG4bK${randomName()}`;

const allowed = 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO';
const agent = 'Baiying';

const viaOf = ({ local }: Pick<Caller, 'local'>, branch: string): Header => [
  'via',
  `SIP/2.0/UDP ${writeHost(local.address)}:${local.port};branch=${branch};rport`,
];

const contactOf = ({ local }: Pick<Caller, 'local'>): Header => ['contact', `<sip:page@${writeHost(local.address)}:${local.port}>`];

/** How the makers ask a telephone to pick up by itself; there is no one way, and an unknown one is passed over. */
function autoAnswer({ autoAnswer: way, local }: Caller): Header[] {
  const ways: Record<Exclude<AutoAnswer, 'all' | 'none'>, Header> = {
    'call-info': ['call-info', `<sip:${writeHost(local.address)}>;answer-after=0`],
    'alert-info': ['alert-info', '<http://127.0.0.1>;info=alert-autoanswer;delay=0'],
    // RFC 5373.
    'answer-mode': ['answer-mode', 'Auto'],
  };
  if (way === 'none') return [];
  return way === 'all' ? Object.values(ways) : [ways[way]];
}

/** `authorization` is the whole header, `sequence` grows with each one (22.2). */
export function writeInvite(caller: Caller, sequence: number, offer: string, authorization?: Header): SipRequest {
  const headers: Header[] = [
    viaOf(caller, newBranch()),
    ['max-forwards', '70'],
    ['from', `"Baiying" <${caller.from}>;tag=${caller.tag}`],
    ['to', `<${caller.to}>`],
    ['call-id', caller.callId],
    ['cseq', `${sequence} INVITE`],
    contactOf(caller),
    ...autoAnswer(caller),
    ...(authorization ? [authorization] : []),
    ['allow', allowed],
    ['user-agent', agent],
    ['content-type', 'application/sdp'],
  ];
  return { kind: 'request', method: 'INVITE', uri: caller.to, headers, body: offer };
}

const pick = (message: SipRequest | SipResponse, ...names: string[]): Header[] =>
  names.flatMap((name) =>
    headersOf(message, name)
      .slice(0, 1)
      .map((value): Header => [name, value]),
  );

const sequenceOf = (request: SipRequest): string => headerOf(request, 'cseq').split(/\s+/)[0] ?? '1';

/** To a refusal: of the same transaction, so the same branch (17.1.1.3). */
export const ackOfRefusal = (invite: SipRequest, refusal: SipResponse): SipRequest => ({
  ...invite,
  method: 'ACK',
  headers: [
    ...pick(invite, 'via', 'from', 'call-id'),
    ...pick(refusal, 'to'),
    ['cseq', `${sequenceOf(invite)} ACK`],
    ['max-forwards', '70'],
  ],
  body: '',
});

/** 9.1: everything as in the INVITE, without a tag of the other side. */
export const cancelOf = (invite: SipRequest): SipRequest => ({
  ...invite,
  method: 'CANCEL',
  headers: [...pick(invite, 'via', 'from', 'to', 'call-id'), ['cseq', `${sequenceOf(invite)} CANCEL`], ['max-forwards', '70']],
  body: '',
});

/** An answered call (12.1.2). */
export interface Dialog {
  readonly caller: Caller;
  /** The whole To with the loudspeaker's tag. */
  readonly to: string;
  /** Where its Contact says that requests go, as an address to write; whether they are sent there is decided elsewhere. */
  readonly target: string;
  readonly routes: readonly string[];
  readonly inviteSequence: string;
}

export function dialogOf(caller: Caller, invite: SipRequest, accepted: SipResponse): Dialog {
  const target = uriOf(headerOf(accepted, 'contact'));
  return {
    caller,
    to: headerOf(accepted, 'to'),
    target: placeOf(target) ? target : caller.to,
    routes: headersOf(accepted, 'record-route').toReversed(),
    inviteSequence: sequenceOf(invite),
  };
}

/** A request inside the call (12.2.1.1). */
export function writeInDialog(dialog: Dialog, method: string, sequence: number | string, authorization?: Header): SipRequest {
  const { caller, to, target, routes } = dialog;
  const headers: Header[] = [
    viaOf(caller, newBranch()),
    ['max-forwards', '70'],
    ...routes.map((route): Header => ['route', route]),
    ['from', `"Baiying" <${caller.from}>;tag=${caller.tag}`],
    ['to', to],
    ['call-id', caller.callId],
    ['cseq', `${sequence} ${method}`],
    ...(authorization ? [authorization] : []),
    ['user-agent', agent],
  ];
  return { kind: 'request', method, uri: target, headers, body: '' };
}

/** Of the INVITE that was accepted: a transaction of its own, with the same number (13.2.2.4). */
export const ackOf = (dialog: Dialog): SipRequest => writeInDialog(dialog, 'ACK', dialog.inviteSequence);

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  401: 'Unauthorized',
  407: 'Proxy Authentication Required',
  405: 'Method Not Allowed',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  603: 'Decline',
};

export interface AnswerParts {
  /** Set where the request has none yet (8.2.6.2). */
  readonly tag?: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
}

/** An answer to a request (8.2.6). */
export function answerTo(request: SipRequest, status: number, { tag, headers = [], body = '' }: AnswerParts = {}): SipResponse {
  const to = headerOf(request, 'to');
  const tagged = tag === undefined || paramOf(to, 'tag') !== undefined ? to : `${to};tag=${tag}`;
  return {
    kind: 'response',
    status,
    reason: reasons[status] ?? 'Answer',
    headers: [
      ...headersOf(request, 'via').map((value): Header => ['via', value]),
      ...headersOf(request, 'record-route').map((value): Header => ['record-route', value]),
      ...pick(request, 'from'),
      ['to', tagged],
      ...pick(request, 'call-id', 'cseq'),
      ...headers,
      ...(body === '' ? [] : [['content-type', 'application/sdp'] as const]),
    ],
    body,
  };
}

export const ownContact = contactOf;
export const ownAllow: Header = ['allow', allowed];
