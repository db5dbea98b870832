import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Trouble } from '../../driver.ts';
import { destinationOf, troubleOfStatus } from './answers.ts';
import { ackOf, ackOfRefusal, type Caller, cancelOf, dialogOf, writeInDialog, writeInvite } from './dialog.ts';
import { headerOf, headersOf, keyOf, paramOf, placeOf, readSip, type SipMessage, type SipRequest, uriOf, writeSip } from './message.ts';

const read = (...lines: string[]): SipMessage | undefined => readSip(Buffer.from(lines.join('\r\n')));
const caller: Caller = {
  local: { address: '10.0.0.2', port: 5070 },
  from: 'sip:baiying@10.0.0.2',
  to: 'sip:201@10.0.0.1',
  callId: 'c1',
  tag: 't1',
  autoAnswer: 'all',
};

describe('reading', () => {
  test('compact names, folded lines, lists with commas inside quotes and brackets', () => {
    const message = read(
      'SIP/2.0 200 OK',
      'v: SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2',
      'f: "A, B" <sip:a@x;lr>;tag=1',
      't: <sip:b@y>',
      ' ;tag=2',
      'i: abc',
      'CSeq: 3 INVITE',
      'm: "x, y" <sip:c@z?a,b>, <sip:d@z>',
      'l: 2',
      '',
      'hello',
    );
    if (!message) throw new Error('not read');
    expect(headersOf(message, 'via')).toHaveLength(2);
    expect(headersOf(message, 'contact')).toEqual(['"x, y" <sip:c@z?a,b>', '<sip:d@z>']);
    expect([paramOf(headerOf(message, 'from'), 'tag'), paramOf(headerOf(message, 'to'), 'tag')]).toEqual(['1', '2']);
    expect([uriOf(headerOf(message, 'from')), uriOf(headerOf(message, 'to'))]).toEqual(['sip:a@x;lr', 'sip:b@y']);
    expect([message.body, keyOf(message)]).toEqual(['he', 'z9hG4bK1 INVITE']);
  });

  test.each([['\r\n\r\n'], [''], ['HTTP/1.1 200 OK\r\n\r\n'], ['INVITE sip:x HTTP/1.1\r\n\r\n'], ['SIP/2.0 700 ?\r\n\r\n']])(
    '%j is none',
    (text) => {
      expect(readSip(Buffer.from(text))).toBeUndefined();
    },
  );

  test.each([
    ['sip:a@h:5070;transport=udp', { host: 'h', port: 5070 }],
    ['sip:h', { host: 'h', port: 5060 }],
    ['sips:a@[fe80::1]:5061', { host: 'fe80::1', port: 5061 }],
    ['tel:110', undefined],
  ])('place of %s', (uri, expected) => {
    expect(placeOf(uri)).toEqual(expected);
  });

  test('arbitrary bytes never throw, and nothing that is written can start another line', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('SIP/2.0 200 OK\r\n', 'via: x\r\n', '\r\n\r\n', 'INVITE sip:a SIP/2.0\r\n', '"', '<', ','),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.string(), (parts, value) => {
        const message = readSip(Buffer.from(parts.join('')));
        if (message) [keyOf(message), uriOf(headerOf(message, 'from')), placeOf(uriOf(headerOf(message, 'contact')))].join();
        const back = readSip(
          writeSip({ kind: 'request', method: 'INFO', uri: 'sip:a', headers: [['subject', `${value}\r\nx-evil: 1`]], body: '' }),
        );
        expect(back && headersOf(back, 'x-evil')).toEqual([]);
      }),
    );
  });
});

describe('one page', () => {
  const invite = writeInvite(caller, 1, 'v=0\r\n');
  const answer = (...more: string[]) => {
    const message = read('SIP/2.0 200 OK', `Via: ${headerOf(invite, 'via')}`, 'To: <sip:201@10.0.0.1>;tag=r', ...more, '', '');
    if (message?.kind !== 'response') throw new Error('not read');
    return message;
  };
  const via = (request: SipRequest) => headerOf(request, 'via');

  test('what is written is read again', () => {
    expect(readSip(writeSip(invite))).toMatchObject({ method: 'INVITE', uri: caller.to, body: 'v=0\r\n' });
  });

  test('CANCEL and the ACK of a refusal are of the same transaction, the ACK of an acceptance is its own', () => {
    const accepted = answer('Contact: <sip:x@10.0.0.1:5080>');
    expect(via(cancelOf(invite))).toBe(via(invite));
    expect(via(ackOfRefusal(invite, accepted))).toBe(via(invite));
    const ack = ackOf(dialogOf(caller, invite, accepted));
    expect(via(ack)).not.toBe(via(invite));
    expect([ack.uri, headerOf(ack, 'cseq'), headerOf(ack, 'to')]).toEqual(['sip:x@10.0.0.1:5080', '1 ACK', '<sip:201@10.0.0.1>;tag=r']);
  });

  test('requests inside the call take the route that was recorded, the other way round', () => {
    const dialog = dialogOf(caller, invite, answer('Record-Route: <sip:p1;lr>, <sip:p2;lr>', 'Contact: <sip:x@10.0.0.9>'));
    expect(headersOf(writeInDialog(dialog, 'BYE', 2), 'route')).toEqual(['<sip:p2;lr>', '<sip:p1;lr>']);
  });

  test('a contact that is none is replaced by whom we called', () => {
    expect(dialogOf(caller, invite, answer('Contact: *')).target).toBe(caller.to);
  });
});

describe('where the sound goes', () => {
  const plan = { address: '10.0.0.1', mediaHosts: ['10.0.0.7'] };
  const sdp = (address: string, ...lines: string[]) => ['v=0', `c=IN IP4 ${address}`, ...lines].join('\r\n');

  test.each([
    ['the loudspeaker itself', sdp('10.0.0.1', 'm=audio 4000 RTP/AVP 8'), '10.0.0.1'],
    ['another host', sdp('10.0.0.9', 'm=audio 4000 RTP/AVP 8'), '10.0.0.1'],
    ['another host that is allowed', sdp('10.0.0.7', 'm=audio 4000 RTP/AVP 8'), '10.0.0.7'],
  ])('%s', (_name, text, address) => {
    expect(destinationOf(text, plan)).toEqual({ codec: { law: 'PCMA', payloadType: 8 }, address, port: 4000 });
  });

  test.each([
    ['no sound', sdp('10.0.0.1', 'm=video 4000 RTP/AVP 96'), 'unsupported'],
    ['on hold', sdp('10.0.0.1', 'm=audio 4000 RTP/AVP 8', 'a=inactive'), 'busy'],
    ['on hold as of old', sdp('0.0.0.0', 'm=audio 4000 RTP/AVP 8'), 'busy'],
    ['nothing', '', 'unsupported'],
  ])('%s', (_name, text, code) => {
    expect(() => destinationOf(text, plan)).toThrow(expect.objectContaining({ code }));
  });

  test('any text: a destination or Trouble', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          destinationOf(`m=audio 4000 RTP/AVP 8\n${text}`, plan);
        } catch (error) {
          expect(error).toBeInstanceOf(Trouble);
        }
      }),
    );
  });
});

test.each([
  [486, 'busy'],
  [600, 'busy'],
  [403, 'refused'],
  [404, 'misconfigured'],
  [302, 'misconfigured'],
  [488, 'unsupported'],
  [480, 'unreachable'],
  [500, 'unreachable'],
  [487, 'unreachable'],
])('%i is %s', (status, code) => {
  expect(troubleOfStatus(status).code).toBe(code);
});
