import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cameraOf, keyFact, readAlert, readInputStatus } from './isapi.ts';
import { boundaryOf, openMultipart, type Part } from './multipart.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const alert = (content: string, open = '<EventNotificationAlert>') => bytes(`${open}${content}</EventNotificationAlert>`);
const io = '<eventType>IO</eventType><eventState>active</eventState>';

describe('what an alert tells of the key on input 1', () => {
  test.each<[string, Uint8Array, object | undefined]>([
    ['closed', alert(`${io}<inputIOPortID>1</inputIOPortID>`), { type: 'digital-input', active: true }],
    [
      'in the older namespace',
      alert(
        `${io}<inputIOPortID>1</inputIOPortID>`,
        '<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">',
      ),
      { type: 'digital-input', active: true },
    ],
    [
      'in the newer one, with a prefix',
      bytes(
        `<i:EventNotificationAlert xmlns:i="http://www.isapi.org/ver20/XMLSchema"><i:eventType>io</i:eventType><i:eventState>inactive</i:eventState><i:inputIOPortID>1</i:inputIOPortID></i:EventNotificationAlert>`,
      ),
      { type: 'digital-input', active: false },
    ],
    ['of a recorder', alert(`<channelID>34</channelID>${io}<inputIOPortID>1</inputIOPortID>`), { data: { channel: 34, camera: 2 } }],
    ['with a zone', alert(`<dateTime>2026-11-21T18:00:00+08:00</dateTime>${io}`), { at: Date.UTC(2026, 10, 21, 10) }],
    ['without a zone', alert(`<dateTime>2026-11-21T18:00:00</dateTime>${io}`), { active: true }],
    ['without a number', alert(io), { type: 'digital-input', active: true }],
    ['another input', alert(`${io}<inputIOPortID>2</inputIOPortID>`), undefined],
    ['the heartbeat', alert('<eventType>videoloss</eventType><eventState>inactive</eventState>'), undefined],
    ['motion', alert('<eventType>VMD</eventType><eventState>active</eventState>'), undefined],
    ['cut off in the middle of a key', bytes('<EventNotificationAlert><eventType>IO</eventType><inputIOPortID>1'), { type: 'unparsed' }],
    [
      'a key in no state',
      alert('<eventType>IO</eventType><eventState>maybe</eventState>'),
      { type: 'unparsed', data: { of: 'digital-input' } },
    ],
    ['cut off in the middle of something else', bytes('<EventNotificationAlert><eventType>VMD'), undefined],
    ['with a DTD', bytes('<!DOCTYPE x><EventNotificationAlert/>'), undefined],
    ['nothing', bytes(''), undefined],
  ])('%s', (_what, body, fact) => {
    if (fact === undefined) expect(keyFact(body, '1')).toBeUndefined();
    else expect(keyFact(body, '1')).toMatchObject(fact);
  });
});

test.each([
  [1, 1],
  [32, 32],
  [33, 1],
  [34, 2],
])('channel %i is camera %i', (channel, camera) => expect(cameraOf(channel)).toBe(camera));

test.each([
  ['<IOPortStatus xmlns="http://www.isapi.org/ver20/XMLSchema"><ioState>active</ioState></IOPortStatus>', true],
  ['<IOPortStatus><ioState>inactive</ioState></IOPortStatus>', false],
  ['<ResponseStatus/>', undefined],
  ['', undefined],
])('the status %s', (text, active) => expect(readInputStatus(bytes(text))).toBe(active));

test.each([
  ['multipart/mixed; boundary=boundary', 'boundary'],
  ['multipart/mixed;boundary="--my"', '--my'],
  ['multipart/x-mixed-replace; charset=utf-8; Boundary=x', 'x'],
  ['multipart/mixed', undefined],
  ['text/html; boundary=x', undefined],
  [undefined, undefined],
])('the boundary of %s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary));

describe('parts of a stream', () => {
  const xml = '<EventNotificationAlert><a/></EventNotificationAlert>';
  const part = (body: string, length = true, end = '\r\n') =>
    `--b${end}Content-Type: application/xml; charset="UTF-8"${end}${length ? `Content-Length: ${body.length}${end}` : ''}${end}${body}${end}`;
  const all = (text: string, cut: number): string[] => {
    const stream = openMultipart('b');
    const parts: Part[] = [];
    for (let at = 0; at < text.length; at += cut) {
      const read = stream.push(bytes(text.slice(at, at + cut)));
      if ('fault' in read) throw new Error(read.fault);
      parts.push(...read);
    }
    return parts.map(({ body }) => Buffer.from(body).toString());
  };
  test.each([
    ['with lengths', part(xml) + part('x')],
    ['with bare line feeds', part(xml, true, '\n') + part('x', true, '\n')],
    ['without lengths', `${part(xml, false) + part('x', false)}--b`],
    ['behind what belongs to none', `preamble\r\n${part(xml)}\r\n\r\n${part('x')}`],
  ])('%s, however it is cut', (_what, text) => {
    for (const cut of [1, 2, 7, 50, 10_000]) expect(all(text, cut)).toEqual([xml, 'x']);
  });
  test('an alert without a length does not wait for the next one', () => expect(all(part(xml, false), 10_000)).toEqual([xml]));
  test('a boundary with its dashes in the header', () => {
    expect(openMultipart('--b').push(bytes(part('x')))).toMatchObject([{ type: 'application/xml' }]);
  });
  test('one that never ends is given up', () => {
    expect(openMultipart('b').push(Buffer.concat([Buffer.from('--b\r\n\r\n'), Buffer.alloc(5_000_000)]))).toHaveProperty('fault');
  });
});

test('no bytes throw', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (body) => {
      readAlert(body);
      keyFact(body, '1');
      readInputStatus(body);
    }),
  );
  const noise = fc.string({ unit: fc.constantFrom('--b', '\r\n', 'Content-Length: 5', 'x', '\n\n', '</EventNotificationAlert>') });
  fc.assert(fc.property(noise, (text) => void openMultipart('b').push(bytes(text))));
});
