import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Trouble } from '../../driver.ts';
import { haveFixtures, readFixture } from '../../fixtures.ts';
import { down, readXml, tag, textAt } from '../../xml.ts';
import { openSoap } from './client.ts';
import { faultOf, isUnknownSubscription, ns, pathOf, readAnswer, readInstant, readSystemTime, writeEnvelope } from './soap.ts';
import { leaseOf, readLeft } from './subscription.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const envelope = (body: string) => bytes(`<s:Envelope xmlns:s="${ns.soap}"><s:Body>${body}</s:Body></s:Envelope>`);
const rootOf = (text: string | Uint8Array) => {
  const read = readXml(text);
  if ('fault' in read) throw new Error(read.fault);
  return read.root;
};
const caught = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('what goes out', () => {
  test('a digest of nonce, instant and password, and never the password', () => {
    const signer = {
      username: '管理员<&>',
      password: 'geheim"&<',
      created: Date.parse('2026-01-01T00:00:00.900Z'),
      nonce: new Uint8Array(16),
    };
    const text = writeEnvelope({ action: 'urn:a', body: tag('Ask', { xmlns: 'urn:x' }), signer });
    const token = down(rootOf(text), 'Header', 'Security', 'UsernameToken');
    const digest = createHash('sha1').update(new Uint8Array(16)).update('2026-01-01T00:00:00Z').update('geheim"&<').digest('base64');
    expect([textAt(token, 'Username'), textAt(token, 'Password'), textAt(token, 'Created')]).toEqual([
      '管理员<&>',
      digest,
      '2026-01-01T00:00:00Z',
    ]);
    expect(text).not.toContain('geheim');
  });
  test('two tokens never share a nonce', () => {
    const signer = { username: 'u', password: 'p', created: 0 };
    const nonce = () =>
      textAt(down(rootOf(writeEnvelope({ action: 'a', body: tag('A', {}), signer })), 'Header', 'Security', 'UsernameToken'), 'Nonce');
    expect(nonce()).not.toBe(nonce());
  });
});

const fault = (subcode: string, detail = '') =>
  envelope(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text>why</s:Text></s:Reason>${detail}</s:Fault>`,
  );

describe('what comes back', () => {
  test.each([
    [400, fault('ter:NotAuthorized'), 'refused'],
    [200, fault('ter:NotAuthorized'), 'refused'],
    [500, fault('wsse:FailedAuthentication'), 'refused'],
    [400, fault('ter:BlockedThreadUpperLimit'), 'busy'],
    [400, fault('ter:MaxPullPointsExceeded'), 'busy'],
    [500, fault('ter:ActionNotSupported'), 'unsupported'],
    [500, fault('ter:InvalidArgVal'), 'garbled'],
    [500, envelope('<s:Fault><faultcode>s:Client</faultcode><faultstring>NotAuthorized</faultstring></s:Fault>'), 'garbled'],
    [401, bytes(''), 'refused'],
    [404, bytes('<html/>'), 'unsupported'],
    [503, bytes('busy'), 'busy'],
    [200, bytes('<html><body>x</body></html>'), 'garbled'],
    [200, bytes(''), 'garbled'],
    [200, envelope(''), 'garbled'],
    [500, envelope('<Fine/>'), 'garbled'],
    [200, bytes('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), 'garbled'],
  ])('HTTP %i with %s is %s', (status, body, code) => {
    expect(caught(() => readAnswer(status, body))).toMatchObject({ name: 'Trouble', code });
  });
  test('the answer itself', () => {
    expect(readAnswer(200, envelope('<x:PullMessagesResponse xmlns:x="urn:x"/>'))).toMatchObject({ name: 'PullMessagesResponse' });
  });
  test('a fault keeps its names, and one that is gone is known by them', () => {
    const error = caught(() =>
      readAnswer(500, fault('wsrf-rw:ResourceUnknownFault', '<s:Detail><wsrf:ResourceUnknownFault xmlns:wsrf="u"/></s:Detail>')),
    );
    expect(faultOf(error)).toEqual({ code: 'Sender', subcodes: ['ResourceUnknownFault', 'ResourceUnknownFault'], reason: 'why' });
    expect(isUnknownSubscription(error)).toBe(true);
    expect(isUnknownSubscription(new Trouble('silent', 'ResourceUnknown'))).toBe(false);
  });
  test('arbitrary bytes are a Trouble or an answer, nothing else', () => {
    fc.assert(
      fc.property(fc.nat({ max: 600 }), fc.uint8Array({ maxLength: 200 }), (status, any) => {
        expect(caught(() => readAnswer(status, any))).toMatchObject({ name: expect.any(String) });
      }),
    );
  });
});

describe.runIf(haveFixtures('onvif-events'))('recorded answers that are none', () => {
  test.each([
    ['022-dahua-create-fault-blockedthread.xml', 400, 'busy'],
    ['047-camera-html-with-http-200.html', 200, 'garbled'],
    ['048-thingino-html-404.html', 404, 'unsupported'],
  ])('%s', (file, status, code) => {
    expect(caught(() => readAnswer(status, readFixture('onvif-events', file)))).toMatchObject({ code });
  });
});

describe('addresses and times', () => {
  test.each([
    ['http://1.1.1.2:80/onvif/Events/pullSubmanager', '/onvif/Events/pullSubmanager'],
    ['http://192.168.1.200:8000/onvif/PullSubManager?Idx=90264311', '/onvif/PullSubManager?Idx=90264311'],
    [' https://[fe80::1]/a b ', '/a%20b'],
    ['/relative?x=1', '/relative?x=1'],
  ])('of %s only %s is used', (address, path) => {
    expect(pathOf(address)).toBe(path);
  });
  test.each(['ftp://x/y', 'javascript:alert(1)', undefined, 'http://['])('%s is no address', (address) => {
    expect(caught(() => pathOf(address))).toMatchObject({ code: 'garbled' });
  });
  test.each([
    ['2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1)],
    ['2008-10-10T12:24:58', Date.UTC(2008, 9, 10, 12, 24, 58)],
    [' 2026-01-01T08:00:00+08:00 ', Date.UTC(2026, 0, 1)],
    ['2026-01-01T00:61:00Z', undefined],
    ['10-05-2025T22:41:27Z', undefined],
    ['...', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (text, at) => {
    expect(readInstant(text)).toBe(at);
  });
  test.each([
    ['2026-03-21T17:05:40Z', '2026-03-21T17:06:40Z', 60_000],
    ['2017-12-31T16:01:21Z', '2018-12-31T21:50:07Z', 60_000],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:20Z', 20_000],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', 10_000],
    ['2026-01-01T00:00:00Z', '2025-01-01T00:00:01Z', 60_000],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:61:00Z', 60_000],
  ])('a lease from %s to %s', (now, end, lease) => {
    expect(leaseOf(rootOf(`<R><CurrentTime>${now}</CurrentTime><TerminationTime>${end}</TerminationTime></R>`))).toBe(lease);
  });
  test('a clock without UTC is taken by its local time, one without either by none', () => {
    const time =
      '<LocalDateTime><Time><Hour>1</Hour><Minute>2</Minute><Second>3</Second></Time><Date><Year>2026</Year><Month>1</Month><Day>1</Day></Date></LocalDateTime>';
    expect(readSystemTime(rootOf(`<R><SystemDateAndTime>${time}</SystemDateAndTime></R>`))).toBe(Date.UTC(2026, 0, 1, 1, 2, 3));
    expect(readSystemTime(rootOf('<R/>'))).toBeUndefined();
  });
  test('what was left behind and cannot be read is nothing', () => {
    expect([readLeft('{}'), readLeft('{"path":"/x","to":"y","parameters":[]}')?.reference.path]).toEqual([undefined, '/x']);
  });
});

test('a camera without GetServices is asked in the older way, and one that wants a password for it gets it', async () => {
  const sent: string[] = [];
  const soap = openSoap(
    { base: 'http://192.0.2.1', username: 'u', password: 'p' },
    {
      now: () => 0,
      send: async (door, { body }) => {
        const name = down(rootOf(String(body)), 'Body')?.children[0]?.name ?? '';
        sent.push(`${name}${door.username === undefined ? '' : ' signed'}`);
        const old = `<R><Capabilities><Events><XAddr>http://10.0.0.9:99/ev?x</XAddr></Events></Capabilities></R>`;
        const answer =
          name === 'GetCapabilities' ? envelope(old) : fault(door.username === undefined ? 'ter:NotAuthorized' : 'ter:ActionNotSupported');
        return { status: 200, headers: {}, challenges: [], body: answer };
      },
    },
  );
  expect((await soap.services()).get(ns.tev)?.path).toBe('/ev?x');
  expect(sent).toEqual(['GetServices', 'GetServices signed', 'GetCapabilities signed']);
});
